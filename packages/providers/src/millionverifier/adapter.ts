import type {
  KnownFacts,
  ProviderAdapter,
  ProviderAnswer,
  ProviderReply,
  VerificationResult,
} from '@penstock/enrichment/provider-port';
import { ProviderError } from '@penstock/kernel/provider-error';
import { wordTable } from '@penstock/kernel/word-table';

import { failWith, faultOfStatus, jsonOf, readAs } from '../reply-reading.ts';
import { syncCalls } from '../vendor-calls.ts';
import { MILLIONVERIFIER_ID, millionVerifierManifest, VERIFY } from './manifest.ts';
import { CreditsReply, ErrorReply, VerifyReply } from './reply.ts';
import { creditsRequest, verifyRequest } from './request.ts';

export const millionVerifier: ProviderAdapter = {
  manifest: millionVerifierManifest,
  ...syncCalls(MILLIONVERIFIER_ID, refuseFaults, {
    [VERIFY]: { build: verifyRequest, read: readVerdict },
  }),
  balance: {
    request: creditsRequest,
    parse(reply) {
      refuseFaults(reply);
      return { credits: readAs(MILLIONVERIFIER_ID, CreditsReply, reply).credits };
    },
  },
};

/** Its errors are sentences, sent with HTTP 200. */
function refuseFaults(reply: ProviderReply): void {
  const fault = faultOfStatus(reply.status);
  if (fault !== undefined) failWith(MILLIONVERIFIER_ID, fault, reply);
  const parsed = ErrorReply.safeParse(jsonOf(reply));
  if (!parsed.success) return;
  const sentence = parsed.data.error;
  if (/credits?/i.test(sentence)) failWith(MILLIONVERIFIER_ID, 'quota_exhausted', reply);
  if (/api ?key|not found|blocked/i.test(sentence)) failWith(MILLIONVERIFIER_ID, 'unauthorized', reply);
  if (/too many|limit/i.test(sentence)) failWith(MILLIONVERIFIER_ID, 'rate_limited', reply);
  failWith(MILLIONVERIFIER_ID, 'rejected', reply);
}

const VERDICTS = wordTable<VerificationResult>({
  ok: 'valid',
  catch_all: 'catch_all',
  unknown: 'unknown',
  disposable: 'disposable',
  invalid: 'invalid',
});

function readVerdict(reply: ProviderReply, asked: KnownFacts): ProviderAnswer {
  const { email, result: word, subresult } = readAs(MILLIONVERIFIER_ID, VerifyReply, reply);
  const result = VERDICTS[word];
  if (result === undefined || email.toLowerCase() !== asked.email?.toLowerCase())
    throw new ProviderError(MILLIONVERIFIER_ID, 'malformed');
  return { outcome: 'verified', result, detail: subresult ? `${word}/${subresult}` : word, vendorCredits: 1 };
}
