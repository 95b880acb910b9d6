import { expect, it } from 'vitest';

import { chooseFields, restoredFields, survivingFields } from './merge-fields.ts';

const kept = { givenName: 'Ann', country: null, email: 'ann@one.example', doNotCall: false };
const other = { givenName: 'Anna', country: 'DE', email: 'anna@one.example', doNotCall: true };

it('keeps what the record that stays has, and fills what it lacks', () => {
  const choices = chooseFields(kept, other, new Set());
  expect(choices.map(({ field, from, because }) => [field, from, because])).toEqual([
    ['givenName', 'kept', 'of the record that stays'],
    ['country', 'other', 'the only value'],
    ['email', 'kept', 'of the record that stays'],
    ['doNotCall', 'other', 'once said of one, it holds for both'],
  ]);
  expect(survivingFields(choices)).toEqual({
    givenName: 'Ann',
    country: 'DE',
    email: 'ann@one.example',
    doNotCall: true,
  });
});

it('takes from the other what somebody chose, but nothing that is empty there, and never a wish not to be called', () => {
  const chosen = chooseFields(kept, { ...other, country: '' }, new Set(['givenName', 'country']));
  expect(survivingFields(chosen)).toMatchObject({ givenName: 'Anna', country: null });
  expect(chosen[0]?.because).toBe('chosen by you');
  expect(survivingFields(chooseFields(other, kept, new Set(['doNotCall']))).doNotCall).toBe(true);
});

it('restores what a merge set, and leaves what was changed since', () => {
  const set = { ...kept, country: 'DE', givenName: 'Anna' };
  expect(restoredFields({ ...set, givenName: 'Annabel' }, kept, set)).toEqual({
    ...kept,
    givenName: 'Annabel',
  });
});
