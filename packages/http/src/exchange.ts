import type { Dispatcher } from 'undici';

import { ForbiddenAddressError } from './guarded-agent.ts';
import type { HttpFault } from './http-error.ts';

export type RawReply = { status: number; headers: Record<string, string>; bytes: Uint8Array };
export type ExchangeResult = { reply: RawReply } | { fault: HttpFault; cause?: unknown };

export type Exchange = {
  dispatcher: Dispatcher;
  origin: string;
  /** With its query. */
  path: string;
  method: 'GET' | 'POST';
  headers: Record<string, string>;
  body: string | null;
  timeoutMs: number;
  /** Given up unless it is being written by then, on the clock of `performance.now()`. */
  startByMs: number;
  maxBodyBytes: number;
  signal: AbortSignal | undefined;
};

/**
 * One request and its reply, bounded in time and size. What a failure means depends on whether the request had begun to
 * be written: undici says so by `onRequestStart`. Before it, nothing can have been charged; after it, nobody knows.
 */
export function exchange(request: Exchange): Promise<ExchangeResult> {
  return new Promise((resolve) => {
    const attempt = new Attempt(request.maxBodyBytes, request.startByMs, resolve);
    const timer = setTimeout(() => attempt.giveUp(), request.timeoutMs);
    const startTimer = Number.isFinite(request.startByMs)
      ? setTimeout(() => attempt.giveUpUnlessStarted(), Math.max(1, request.startByMs - performance.now()))
      : undefined;
    const onAbort = (): void => attempt.giveUp();
    request.signal?.addEventListener('abort', onAbort, { once: true });
    attempt.afterwards = () => {
      clearTimeout(timer);
      clearTimeout(startTimer);
      request.signal?.removeEventListener('abort', onAbort);
    };
    if (request.signal?.aborted === true) return attempt.giveUp();
    request.dispatcher.dispatch(
      {
        origin: request.origin,
        path: request.path,
        method: request.method,
        headers: request.headers,
        body: request.body,
        // The timer above bounds everything; undici's own bounds may not fire earlier.
        headersTimeout: 0,
        bodyTimeout: 0,
      },
      attempt,
    );
  });
}

class Attempt implements Dispatcher.DispatchHandler {
  afterwards: () => void = () => undefined;
  #controller: Dispatcher.DispatchController | undefined;
  #settled = false;
  #size = 0;
  #status = 0;
  #headers: Record<string, string> = {};
  readonly #chunks: Uint8Array[] = [];
  readonly #maxBodyBytes: number;
  readonly #startByMs: number;
  readonly #resolve: (result: ExchangeResult) => void;

  constructor(maxBodyBytes: number, startByMs: number, resolve: (result: ExchangeResult) => void) {
    this.#maxBodyBytes = maxBodyBytes;
    this.#startByMs = startByMs;
    this.#resolve = resolve;
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    // Given up while it waited for a connection: it must not be written any more.
    if (performance.now() > this.#startByMs) this.#settle({ fault: 'late' });
    if (this.#settled) controller.abort(new Error('given up'));
    else this.#controller = controller;
  }

  onResponseStart(
    _controller: unknown,
    status: number,
    headers: Record<string, string | string[] | undefined>,
  ): void {
    if (status < 200) return;
    this.#status = status;
    this.#headers = flatten(headers);
  }

  onResponseData(_controller: unknown, chunk: Uint8Array): void {
    this.#size += chunk.length;
    if (this.#size > this.#maxBodyBytes) this.#fail('too_large');
    else this.#chunks.push(chunk);
  }

  onResponseEnd(): void {
    const [first, ...others] = this.#chunks;
    const bytes = first && others.length === 0 ? first : Buffer.concat(this.#chunks);
    this.#settle({ reply: { status: this.#status, headers: this.#headers, bytes } });
  }

  onResponseError(_controller: unknown, error: Error): void {
    if (error instanceof ForbiddenAddressError) this.#settle({ fault: 'forbidden_host' });
    else this.#settle({ fault: this.#networkFault(), cause: error });
  }

  giveUp(): void {
    this.#fail(this.#networkFault());
  }

  giveUpUnlessStarted(): void {
    if (this.#controller === undefined) this.#settle({ fault: 'late' });
  }

  #networkFault(): HttpFault {
    return this.#controller === undefined ? 'unreachable' : 'timeout';
  }

  #fail(fault: HttpFault): void {
    this.#settle({ fault });
    this.#controller?.abort(new Error(fault));
  }

  #settle(result: ExchangeResult): void {
    if (this.#settled) return;
    this.#settled = true;
    this.afterwards();
    this.#resolve(result);
  }
}

/** Names are in lower case already. */
function flatten(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  const flat: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) flat[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return flat;
}
