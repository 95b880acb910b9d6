import type { OutgoingMail } from '@penstock/engagement/mail-port';

/** Control characters and Unicode's own line ends: what a header could be split by. */
const CONTROL = /[\p{Cc}\u2028\u2029]+/gu;
const ADDRESS = /^[^\s<>(),;:\\"@\p{Cc}]{1,64}@[^\s<>(),;:\\"@\p{Cc}]{1,255}$/u;
const MESSAGE_ID = /^<[^\s<>\p{Cc}]{1,250}>$/u;

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
