import type {
  KnownFacts,
  ProviderAdapter,
  ProviderAnswer,
  ProviderReply,
  VerificationResult,
} from '@penstock/enrichment/provider-port';
import { ProviderError } from '@penstock/kernel/provider-error';
import type { ProviderFault } from '@penstock/kernel/provider-error';
import { wordTable } from '@penstock/kernel/word-table';

import { failWith, faultOfStatus, jsonOf, readAs } from '../reply-reading.ts';
import { syncCalls } from '../vendor-calls.ts';
import { NEVERBOUNCE_ID, neverBounceManifest, SINGLE_CHECK } from './manifest.ts';
import { AccountReply, CheckReply, Envelope } from './reply.ts';
import { accountInfoRequest, singleCheckRequest } from './request.ts';

export const neverBounce: ProviderAdapter = {
  manifest: neverBounceManifest,
  ...syncCalls(NEVERBOUNCE_ID, refuseFaults, {
    [SINGLE_CHECK]: { build: singleCheckRequest, read: readVerdict },
  }),
  balance: {
    request: accountInfoRequest,
    parse(reply) {
      refuseFaults(reply);
      const { credits_info: left } = readAs(NEVERBOUNCE_ID, AccountReply, reply);
      return { credits: (left.paid_credits_remaining ?? 0) + (left.free_credits_remaining ?? 0) };
    },
  },
};

const FAULT_OF = wordTable<ProviderFault>({
  auth_failure: 'unauthorized',
  bad_referrer: 'unauthorized',
  temp_unavail: 'unavailable',
  throttle_triggered: 'rate_limited',
  general_failure: 'rejected',
});

/** `general_failure` is also how it says that the credits are gone. */
const NO_CREDITS = /insufficient (credits|balance)|out of credits|not enough credits/i;

function refuseFaults(reply: ProviderReply): void {
  const fault = faultOfStatus(reply.status);
  if (fault !== undefined) failWith(NEVERBOUNCE_ID, fault, reply);
  const parsed = Envelope.safeParse(jsonOf(reply));
  if (!parsed.success) throw new ProviderError(NEVERBOUNCE_ID, 'malformed');
  const { status } = parsed.data;
  if (status === 'success') return;
  failWith(
    NEVERBOUNCE_ID,
    NO_CREDITS.test(reply.body) ? 'quota_exhausted' : (FAULT_OF[status] ?? 'rejected'),
    reply,
  );
}

const VERDICTS = wordTable<VerificationResult>({
  valid: 'valid',
  invalid: 'invalid',
  disposable: 'disposable',
  catchall: 'catch_all',
  unknown: 'unknown',
  '0': 'valid',
  '1': 'invalid',
  '2': 'disposable',
  '3': 'catch_all',
  '4': 'unknown',
});

function readVerdict(reply: ProviderReply, _asked: KnownFacts): ProviderAnswer {
  const { result: word } = readAs(NEVERBOUNCE_ID, CheckReply, reply);
  const result = VERDICTS[String(word)];
  if (result === undefined) throw new ProviderError(NEVERBOUNCE_ID, 'malformed');
  return { outcome: 'verified', result, detail: String(word), vendorCredits: 1 };
}
