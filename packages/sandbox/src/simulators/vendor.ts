import type { Clock } from '@penstock/kernel/clock';
import type { Hono } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';

import type { ArrivalBook } from '../control/arrival-book.ts';
import type { ChargeBook } from '../control/charge-book.ts';
import type { ScriptBook, VendorFault } from '../control/script-book.ts';
import { deliver } from './callbacks.ts';
import { createLimiter } from './limiter.ts';
import { html, json, pause, untilGone } from './replies.ts';
import { issuedToken, keyOf } from './vendor-key.ts';
import type { KeyPlace } from './vendor-key.ts';

/** How a record is spoilt on its way out. */
export type Spoil = 'masked' | 'empty_id' | null;

export type VendorCall = {
  method: string;
  path: string;
  query: URLSearchParams;
  body: Record<string, unknown>;
  /** The body where it is a list. */
  list: readonly unknown[];
  nowMs: number;
};

export type VendorCharge = { capability: string; personKey: string; credits: number };

export type VendorAnswer = {
  status: ContentfulStatusCode;
  headers?: Record<string, string>;
  body: unknown;
  /** Refunds are negative. */
  charge?: VendorCharge | readonly VendorCharge[];
  /** Sent to whoever asked for it, some time after the answer. */
  callback?: VendorCallback;
};

export type VendorCallback = { url: string; headers?: Record<string, string>; body: string };

export type VendorAccount = {
  creditsLeft: number;
  credential: string;
  /** True if this credential has paid for that and had no refund. */
  hasPaid(capability: string, personKey: string): boolean;
};

export type Refusal = 'bad_key' | 'no_credits' | 'rate_limited';

/** One vendor's simulator: its words for every answer; delays, faults, keys, limits and charges are done for it. */
export type VendorSimulator = {
  vendor: string;
  host: string;
  keyIn: KeyPlace;
  /** Published limits, each of requests per rolling window, by path where `path` is set. */
  limits?: readonly { requests: number; windowMs: number; path?: string }[];
  answer(call: VendorCall, spoil: Spoil, account: VendorAccount): VendorAnswer;
  refuse(why: Refusal, path: string): VendorAnswer;
};

export type VendorDeps = {
  charges: ChargeBook;
  arrivals: ArrivalBook;
  scripts: ScriptBook;
  delayMs: () => number;
  clock: Clock;
  /** True if every key is limited as at the vendor; else only those that begin with `sandbox_limited`. */
  enforceLimits: boolean;
};

export const SANDBOX_KEY_PREFIX = 'sandbox_';
const STARTING_CREDITS = 100_000;

/** Serves a vendor below `/<its host>/`. */
export function mountVendor(app: Hono, simulator: VendorSimulator, deps: VendorDeps): void {
  const limiter = createLimiter(simulator.limits ?? []);
  app.all(`/${simulator.host}/*`, async (context) => {
    const url = new URL(context.req.url);
    const text = await context.req.text();
    const path = url.pathname.slice(simulator.host.length + 1);
    const said = `${path} ${[...url.searchParams].flat().join(' ')} ${text}`;
    const script = deps.scripts.take(simulator.vendor, said);
    const arrivedMs = deps.clock.now().getTime();
    await pause(script.delayMs ?? deps.delayMs(), context.req.raw.signal);
    const token = issuedToken(simulator.keyIn, path, text);
    if (token !== null) return json(token);
    const key = keyOf(simulator.keyIn, context.req.header.bind(context.req), url) ?? '';
    if (!key.startsWith(SANDBOX_KEY_PREFIX)) return json(withNotice(simulator.refuse('bad_key', path)));
    deps.arrivals.record(simulator.vendor, key, arrivedMs);
    const limited = deps.enforceLimits || key.startsWith(`${SANDBOX_KEY_PREFIX}limited`);
    if (limited && !limiter.admit(key, path, arrivedMs)) return json(simulator.refuse('rate_limited', path));
    const early = earlyFault(simulator, script.fault, path);
    if (early !== null) return early === 'hang' ? untilGone(context.req.raw.signal) : early;
    const call = callOf(context.req.method, path, url, text, arrivedMs);
    const answer = simulator.answer(call, spoilOf(script.fault), accountOf(simulator.vendor, key, deps));
    if (!settle(answer, simulator.vendor, key, deps)) return json(simulator.refuse('no_credits', path));
    if (answer.callback) void deliver(answer.callback, deps.delayMs());
    if (script.fault === 'timeout_after_charge') return untilGone(context.req.raw.signal);
    return json(answer, script.fault === 'truncated' ? { keep: 0.6 } : {});
  });
}

function callOf(method: string, path: string, url: URL, text: string, nowMs: number): VendorCall {
  const value = valueOf(text);
  return {
    method,
    path,
    query: url.searchParams,
    body: typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {},
    list: Array.isArray(value) ? value : [],
    nowMs,
  };
}

function accountOf(vendor: string, credential: string, { charges }: VendorDeps): VendorAccount {
  const isEmpty = credential.startsWith(`${SANDBOX_KEY_PREFIX}empty`);
  return {
    credential,
    creditsLeft: isEmpty ? 0 : STARTING_CREDITS - charges.spent(vendor, credential),
    hasPaid: (capability, personKey) => charges.paid(vendor, credential, capability, personKey) > 0,
  };
}

/** Writes the charges of an answer down; false if the account does not cover them. */
function settle(answer: VendorAnswer, vendor: string, credential: string, deps: VendorDeps): boolean {
  const charges = answer.charge === undefined ? [] : [answer.charge].flat();
  const cost = charges.reduce((sum, charge) => sum + charge.credits, 0);
  if (cost > 0 && accountOf(vendor, credential, deps).creditsLeft < cost) return false;
  for (const charge of charges) deps.charges.record({ vendor, credential, ...charge });
  return true;
}

/** Faults that come before the vendor has looked anything up, so that nothing is charged. */
function earlyFault(
  simulator: VendorSimulator,
  fault: VendorFault | null,
  path: string,
): Response | 'hang' | null {
  if (fault === 'hang') return 'hang';
  if (fault === 'html') return html(200);
  if (fault === '500') return html(500);
  if (fault === '429') return json(simulator.refuse('rate_limited', path));
  if (fault !== '429_retry_after') return null;
  const refusal = simulator.refuse('rate_limited', path);
  return json({ ...refusal, headers: { ...refusal.headers, 'retry-after': '2' } });
}

const spoilOf = (fault: VendorFault | null): Spoil =>
  fault === 'masked' || fault === 'empty_id' ? fault : null;

/** A real key must not be spent on a simulator, nor kept by one: say so to whoever reads the reply. */
function withNotice(answer: VendorAnswer): VendorAnswer {
  const notice = `This is a simulator. It takes only keys that begin with ${SANDBOX_KEY_PREFIX}; never send it a real one.`;
  return { ...answer, headers: { ...answer.headers, 'x-sandbox-notice': notice } };
}

function valueOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
