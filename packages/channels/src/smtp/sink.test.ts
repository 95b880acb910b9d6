import { createSandbox } from '@penstock/sandbox/create-sandbox';
import { expect, it } from 'vitest';

import { createSmtpTransport } from './smtp-transport.ts';

const mail = (messageId: string) => ({
  messageId,
  from: { name: 'Rae Rép', address: 'rae@penstock.example' },
  to: { name: 'Ada', address: 'ada@northmill.example' },
  replyTo: null,
  subject: 'Grüße',
  text: 'Hello Ada\nRae',
});

it('reaches the sink, and knows what each of its faults means', async () => {
  await using sandbox = await createSandbox();
  const patient = createSmtpTransport({ url: sandbox.smtpUrl, timeoutMs: 20_000 });
  // Only what never answers is worth giving up on.
  const hasty = createSmtpTransport({ url: sandbox.smtpUrl, timeoutMs: 500 });
  const outcomes = [];
  for (const fault of [null, 'crash_after_data', 'refuse_550', 'defer_451', 'hang', null] as const) {
    if (fault !== null) sandbox.control.scriptSmtp({ fault });
    const transport = fault === 'hang' ? hasty : patient;
    outcomes.push((await transport.send(mail(`<${outcomes.length}@penstock.example>`))).outcome);
  }
  patient.close();
  hasty.close();
  expect(outcomes).toEqual(['accepted', 'unknown', 'refused', 'not_accepted', 'unknown', 'accepted']);
  expect(sandbox.control.outbox().map(({ messageId }) => messageId)).toEqual([
    '<5@penstock.example>',
    '<1@penstock.example>',
    '<0@penstock.example>',
  ]);
  expect(sandbox.control.outbox()[0]).toMatchObject({
    to: ['ada@northmill.example'],
    subject: 'Grüße',
    text: 'Hello Ada\nRae\n',
  });
});
