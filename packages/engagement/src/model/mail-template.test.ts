import { expect, it } from 'vitest';

import { renderMail } from './mail-template.ts';
import { DEFAULT_WELCOME } from './presets.ts';

const variables = { givenName: 'Ana', repName: 'Ben Okafor', company: 'Brightwater', workspaceName: 'Demo' };

it('fills in what is known and falls back where it is not', () => {
  expect(renderMail(DEFAULT_WELCOME, variables).text).toContain('Hi Ana,');
  expect(renderMail(DEFAULT_WELCOME, { ...variables, givenName: '' }).text).toContain('Hi there,');
});

it('lets no form value add a line to a header', () => {
  const mail = renderMail(
    { subject: 'For {{company}}', text: '' },
    { ...variables, company: 'Acme\r\nBcc: all@x.example' },
  );
  expect(mail.subject).toBe('For Acme Bcc: all@x.example');
});

it('drops a variable nobody knows', () => {
  expect(renderMail({ subject: 'a{{secret}}b', text: '' }, variables).subject).toBe('ab');
});
