import { expect, it } from 'vitest';

import { pickFields } from './form-input.ts';

const EMPTY = {
  email: '',
  givenName: '',
  familyName: '',
  company: '',
  phone: '',
  country: '',
  message: '',
};
const ANA = { ...EMPTY, email: 'ana@acme.example', givenName: 'Ana', familyName: 'Novak' };

it.each<[string, Record<string, unknown>]>([
  ['plain', { email: 'ana@acme.example', first_name: 'Ana', last_name: 'Novak' }],
  ['in capitals, with marks', { 'Work Email *': 'ana@acme.example', 'First Name': 'Ana', LastName: 'Novak' }],
  ['of Contact Form 7', { 'your-email': 'ana@acme.example', 'your-name': 'Ana Novak', _wpcf7: '12' }],
  ['of Elementor', { 'form_fields[email]': 'ana@acme.example', 'form_fields[name]': 'Ana Novak' }],
  [
    'of HubSpot',
    {
      fields: [
        { objectTypeId: '0-1', name: 'email', value: 'ana@acme.example' },
        { objectTypeId: '0-1', name: 'firstname', value: 'Ana' },
        { objectTypeId: '0-1', name: 'lastname', value: 'Novak' },
      ],
    },
  ],
  [
    'of an advertisement',
    {
      field_data: [
        { name: 'email', values: ['ana@acme.example'] },
        { name: 'full_name', values: ['Ana Novak'] },
      ],
    },
  ],
  ['in an object', { form: { id: 'demo' }, data: { email_1: 'ana@acme.example', name: 'Ana Novak' } }],
  ['German', { 'E-Mail-Adresse': 'ana@acme.example', Vorname: 'Ana', Nachname: 'Novak' }],
  ['French', { courriel: 'ana@acme.example', Prénom: 'Ana', Nom: 'Novak' }],
  ['numbered', { input_1: 'ana@acme.example', name: 'Ana Novak' }],
])('reads fields %s', (_, posted) => {
  expect(pickFields(posted)).toEqual(ANA);
});

it('takes work before private, what is filled before what is empty, and the rest', () => {
  expect(
    pickFields({
      email: 'ana@mail.example',
      work_email: 'ana@acme.example',
      phone: ' ',
      mobile: 4_915_112_345,
      Firma: 'Acme',
      Land: 'Deutschland',
      'How can we help?': 'A demo',
    }),
  ).toEqual({
    ...EMPTY,
    email: 'ana@acme.example',
    phone: '4915112345',
    company: 'Acme',
    country: 'Deutschland',
    message: 'A demo',
  });
});

it.each<[string, Record<string, unknown>]>([
  ['nothing', {}],
  ['two addresses under no known name', { a: 'ana@acme.example', b: 'ben@acme.example' }],
  ['an address within words', { note: 'write to ana@acme.example' }],
  ['nests without end', { a: { a: { a: { a: { a: { a: { email: 'ana@acme.example' } } } } } } }],
  ['names of what every object has', { constructor: 'x', __proto__x: 'y' }],
])('finds no address in %s', (_, posted) => {
  expect(pickFields(posted).email).toBe('');
});
