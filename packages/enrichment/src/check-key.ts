import { ProviderError } from '@penstock/kernel/provider-error';

import type { ProviderAdapter } from './provider-port.ts';
import type { WaterfallDeps } from './waterfall-run.ts';

/** What a vendor says of a key: takes it, with so many credits left; refuses it; or nothing, because it tells nobody or can't be reached. */
export type KeyCheck =
  | { state: 'taken'; credits: number }
  | { state: 'refused' }
  | { state: 'not_checked'; because: 'no free look' | 'no answer' };

const TIMEOUT_MS = 10_000;

/** A free look at the account behind a key, where the vendor has one. */
export async function checkKey(
  send: WaterfallDeps['send'],
  workspaceId: string,
  adapter: ProviderAdapter,
  secretSealed: string,
): Promise<KeyCheck> {
  const { balance } = adapter;
  if (!balance) return { state: 'not_checked', because: 'no free look' };
  const target = {
    adapter,
    workspaceId,
    secretSealed,
    timeoutMs: TIMEOUT_MS,
    startByMs: Number.POSITIVE_INFINITY,
  };
  try {
    const { credits } = balance.parse(await send(target, balance.request));
    return { state: 'taken', credits: Math.max(0, credits) };
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    if (error.fault === 'unauthorized') return { state: 'refused' };
    // An empty account is an account.
    if (error.fault === 'quota_exhausted') return { state: 'taken', credits: 0 };
    return { state: 'not_checked', because: 'no answer' };
  }
}
