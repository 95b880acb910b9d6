import { setTimeout as sleep } from 'node:timers/promises';

import type { VendorCallback } from './vendor.ts';

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** Posts what a vendor would post, to this machine alone: the sandbox sends nothing outside. Once; nobody may listen. */
export async function deliver(callback: VendorCallback, afterMs: number): Promise<void> {
  if (!URL.canParse(callback.url) || !LOOPBACK.has(new URL(callback.url).hostname)) return;
  await sleep(afterMs, undefined, { ref: false });
  const headers = { 'content-type': 'application/json', ...callback.headers };
  await fetch(callback.url, { method: 'POST', headers, body: callback.body }).catch(() => undefined);
}
