import { createHmac, timingSafeEqual } from 'node:crypto';

/** True if `signature` is the HMAC of the raw body under `secret`; constant time. An empty secret signs nothing. */
export function isSigned(
  body: string,
  signature: string | undefined,
  secret: string,
  how: { hash: 'sha1' | 'sha256'; encoding: 'hex' | 'base64' },
): boolean {
  if (signature === undefined || secret === '') return false;
  const expected = createHmac(how.hash, secret).update(body, 'utf8').digest();
  const given = Buffer.from(signature.trim(), how.encoding);
  return given.length === expected.length && timingSafeEqual(given, expected);
}
