import type { KnownFacts, ProviderReply } from '@penstock/enrichment/provider-port';

/** One vendor's wire forms of the situations that every adapter must tell apart; hand-made after its documentation. */
export type VendorCases = {
  provider: string;
  capability: string;
  asked: KnownFacts;
  hit: ProviderReply;
  misses: Record<string, ProviderReply>;
  /** Fault expected, by situation. */
  faults: Record<string, { reply: ProviderReply; fault: string; retryAfterMs?: number }>;
};

export const json = (status: number, body: unknown, headers: Record<string, string> = {}): ProviderReply => ({
  status,
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify(body),
});

export const html = (status: number): ProviderReply => ({
  status,
  headers: { 'content-type': 'text/html' },
  body: '<!doctype html><html><body><h1>Just a moment…</h1></body></html>',
});

/** What every vendor may answer, whatever it sells. */
export function commonFaults(hit: ProviderReply): VendorCases['faults'] {
  return {
    'cut-off JSON': { reply: { ...hit, body: hit.body.slice(0, -7) }, fault: 'malformed' },
    'HTML with 200': { reply: html(200), fault: 'malformed' },
    'an empty body': { reply: { ...hit, body: '' }, fault: 'malformed' },
    'a JSON array': { reply: { ...hit, body: '[]' }, fault: 'malformed' },
    'an absurdly large body': {
      reply: { ...hit, body: hit.body + ' '.repeat(2_000_000) },
      fault: 'malformed',
    },
    'HTTP 500': { reply: html(500), fault: 'unavailable' },
    'HTTP 503': { reply: json(503, {}), fault: 'unavailable' },
    'a gateway that gave up': { reply: html(504), fault: 'timeout' },
    'HTTP 429 with Retry-After': {
      reply: { status: 429, headers: { 'retry-after': '7' }, body: '{}' },
      fault: 'rate_limited',
      retryAfterMs: 7_000,
    },
    'a forbidden key': { reply: json(403, {}), fault: 'unauthorized' },
    'a wrong key': { reply: json(401, {}), fault: 'unauthorized' },
    'a bad request': { reply: json(400, { message: 'bad' }), fault: 'rejected' },
  };
}
