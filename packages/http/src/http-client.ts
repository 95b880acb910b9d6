import type { Clock } from '@penstock/kernel/clock';
import { systemClock } from '@penstock/kernel/clock';
import type { Agent } from 'undici';

import { isLoopbackAddress, isPublicAddress } from './address.ts';
import { decodeBody } from './charset.ts';
import { addCredential } from './credential.ts';
import { decompress } from './decompress.ts';
import { exchange } from './exchange.ts';
import type { RawReply } from './exchange.ts';
import { createGuardedAgent } from './guarded-agent.ts';
import type { Resolve } from './guarded-agent.ts';
import { HttpError } from './http-error.ts';
import { retryAfterMs } from './retry-after.ts';
import { admit, DEFAULT_MAX_BODY_BYTES, MAX_REDIRECTS } from './target.ts';
import type { Destination, HttpReply, HttpRequest, HttpTarget } from './target.ts';

export type HttpClientOptions = {
  /** Base address of the simulators, the one loopback origin that may be asked; leave it out where there is none. */
  sandboxOrigin?: string;
  connectTimeoutMs?: number;
  connectionsPerOrigin?: number;
  clock?: Clock;
  /** Only for tests. */
  resolve?: Resolve;
};

export type HttpClient = AsyncDisposable & {
  /** One exchange; never retried. Throws `HttpError` only; every status that arrives is a reply. */
  send(target: HttpTarget, request: HttpRequest): Promise<HttpReply>;
  close(): Promise<void>;
};

type Context = { public: Agent; sandbox: Agent; sandboxOrigin: string | null; clock: Clock };

/** Opens the way out; `close()` (or `await using`) lets running requests end and drops the connections. */
export function createHttpClient(options: HttpClientOptions = {}): HttpClient {
  const shared = {
    connectTimeoutMs: options.connectTimeoutMs ?? 5_000,
    // Vendors take seconds: twenty inbound leads a second need some sixty connections at each.
    connectionsPerOrigin: options.connectionsPerOrigin ?? 96,
    ...(options.resolve && { resolve: options.resolve }),
  };
  const context: Context = {
    public: createGuardedAgent({ ...shared, isAllowed: isPublicAddress }),
    // All simulators share one origin.
    sandbox: createGuardedAgent({
      ...shared,
      connectionsPerOrigin: 8 * shared.connectionsPerOrigin,
      isAllowed: isLoopbackAddress,
    }),
    sandboxOrigin: options.sandboxOrigin ? new URL(options.sandboxOrigin).origin : null,
    clock: options.clock ?? systemClock,
  };
  const close = async (): Promise<void> => {
    await Promise.all([context.public.close(), context.sandbox.close()]);
  };
  return {
    send: (target, request) => send(context, target, request),
    close,
    [Symbol.asyncDispose]: close,
  };
}

async function send(context: Context, target: HttpTarget, request: HttpRequest): Promise<HttpReply> {
  const deadline = performance.now() + target.timeoutMs;
  const start = new URL(target.origin.replace(/\/$/, '') + request.path);
  const home = admit(start, target.declaredHosts, context.sandboxOrigin);
  if (home === null) throw new HttpError(target.service, 'forbidden_host');
  let destination: Destination = home;
  for (let hop = 0; ; hop += 1) {
    const raw = await exchangeOnce(context, target, request, {
      destination,
      withCredential: destination.vendorHost === home.vendorHost,
      timeoutMs: Math.max(1, deadline - performance.now()),
      startByMs: hop === 0 ? (target.startByMs ?? Number.POSITIVE_INFINITY) : Number.POSITIVE_INFINITY,
    });
    const location = redirectOf(raw, request);
    if (location === null) return finish(context, target, raw);
    if (hop === MAX_REDIRECTS || !URL.canParse(location, destination.url.href))
      throw new HttpError(target.service, 'malformed');
    destination = admitRedirect(context, target, home, new URL(location, destination.url));
  }
}

async function exchangeOnce(
  context: Context,
  target: HttpTarget,
  request: HttpRequest,
  hop: { destination: Destination; withCredential: boolean; timeoutMs: number; startByMs: number },
): Promise<RawReply> {
  const credential = hop.withCredential ? target.credential : undefined;
  const { url } = hop.destination;
  const headers: Record<string, string> = { 'accept-encoding': 'gzip, deflate, br' };
  for (const name in request.headers) headers[name.toLowerCase()] = request.headers[name] ?? '';
  const body = request.body === undefined ? null : JSON.stringify(request.body);
  if (body !== null) headers['content-type'] ??= 'application/json';
  const search = credential ? addCredential(url.search, headers, credential) : url.search;
  const result = await exchange({
    dispatcher: hop.destination.sandboxed ? context.sandbox : context.public,
    origin: url.origin,
    path: `${url.pathname}${search}`,
    method: request.method ?? 'GET',
    headers,
    body,
    timeoutMs: hop.timeoutMs,
    startByMs: hop.startByMs,
    maxBodyBytes: target.maxBodyBytes ?? DEFAULT_MAX_BODY_BYTES,
    signal: request.signal,
  });
  if ('reply' in result) return result.reply;
  // The cause may name an address, never a URL or a header: undici's errors hold neither.
  throw new HttpError(target.service, result.fault, { cause: result.cause });
}

const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/** Only a GET follows: a POST may be charged, and is never sent twice. */
function redirectOf(raw: RawReply, request: HttpRequest): string | null {
  if (!REDIRECTS.has(raw.status) || (request.method ?? 'GET') !== 'GET') return null;
  return raw.headers['location'] ?? null;
}

async function finish(context: Context, target: HttpTarget, raw: RawReply): Promise<HttpReply> {
  const maxBytes = target.maxBodyBytes ?? DEFAULT_MAX_BODY_BYTES;
  const unpacked = await decompress(raw.bytes, raw.headers['content-encoding'], maxBytes);
  if ('fault' in unpacked) throw new HttpError(target.service, unpacked.fault);
  const { headers } = raw;
  const delayMs = retryAfterMs(headers['retry-after'], context.clock.now());
  if (delayMs !== undefined) headers['retry-after'] = String(Math.ceil(delayMs / 1_000));
  return { status: raw.status, headers, body: decodeBody(unpacked.bytes, headers['content-type']) };
}

function admitRedirect(context: Context, target: HttpTarget, home: Destination, to: URL): Destination {
  const destination = admit(to, target.declaredHosts, context.sandboxOrigin);
  // The sandbox sends nothing outside, and nothing from outside leads into it.
  if (destination === null || destination.sandboxed !== home.sandboxed)
    throw new HttpError(target.service, 'forbidden_host', { refusedRedirect: to });
  return destination;
}
