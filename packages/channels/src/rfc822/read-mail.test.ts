import { expect, it } from 'vitest';

import { readMail } from './read-mail.ts';

const HEAD = {
  From: 'Ada Buyer <Ada@Northmill.example>',
  To: 'rae@seller.example, "Bo, Second" <bo@seller.example>',
  Cc: 'rae@seller.example',
  Subject: '=?iso-8859-1?Q?Angebot_f=FCr_M=E4rz?=',
  Date: 'Mon, 23 Nov 2026 09:00:00 +0100',
  'Message-ID': '<a1@northmill.example>',
};
const mail = (more: Record<string, string | null> = {}, body = 'Hello') => {
  const head = Object.entries({ ...HEAD, ...more }).flatMap(([name, value]) =>
    value === null ? [] : [`${name}: ${value}`],
  );
  return Buffer.from([...head, '', body].join('\r\n'), 'latin1');
};

it('reads who, to whom, when and about what, in whatever charset', async () => {
  const read = await readMail(
    mail({ 'In-Reply-To': '<b2@seller.example>', References: '<c3@x> <b2@seller.example>' }),
  );
  expect(read).toEqual({
    messageId: '<a1@northmill.example>',
    from: { address: 'ada@northmill.example', name: 'Ada Buyer' },
    to: [
      { address: 'rae@seller.example', name: '' },
      { address: 'bo@seller.example', name: 'Bo, Second' },
    ],
    subject: 'Angebot für März',
    sentAt: new Date('2026-11-23T08:00:00Z'),
    answers: ['<b2@seller.example>', '<c3@x>'],
    automatic: null,
  });
});

it.each([
  ['From', { From: null }, 'From is missing'],
  ['From', { From: 'a@b.example, c@d.example' }, 'names several'],
  ['From', { From: 'nobody' }, 'From is missing'],
  ['Date', { Date: null }, 'Date is missing'],
  ['Date', { Date: 'yesterday' }, 'Date is missing or no date'],
  ['Message-ID', { 'Message-ID': null }, 'Message-ID is missing'],
  ['Message-ID', { 'Message-ID': 'a b' }, 'Message-ID is missing or malformed'],
  ['To', { To: 'undisclosed-recipients:;', Cc: null }, 'To names nobody'],
  ['To', { To: Array.from({ length: 120 }, (_, at) => `p${at}@x.example`).join(', ') }, 'more than 100'],
  ['from', { 'X-Other': 'x\r\nFrom: mallory@evil.example' }, 'is there twice'],
  ['subject', { 'X-Other': 'x\r\nSubject: Two' }, 'is there twice'],
])('refuses what nobody could tell, naming the header: %s %j', async (field, more, problem) => {
  await expect(readMail(mail(more))).rejects.toMatchObject({
    code: 'invalid',
    issues: [{ field }],
    message: expect.stringContaining(problem),
  });
});

it('refuses what is no mail, and mails in mails in mails', async () => {
  await expect(readMail(Buffer.from('%PDF-1.7 no mail at all'))).rejects.toMatchObject({ code: 'invalid' });
  await expect(readMail(Buffer.alloc(0))).rejects.toMatchObject({ code: 'invalid' });
  const nested = Array.from(
    { length: 500 },
    (_, at) => `--b${at}\r\nContent-Type: multipart/mixed; boundary=b${at + 1}\r\n\r\n`,
  ).join('');
  await expect(readMail(mail({ 'Content-Type': 'multipart/mixed; boundary=b0' }, nested))).rejects.toThrow(
    'nested too deeply',
  );
});

it('lets no line break out of an encoded word, and survives a charset that nobody knows', async () => {
  const read = await readMail(
    mail({
      Subject: '=?utf-8?Q?Hello=0D=0ABcc:_victim@x.example?=',
      From: '=?utf-8?Q?Ada=0D=0AX?= <ada@northmill.example>',
      'Content-Type': 'text/plain; charset=no-such-charset',
    }),
  );
  expect(read.subject).toBe('Hello Bcc: victim@x.example');
  expect(read.from.name).toBe('Ada X');
});

const report = (action: string, status: string) =>
  [
    '--r',
    'Content-Type: text/plain',
    '',
    'Your mail did not arrive.',
    '--r',
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; mx.northmill.example',
    '',
    'Final-Recipient: rfc822; Gone@Northmill.example',
    `Action: ${action}`,
    `Status: ${status}`,
    'Diagnostic-Code: smtp; 550 5.1.1 user unknown',
    '--r--',
    '',
  ].join('\r\n');

it.each([
  [
    'failed',
    '5.1.1',
    { kind: 'bounce', address: 'gone@northmill.example', status: '5.1.1 smtp; 550 5.1.1 user unknown' },
  ],
  ['delayed', '4.4.1', { kind: 'other' }],
])('reads a report of delivery that says %s', async (action, status, automatic) => {
  const type = 'multipart/report; report-type=delivery-status; boundary=r';
  const read = await readMail(
    mail({ 'Content-Type': type, From: 'mailer-daemon@northmill.example' }, report(action, status)),
  );
  expect(read.automatic).toEqual(automatic);
});

it.each([
  [{ 'Auto-Submitted': 'auto-replied' }, { kind: 'auto_reply', text: 'Hello' }],
  [{ 'X-Autoreply': 'yes' }, { kind: 'auto_reply', text: 'Hello' }],
  [{ 'Auto-Submitted': 'auto-generated' }, { kind: 'other' }],
  [
    {
      'Auto-Submitted': 'auto-generated',
      'X-Auto-Response-Suppress': 'All',
      'In-Reply-To': '<b2@seller.example>',
    },
    { kind: 'auto_reply', text: 'Hello' },
  ],
  [
    {
      'Auto-Submitted': 'auto-generated',
      'In-Reply-To': '<b2@seller.example>',
      'List-Id': '<news.x.example>',
    },
    { kind: 'other' },
  ],
  [{ 'List-Id': '<news.x.example>' }, { kind: 'other' }],
  [{ Precedence: 'bulk' }, { kind: 'other' }],
  [{ 'Auto-Submitted': 'no' }, null],
])('tells machines from people by what they say of themselves: %j', async (more, automatic) => {
  const read = await readMail(mail(more));
  expect(
    read.automatic === null
      ? null
      : { ...read.automatic, ...('text' in read.automatic && { text: read.automatic.text.trim() }) },
  ).toEqual(automatic);
});
