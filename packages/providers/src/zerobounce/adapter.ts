import type {
  ProviderAdapter,
  ProviderAnswer,
  ProviderReply,
  VerificationResult,
} from '@penstock/enrichment/provider-port';
import { ProviderError } from '@penstock/kernel/provider-error';
import { wordTable } from '@penstock/kernel/word-table';

import { failWith, faultOfStatus, jsonOf, readAs, retryAfterMsOf } from '../reply-reading.ts';
import { VALIDATE, ZEROBOUNCE_ID, zeroBounceManifest } from './manifest.ts';
import { CreditsReply, ErrorReply, ValidateReply } from './reply.ts';
import { getCreditsRequest, validateRequest } from './request.ts';

/** Going over the limit blocks the key for minutes; asking again earlier prolongs it. */
const BLOCK_MS = 600_000;

export const zeroBounce: ProviderAdapter = {
  manifest: zeroBounceManifest,

  buildRequest(capabilityId, known) {
    if (capabilityId !== VALIDATE) throw new ProviderError(ZEROBOUNCE_ID, 'rejected');
    return validateRequest(known);
  },

  parseReply(_capabilityId, reply, asked) {
    refuseFaults(reply);
    const verdict = readAs(ZEROBOUNCE_ID, ValidateReply, reply);
    // A verdict about another address must not pass for an answer about this one.
    if (verdict.address.toLowerCase() !== asked.email?.toLowerCase())
      throw new ProviderError(ZEROBOUNCE_ID, 'malformed');
    return answerOf(verdict.status.toLowerCase(), (verdict.sub_status ?? '').toLowerCase());
  },

  balance: {
    request: getCreditsRequest,
    parse(reply) {
      refuseFaults(reply);
      const { credits } = readAs(ZEROBOUNCE_ID, CreditsReply, reply);
      if (credits < 0) throw new ProviderError(ZEROBOUNCE_ID, 'unauthorized');
      return { credits };
    },
  },
};

/**
 * Errors come with HTTP 200 and a sentence. "Invalid API key or your account ran out of credits" is one sentence for
 * two things: a key that was checked by `balance` (where a wrong one is −1) can only have run dry.
 */
function refuseFaults(reply: ProviderReply): void {
  // Looked for before it is read: a schema that does not fit takes longer to say so than one that does.
  const parsed = reply.body.includes('"error"') ? ErrorReply.safeParse(jsonOf(reply)) : null;
  const sentence = parsed?.success === true ? errorText(parsed.data) : '';
  if (sentence !== '' || reply.status === 429) {
    if (reply.status === 429 || /too many|rate limit|throttl|temporarily blocked|exceeded/i.test(sentence)) {
      throw new ProviderError(ZEROBOUNCE_ID, 'rate_limited', {
        retryAfterMs: retryAfterMsOf(reply) ?? BLOCK_MS,
      });
    }
    if (/out of credits|not enough credits|no credits/i.test(sentence))
      failWith(ZEROBOUNCE_ID, 'quota_exhausted', reply);
    if (/api[ _-]?key/i.test(sentence)) failWith(ZEROBOUNCE_ID, 'unauthorized', reply);
  }
  const fault = faultOfStatus(reply.status);
  if (fault !== undefined) failWith(ZEROBOUNCE_ID, fault, reply);
  if (sentence !== '') failWith(ZEROBOUNCE_ID, 'rejected', reply);
}

function errorText({ error }: { error: string | { message: string } }): string {
  return typeof error === 'string' ? error : error.message;
}

const VERDICTS = wordTable<VerificationResult>({
  valid: 'valid',
  invalid: 'invalid',
  'catch-all': 'catch_all',
  unknown: 'unknown',
  spamtrap: 'do_not_mail',
  abuse: 'do_not_mail',
  do_not_mail: 'do_not_mail',
});

function answerOf(status: string, subStatus: string): ProviderAnswer {
  const verdict = VERDICTS[status];
  if (verdict === undefined) throw new ProviderError(ZEROBOUNCE_ID, 'malformed');
  const detail = subStatus === '' ? status : `${status}/${subStatus}`;
  // `accept_all` also comes with status `valid`: the server said yes, as it does to everybody.
  const result =
    subStatus === 'disposable'
      ? 'disposable'
      : verdict === 'valid' && subStatus === 'accept_all'
        ? 'catch_all'
        : verdict;
  return { outcome: 'verified', result, detail, vendorCredits: verdict === 'unknown' ? 0 : 1 };
}
