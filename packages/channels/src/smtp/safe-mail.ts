import type { OutgoingMail } from '@penstock/engagement/mail-port';

/** Everything below space, delete, and Unicode's own line ends: what a header could be split by. */
const CONTROL = /[\u0000-\u001f\u007f\u0085\u2028\u2029]+/g;
const ADDRESS = /^[^\s<>(),;:\\"@\u0000-\u001f\u007f]{1,64}@[^\s<>(),;:\\"@\u0000-\u001f\u007f]{1,255}$/;
const MESSAGE_ID = /^<[^\s<>\u0000-\u001f\u007f]{1,250}>$/;

const oneLine = (text: string): string => text.replace(CONTROL, ' ').trim();

/**
 * The same mail with subject and names on one line; null if an address or the message id could end its header, because
 * those can't be mended without changing whom it goes to.
 */
export function safeMail(mail: OutgoingMail): OutgoingMail | null {
  const addresses = [mail.from.address, mail.to.address, ...(mail.replyTo === null ? [] : [mail.replyTo])];
  if (!addresses.every((address) => ADDRESS.test(address)) || !MESSAGE_ID.test(mail.messageId)) return null;
  return {
    ...mail,
    from: { ...mail.from, name: oneLine(mail.from.name) },
    to: { ...mail.to, name: oneLine(mail.to.name) },
    subject: oneLine(mail.subject),
  };
}
