import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * The session's token out of the request's cookies, if its signature is ours: `token.HMAC-SHA-256(token)` in base64, as the sign-in
 * library writes it. Null for no cookie, and for one that somebody made up.
 */
export function sessionTokenOf(cookies: string | null, cookieName: string, secret: string): string | null {
  const value = cookies
    ?.split(';')
    .map((cookie) => cookie.trim())
    .find((cookie) => cookie.startsWith(`${cookieName}=`))
    ?.slice(cookieName.length + 1);
  if (value === undefined) return null;
  const signed = decoded(value);
  const dot = signed.lastIndexOf('.');
  if (dot < 1) return null;
  const token = signed.slice(0, dot);
  const given = Buffer.from(signed.slice(dot + 1), 'base64');
  const expected = createHmac('sha256', secret).update(token).digest();
  return given.length === expected.length && timingSafeEqual(given, expected) ? token : null;
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return '';
  }
}
