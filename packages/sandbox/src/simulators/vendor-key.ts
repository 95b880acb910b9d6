import type { VendorAnswer } from './vendor.ts';

/** Where a vendor looks for its key. `oauth`: the pair goes to `tokenPath`, and the token that comes back is the key. */
export type KeyPlace =
  | { header: string }
  | { query: string }
  | { bearer: true }
  | { basic: true }
  | { oauth: string };

/** The key of a request; with two parts, the first. */
export function keyOf(
  place: KeyPlace,
  header: (name: string) => string | undefined,
  url: URL,
): string | null | undefined {
  if ('header' in place) return header(place.header);
  if ('query' in place) return url.searchParams.get(place.query);
  const [scheme = '', value = ''] = (header('authorization') ?? '').split(' ');
  if ('basic' in place)
    return scheme === 'Basic' ? Buffer.from(value, 'base64').toString('utf8').split(':')[0] : null;
  if (scheme !== 'Bearer') return null;
  return 'oauth' in place ? value.replace(/^token_/, '') : value;
}

/** Answers the exchange of a client's pair for a token; null for every other request. */
export function issuedToken(place: KeyPlace, path: string, text: string): VendorAnswer | null {
  if (!('oauth' in place) || path !== place.oauth) return null;
  const id = /"client_id"\s*:\s*"(sandbox_[^"]*)"/.exec(text)?.[1];
  if (id === undefined)
    return { status: 401, body: { error: 'invalid_client', message: 'Client authentication failed' } };
  return { status: 200, body: { access_token: `token_${id}`, token_type: 'Bearer', expires_in: 3_600 } };
}
