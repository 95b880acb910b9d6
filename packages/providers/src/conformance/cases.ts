import type {
  AskedRecord,
  KnownFacts,
  ProviderAnswer,
  ProviderReply,
} from '@penstock/enrichment/provider-port';

/** One vendor's wire forms of the situations that every adapter must tell apart; hand-made after its documentation. */
export type Fault = { reply: ProviderReply; fault: string; retryAfterMs?: number };

export type VendorCases = {
  provider: string;
  capability: string;
  asked: KnownFacts;
  hit: ProviderReply;
  misses: Record<string, ProviderReply>;
  /** Fault expected, by situation. */
  faults: Record<string, Fault>;
  /** Left out where a hit costs nothing. */
  isFree?: boolean;
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

/** What every vendor may answer, whatever it sells; `own` is where a vendor means something else by it. */
export function commonFaults(
  hit: ProviderReply,
  own: Partial<VendorCases['faults']> = {},
): VendorCases['faults'] {
  const common: VendorCases['faults'] = {
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
  return Object.fromEntries(
    Object.entries({ ...common, ...own }).flatMap(([name, fault]) => (fault ? [[name, fault]] : [])),
  );
}

/** A bulk: what each of the records is answered with, and replies that can't be put to the records. */
export type BatchCases = {
  provider: string;
  capability: string;
  asked: readonly AskedRecord[];
  reply: ProviderReply;
  outcomes: Record<string, ProviderAnswer['outcome']>;
  faults: Record<string, Fault>;
};

/** An answer that comes later. */
export type LaterCases = {
  provider: string;
  capability: string;
  asked: readonly AskedRecord[];
  submitted: ProviderReply;
  ticket: string;
  /** Replies to a poll that say: not yet. */
  waiting: Record<string, ProviderReply>;
  done: ProviderReply;
  outcomes: Record<string, ProviderAnswer['outcome']>;
  submitFaults: Record<string, Fault>;
  pollFaults: Record<string, Fault>;
};

/** A free look, then the paid one. */
export type RevealCases = {
  provider: string;
  capability: string;
  asked: KnownFacts;
  seen: ProviderReply;
  vendorRef: string;
  has: readonly string[];
  unseen: Record<string, ProviderReply>;
  redeemed: ProviderReply;
  faults: Record<string, Fault>;
};
