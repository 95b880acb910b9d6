import type { Payload } from '@temporalio/common';

/** Every payload anywhere below a value: inputs, results, failures, memos, search attributes, heartbeats. */
export function payloadsIn(value: unknown, seen = new Set<unknown>()): Payload[] {
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array || seen.has(value))
    return [];
  seen.add(value);
  const inner = Object.values(value).flatMap((one) => payloadsIn(one, seen));
  return isPayload(value) ? [value, ...inner] : inner;
}

function isPayload(value: object): value is Payload {
  return 'metadata' in value && 'data' in value && value.data instanceof Uint8Array;
}
