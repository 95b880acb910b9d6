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

it.each([
  'Thank you for your email. Jane Roe is no longer with Acme. Please contact John Doe.',
  'I have left Acme Robotics as of May 31. For sales matters please write to sales@acme.example.',
  'As of June 1st, I am no longer an employee of Acme.',
  'Jane is no longer an Acme employee.',
  'Please note that Jane Roe no longer works at this company.',
  'Jane Roe has left the organization.',
  'I no longer work for Acme.',
  'Jane doesn’t work here anymore.',
  'My last day at Acme was May 31.',
  'Please be advised that I’ve left the company.',
  'This mailbox is no longer monitored as Jane Roe has departed from Acme.',
  'Jane Roe has moved on to a new opportunity. Please contact John.',
  'I have retired from Acme effective March 1. Please direct your inquiries to...',
  'Effective January 2, Jane Roe is no longer employed with the firm.',
  'Jane left Acme in March.',
  'Thanks, but I left the company two months ago.',
  'I’m not with Acme anymore.',
  'Jane’s no longer here.',
  'Frau Roe ist nicht mehr bei uns beschäftigt.',
  'Ich bin nicht mehr für die Acme GmbH tätig.',
  'Frau Roe hat unser Unternehmen zum 31.05. verlassen.',
  'Ich habe die Acme GmbH verlassen.',
  'Herr Doe ist aus dem Unternehmen ausgeschieden.',
  'Jane Roe ne travaille plus chez Acme.',
  'Je ne fais plus partie de l’entreprise.',
  'J’ai quitté la société le 31 mai.',
  'Jane Roe ya no trabaja en Acme.',
  'Ya no formo parte de la empresa.',
  'He dejado la empresa.',
  'Jane Roe werkt niet meer bij Acme.',
  'Ik ben niet langer werkzaam bij Acme.',
  'Jane heeft Acme verlaten.',
  'The person you are trying to reach is no longer employed by our company.',
  'The email address you sent to is no longer in use as the employee has left.',
])('somebody has left: %s', (text) => {
  expect(departureSentence(text)).not.toBeNull();
});

it.each([
  'I am out of the office until May 31 with no access to email.',
  'I am on maternity leave and will be back in June.',
  'I no longer use this vendor.',
  'We are no longer interested in this.',
  'I am no longer responsible for purchasing; please write to Jane.',
  'If I no longer work with you, please tell me.',
  'I have left for the day.',
  'I left the meeting early.',
  'The office is closed; we have moved to a new address.',
  'We no longer work with agencies.',
  'I don’t work on Fridays.',
  'I do not work with external recruiters.',
  'We left our previous CRM last year.',
  'I am no longer at my desk.',
  'Ich bin nicht mehr im Büro und ab Montag zurück.',
  'Ich bin ab 1. Juni nicht mehr im Haus und wieder ab 15. Juni erreichbar.',
  'Je suis absent jusqu’au 31 mai.',
  'Estoy fuera de la oficina hasta el lunes.',
  'Ik ben afwezig tot maandag.',
  'Wir arbeiten nicht mehr mit diesem Anbieter.',
  'My colleague Tom is no longer with us on this project.',
  'Jane has left me a note about your offer.',
  'I’ve moved on to other priorities this quarter.',
  'My last day before vacation is Friday.',
  'John Doe, who is no longer with Vendorco, used to call me.',
])('nobody has left: %s', (text) => {
  expect(departureSentence(text)).toBeNull();
});
