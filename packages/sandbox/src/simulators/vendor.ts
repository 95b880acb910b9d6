import type { Hono } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';

import type { ChargeBook } from '../control/charge-book.ts';
import type { ScriptBook, VendorFault } from '../control/script-book.ts';
import { html, json, pause, untilGone } from './replies.ts';

/** How a record is spoilt on its way out. */
export type Spoil = 'masked' | 'empty_id' | null;

export type VendorCall = {
  method: string;
  path: string;
  query: URLSearchParams;
  body: Record<string, unknown>;
};

export type VendorAnswer = {
  status: ContentfulStatusCode;
  headers?: Record<string, string>;
  body: unknown;
  charge?: { capability: string; personKey: string; credits: number };
};

/** One vendor's simulator: its words for every answer; delays, faults, keys and charges are done for it. */
export type VendorSimulator = {
  vendor: string;
  host: string;
  keyIn: { header: string } | { query: string };
  answer(call: VendorCall, spoil: Spoil, account: { creditsLeft: number }): VendorAnswer;
  refuse(why: 'bad_key' | 'no_credits' | 'rate_limited', path: string): VendorAnswer;
};

export type VendorDeps = { charges: ChargeBook; scripts: ScriptBook; delayMs: () => number };

export const SANDBOX_KEY_PREFIX = 'sandbox_';
const STARTING_CREDITS = 100_000;

/** Serves a vendor below `/<its host>/`. */
export function mountVendor(app: Hono, simulator: VendorSimulator, deps: VendorDeps): void {
  app.all(`/${simulator.host}/*`, async (context) => {
    const url = new URL(context.req.url);
    const text = await context.req.text();
    const path = url.pathname.slice(simulator.host.length + 1);
    const script = deps.scripts.take(
      simulator.vendor,
      `${path} ${[...url.searchParams].flat().join(' ')} ${text}`,
    );
    await pause(script.delayMs ?? deps.delayMs(), context.req.raw.signal);
    const key = keyOf(simulator, context.req.header.bind(context.req), url) ?? '';
    if (!key.startsWith(SANDBOX_KEY_PREFIX)) return json(withNotice(simulator.refuse('bad_key', path)));
    const early = earlyFault(simulator, script.fault, path);
    if (early !== null) return early === 'hang' ? untilGone(context.req.raw.signal) : early;
    const creditsLeft = key.startsWith(`${SANDBOX_KEY_PREFIX}empty`)
      ? 0
      : STARTING_CREDITS - deps.charges.spent(simulator.vendor, key);
    const call = { method: context.req.method, path, query: url.searchParams, body: recordOf(text) };
    const answer = simulator.answer(call, spoilOf(script.fault), { creditsLeft });
    if (answer.charge) {
      if (creditsLeft < answer.charge.credits) return json(simulator.refuse('no_credits', path));
      deps.charges.record({ vendor: simulator.vendor, credential: key, ...answer.charge });
    }
    if (script.fault === 'timeout_after_charge') return untilGone(context.req.raw.signal);
    return json(answer, script.fault === 'truncated' ? { keep: 0.6 } : {});
  });
}

function keyOf(
  simulator: VendorSimulator,
  header: (name: string) => string | undefined,
  url: URL,
): string | null | undefined {
  return 'header' in simulator.keyIn
    ? header(simulator.keyIn.header)
    : url.searchParams.get(simulator.keyIn.query);
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

function recordOf(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}
