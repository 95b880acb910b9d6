import type { ParsedMail } from 'mailparser';

/** What no person wrote. */
export type Automatic =
  /** A report (RFC 3464) that a mail did not arrive: to whom, and the status that says why. */
  | { kind: 'bounce'; address: string; status: string }
  /** An answer of a machine in somebody's name (RFC 3834): an absence, a farewell. */
  | { kind: 'auto_reply'; text: string }
  /** A delay, a newsletter, a list, a receipt. */
  | { kind: 'other' };

const MOST_TEXT = 20_000;
const MOST_STATUS = 500;

/** By what the sender's machine says of itself, never by its words. */
export function readAutomatic(
  mail: Pick<ParsedMail, 'headers' | 'headerLines' | 'text' | 'attachments' | 'inReplyTo'>,
): Automatic | null {
  const header = (name: string): string => String(mail.headers.get(name) ?? '').toLowerCase();
  if (isDeliveryReport(mail)) return readBounce(mail);
  const submitted = header('auto-submitted').split(';')[0]?.trim() ?? '';
  const precedence = header('precedence');
  const isList =
    mail.headers.has('list') || mail.headers.has('list-id') || mail.headers.has('list-unsubscribe');
  // Exchange calls an absence "generated"; that it answers a mail tells it from receipts and newsletters.
  const isGeneratedAnswer = submitted === 'auto-generated' && (mail.inReplyTo ?? '') !== '' && !isList;
  if (
    submitted === 'auto-replied' ||
    isGeneratedAnswer ||
    precedence === 'auto_reply' ||
    mail.headers.has('x-autoreply') ||
    mail.headers.has('x-autorespond')
  )
    return { kind: 'auto_reply', text: (mail.text ?? '').slice(0, MOST_TEXT) };
  return (submitted !== '' && submitted !== 'no') || isList || /^(bulk|list|junk)$/.test(precedence)
    ? { kind: 'other' }
    : null;
}

function isDeliveryReport({ headerLines }: Pick<ParsedMail, 'headerLines'>): boolean {
  const line = headerLines.find(({ key }) => key === 'content-type')?.line ?? '';
  return /multipart\/report/i.test(line) && /report-type\s*=\s*"?delivery-status/i.test(line);
}

function readBounce(mail: Pick<ParsedMail, 'text' | 'attachments'>): Automatic {
  const parts = mail.attachments.filter(({ contentType }) => contentType === 'message/delivery-status');
  const text = [mail.text ?? '', ...parts.map(({ content }) => content.toString('utf8'))].join('\n');
  const field = (name: string): string =>
    new RegExp(`^${name}:[ \\t]*(.+)$`, 'im').exec(text)?.[1]?.trim() ?? '';
  const recipient = (field('Final-Recipient') || field('Original-Recipient')).split(';').at(-1)?.trim() ?? '';
  const address = recipient.replaceAll(/^<|>$/g, '').toLowerCase();
  if (field('Action').toLowerCase() !== 'failed' || !/^[^\s@]+@[^\s@]+$/.test(address))
    return { kind: 'other' };
  const status = [field('Status'), field('Diagnostic-Code')].filter((one) => one !== '').join(' ');
  return { kind: 'bounce', address, status: status.slice(0, MOST_STATUS) };
}
