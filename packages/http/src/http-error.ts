import { ProviderError } from '@penstock/kernel/provider-error';
import type { ProviderFault } from '@penstock/kernel/provider-error';

export type HttpFault =
  | 'unreachable' // nothing was written: the other side can't have acted on it
  | 'late' // not written by the time it had to be, and given up
  | 'timeout' // it was written, and no complete reply came: whether it was acted on is unknown
  | 'too_large' // the reply went over the limit and was cut off
  | 'malformed' // the reply can't be decoded
  | 'forbidden_host'; // the target, or where it redirects to, is undeclared or private

/** What went wrong on the way. `message` holds the service and the fault only: no URL, no header, no body. */
export class HttpError extends Error {
  override readonly name = 'HttpError';
  readonly service: string;
  readonly fault: HttpFault;
  /** Private to the object, so that no log writes it down: the address may hold a token. */
  readonly #refusedRedirect: URL | null;

  constructor(
    service: string,
    fault: HttpFault,
    options: { cause?: unknown; refusedRedirect?: URL | undefined } = {},
  ) {
    super(`${service}: ${fault}`, { cause: options.cause });
    this.service = service;
    this.fault = fault;
    this.#refusedRedirect = options.refusedRedirect ?? null;
  }

  /** Where a reply wanted to lead and nobody went: what an address says may be read, what is there may not. */
  get refusedRedirect(): URL | null {
    return this.#refusedRedirect;
  }
}

const PROVIDER_FAULT: Record<HttpFault, ProviderFault> = {
  unreachable: 'unreachable',
  late: 'not_sent',
  timeout: 'timeout',
  // A reply came, but can't be read: it may have been charged.
  too_large: 'malformed',
  malformed: 'malformed',
  forbidden_host: 'forbidden_host',
};

/** The same failure in the words of the provider port; anything that is not an `HttpError` passes through unchanged. */
export function toProviderError(provider: string, error: unknown): unknown {
  return error instanceof HttpError
    ? new ProviderError(provider, PROVIDER_FAULT[error.fault], { cause: error })
    : error;
}
