import { createHmac, timingSafeEqual } from 'node:crypto';

/** What only who was given a ticket's address can know: derived from the instance's own key, so that it is stored nowhere. */
const keyOf = (secretKey: Buffer, ticketId: string): Buffer =>
  createHmac('sha256', secretKey).update(`provider callback ${ticketId}`).digest();

/** Where a vendor calls back about a ticket, below the instance's public address. */
export const callbackPath = (secretKey: Buffer, ticketId: string): string =>
  `/hooks/providers/${ticketId}/${keyOf(secretKey, ticketId).toString('base64url')}`;

export function isCallbackKey(secretKey: Buffer, ticketId: string, key: string): boolean {
  const given = Buffer.from(key, 'base64url');
  const right = keyOf(secretKey, ticketId);
  return given.length === right.length && timingSafeEqual(given, right);
}
