import fc from 'fast-check';
import { expect, it } from 'vitest';

import { departureSentence, isConfirmed, isEnoughAlone, saysMailboxGone } from './departure.ts';

const word = (origin: string, enoughAlone = false) => ({ origin, enoughAlone });

it('believes the employer’s own word and a filing alone, everything else with a second origin', () => {
  expect(isConfirmed([])).toBe(false);
  expect(isConfirmed([word('people-data-labs')])).toBe(false);
  expect(isConfirmed([word('people-data-labs'), word('people-data-labs')])).toBe(false);
  expect(isConfirmed([word('people-data-labs'), word('leadmagic')])).toBe(true);
  expect(isConfirmed([word('bounce', true)])).toBe(true);
  expect(isEnoughAlone('filing', false)).toBe(true);
  expect(isEnoughAlone('bounce', true)).toBe(true);
  expect(isEnoughAlone('bounce', false)).toBe(false);
  expect(isEnoughAlone('auto_reply', false)).toBe(false);
  expect(isEnoughAlone('vendor', true)).toBe(false);
  expect(isEnoughAlone('reply', true)).toBe(false);
});

it('comes to the same belief in whatever order and however often the words arrive', () => {
  const words = fc.array(fc.record({ origin: fc.constantFrom('a', 'b', 'c'), enoughAlone: fc.boolean() }), {
    maxLength: 6,
  });
  fc.assert(
    fc.property(words, (told) => {
      expect(isConfirmed([...told, ...told].toReversed())).toBe(isConfirmed(told));
    }),
  );
});

it.each([
  ['550 5.1.1 <ada@acme.example>: Recipient address rejected: User unknown', true],
  ['5.1.10', true],
  ['550-5.1.1 The email account that you tried to reach does not exist', true],
  ['552 5.2.2 Mailbox full', false],
  ['550 5.7.1 message refused as spam', false],
  ['450 4.2.1 try later', false],
  ['550', false],
  ['from 10.5.1.1 refused', false],
])('%s', (status, gone) => {
  expect(saysMailboxGone(status)).toBe(gone);
});

it.each([
  [
    'Thank you. Ada Okafor is no longer with Northmill. Please write to Bo.',
    'Ada Okafor is no longer with Northmill.',
  ],
  ['I have left the company. My successor is Bo.', 'I have left the company.'],
  ['Ada doesn’t work here anymore', 'Ada doesn’t work here anymore'],
  ['Frau Okafor ist nicht mehr im Unternehmen tätig.', 'Frau Okafor ist nicht mehr im Unternehmen tätig.'],
  ['Ada a quitté la société.', 'Ada a quitté la société.'],
  ['I am out of the office until Monday.', null],
  ['If you think I left something out, call me.', null],
  ['I am on leave and have left my laptop at home.', null],
  ['We no longer use that tool.', null],
])('%s', (text, sentence) => {
  expect(departureSentence(text)).toBe(sentence);
});
