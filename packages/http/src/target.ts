import { isIP } from 'node:net';

import { isPublicAddress } from './address.ts';
import type { HttpCredential } from './credential.ts';

/** Where a request goes and what it may cost in time and memory. */
export type HttpTarget = {
  /** Name in errors and logs. */
  service: string;
  /** `https://api.vendor.com`, or below the sandbox's origin `http://127.0.0.1:4110/api.vendor.com`. */
  origin: string;
  /** Hosts that the adapter's manifest declares; redirects stay within them. */
  declaredHosts: readonly string[];
  credential?: HttpCredential;
  /** For the whole exchange, redirects included. */
  timeoutMs: number;
  /** Given up unless it is being written by then, on the clock of `performance.now()`; milliseconds. */
  startByMs?: number;
  /** Of the reply, decompressed. */
  maxBodyBytes?: number;
};

export type HttpRequest = {
  method?: 'GET' | 'POST';
  /** Path and query below the target's origin, starting with `/`. */
  path: string;
  headers?: Record<string, string>;
  /** Sent as JSON. */
  body?: unknown;
  signal?: AbortSignal;
};

/** Header names are lower-case. `retry-after` is always whole seconds: an HTTP-date is converted on arrival. */
export type HttpReply = { status: number; headers: Record<string, string>; body: string };

export const DEFAULT_MAX_BODY_BYTES = 5 * 1024 * 1024;
export const MAX_REDIRECTS = 3;

export type Destination = {
  url: URL;
  sandboxed: boolean;
  /** The vendor's host that it stands for: a credential never travels to another one. */
  vendorHost: string;
};

/**
 * Decides whether a URL may be asked at all. Below the sandbox's origin the first path segment names the vendor's host;
 * everywhere else it must be https on the default port of a declared host. Returns null for a refusal.
 */
export function admit(
  url: URL,
  declaredHosts: readonly string[],
  sandboxOrigin: string | null,
): Destination | null {
  if (url.username !== '' || url.password !== '') return null;
  if (sandboxOrigin !== null && url.origin === sandboxOrigin) {
    const vendorHost = firstSegment(url.pathname);
    return declaredHosts.includes(vendorHost) ? { url, sandboxed: true, vendorHost } : null;
  }
  if (url.protocol !== 'https:' || url.port !== '') return null;
  // A literal address is never looked up, so it is judged here already.
  const vendorHost = url.hostname;
  const literal = vendorHost.replace(/^\[|\]$/g, '');
  if (isIP(literal) !== 0 && !isPublicAddress(literal)) return null;
  return declaredHosts.includes(vendorHost) ? { url, sandboxed: false, vendorHost } : null;
}

/** `/api.vendor.com/v1/people` → `api.vendor.com`. */
function firstSegment(pathname: string): string {
  const end = pathname.indexOf('/', 1);
  return end < 0 ? pathname.slice(1) : pathname.slice(1, end);
}
