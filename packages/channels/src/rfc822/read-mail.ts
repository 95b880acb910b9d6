import { DomainError } from '@penstock/kernel/domain-error';
import type { AddressObject, ParsedMail } from 'mailparser';

import { readAutomatic, type Automatic } from './automatic.ts';

export type Party = { address: string; name: string };
export type ReadMail = {
  messageId: string;
  from: Party;
  /** To and Cc, each once. */
  to: Party[];
  subject: string;
  sentAt: Date;
  /** Message-IDs that it answers or refers to, the nearest first. */
  answers: string[];
  /** What no person wrote; null for a mail of a person. */
  automatic: Automatic | null;
};

const MOST_RECIPIENTS = 100;
const MOST_ANSWERED = 20;
/** More parts in parts than any mail program makes. */
const MOST_MULTIPARTS = 40;
const MOST_HTML = 200_000;
const ONCE = ['from', 'date', 'message-id', 'subject'] as const;

/**
 * Reads a mail as it went over the wire (RFC 5322), whatever its charset.
 * @throws DomainError `invalid` that names the header and what to do
 */
export async function readMail(bytes: Uint8Array): Promise<ReadMail> {
  const raw = Buffer.from(bytes);
  if ((raw.toString('latin1').match(/content-type:\s*multipart\//gi) ?? []).length > MOST_MULTIPARTS)
    throw refused('Content-Type', 'is nested too deeply', 'Send the mail itself, not mails in mails.');
  const mail = await parse(raw);
  for (const name of ONCE)
    if (mail.headerLines.filter(({ key }) => key === name).length > 1)
      throw refused(
        name,
        'is there twice',
        'Send a mail in which it stands once: nobody could tell which holds.',
      );
  const [from, ...others] = partiesOf(mail.from);
  if (!from || others.length > 0)
    throw refused(
      'From',
      from ? 'names several senders' : 'is missing',
      'Send the mail whole, with its one sender.',
    );
  const date = mail.headerLines.find(({ key }) => key === 'date')?.line.replace(/^[^:]*:/, '') ?? '';
  // The parser takes what is no date as now.
  if (!mail.date || Number.isNaN(Date.parse(date)))
    throw refused('Date', 'is missing or no date', 'Send the mail whole, as the server has it.');
  if (!/^<[^\s<>]{1,990}>$/.test(mail.messageId ?? ''))
    throw refused(
      'Message-ID',
      'is missing or malformed',
      'Send the mail whole: by it a mail is told apart.',
    );
  const to = partiesOf([mail.to ?? [], mail.cc ?? [], mail.bcc ?? []].flat());
  if (to.length === 0) throw refused('To', 'names nobody', 'Send a mail that has somebody in To or Cc.');
  if (to.length > MOST_RECIPIENTS)
    throw refused(
      'To',
      `names more than ${MOST_RECIPIENTS} people`,
      'A mail to so many is no conversation: leave it out.',
    );
  return {
    messageId: mail.messageId ?? '',
    from,
    to,
    subject: oneLine(mail.subject ?? '').slice(0, 300),
    sentAt: mail.date,
    answers: answersOf(mail),
    automatic: readAutomatic(mail),
  };
}

async function parse(raw: Buffer): Promise<ParsedMail> {
  // Loaded with the first mail: it alone takes 30 MB.
  const { simpleParser } = await import('mailparser');
  try {
    return await simpleParser(raw, {
      skipTextToHtml: true,
      skipImageLinks: true,
      skipTextLinks: true,
      maxHtmlLengthToParse: MOST_HTML,
    });
  } catch {
    throw refused('(body)', 'is no mail', 'Send one mail as message/rfc822, beginning with its headers.');
  }
}

/** Groups are taken apart; what is no address is left out. */
function partiesOf(objects: AddressObject | readonly AddressObject[] | undefined): Party[] {
  const flat = [objects ?? []].flat().flatMap(({ value }) => value.flatMap((one) => one.group ?? [one]));
  const found = new Map<string, Party>();
  for (const { address, name } of flat) {
    const key = address?.trim().toLowerCase() ?? '';
    if (/^[^\s@<>"]+@[^\s@<>"]+$/.test(key) && !found.has(key))
      found.set(key, { address: key, name: oneLine(name).slice(0, 200) });
  }
  return [...found.values()];
}

/** A line break that an encoded word has brought in would begin another header wherever it is written again. */
// eslint-disable-next-line no-control-regex
const oneLine = (text: string): string => text.replaceAll(/[\u0000-\u001F\u007F]+/g, ' ').trim();

function answersOf(mail: ParsedMail): string[] {
  const references = [mail.references ?? []].flat();
  return [...new Set([mail.inReplyTo ?? '', ...references.toReversed()])]
    .filter((id) => /^<[^\s<>]{1,990}>$/.test(id))
    .slice(0, MOST_ANSWERED);
}

const refused = (field: string, problem: string, remedy: string): DomainError =>
  new DomainError('invalid', `${field} ${problem}. ${remedy}`, { issues: [{ field, problem, remedy }] });
