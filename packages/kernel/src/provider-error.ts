export type ProviderFault =
  | 'rate_limited' // try again after `retryAfterMs`
  | 'quota_exhausted' // the account has no credits; nothing was charged
  | 'unavailable' // the vendor answered that it can't; nothing was charged
  | 'timeout' // no answer: whether it was charged is unknown
  | 'unreachable' // the request never left: nothing was charged
  | 'not_sent' // withheld on this side: nothing was charged
  | 'unauthorized' // the credential is wrong
  | 'rejected' // the request can never succeed
  | 'malformed' // the reply broke the contract: whether it was charged is unknown
  | 'forbidden_host'; // egress to an undeclared or private address was refused

/** What an outside service did wrong. `message` holds the vendor and the fault only, never what was asked about. */
export class ProviderError extends Error {
  override readonly name = 'ProviderError';
  readonly provider: string;
  readonly fault: ProviderFault;
  readonly retryAfterMs: number | undefined;

  constructor(
    provider: string,
    fault: ProviderFault,
    options: { cause?: unknown; retryAfterMs?: number | undefined } = {},
  ) {
    super(`${provider}: ${fault}`, { cause: options.cause });
    this.provider = provider;
    this.fault = fault;
    this.retryAfterMs = options.retryAfterMs;
  }
}

const CHARGE_UNKNOWN: ReadonlySet<ProviderFault> = new Set(['timeout', 'malformed']);

/** True if a call that ended this way may have been charged all the same. */
export function mayHaveBeenCharged(fault: ProviderFault): boolean {
  return CHARGE_UNKNOWN.has(fault);
}
