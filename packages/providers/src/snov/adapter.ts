import type {
  AskedRecord,
  KnownFacts,
  LaterState,
  ProviderAdapter,
  ProviderAnswer,
  ProviderReply,
  VerificationResult,
} from '@penstock/enrichment/provider-port';
import { ProviderError } from '@penstock/kernel/provider-error';
import { wordTable } from '@penstock/kernel/word-table';
import type { z } from 'zod';

import { answerAboutPerson } from '../person-answer.ts';
import { failWith, faultOfStatus, jsonOf, readAs } from '../reply-reading.ts';
import { syncCalls } from '../vendor-calls.ts';
import { EMAIL_BY_NAME, EMAIL_VERIFICATION, SNOV_ID, snovManifest } from './manifest.ts';
import { BalanceReply, ErrorReply, FoundReply, StartedReply, StatusOf, VerifiedReply } from './reply.ts';
import { balanceRequest, findStartRequest, resultRequest, verifyStartRequest } from './request.ts';

const POLL_AFTER_MS = 3_000;

export const snov: ProviderAdapter = {
  manifest: snovManifest,
  ...syncCalls(SNOV_ID, refuseFaults, {}),
  later: {
    submit(capabilityId, asked, callbackUrl) {
      if (capabilityId === EMAIL_BY_NAME) return findStartRequest(asked, callbackUrl);
      if (capabilityId === EMAIL_VERIFICATION) return verifyStartRequest(asked, callbackUrl);
      throw new ProviderError(SNOV_ID, 'rejected');
    },
    parseSubmitted(_capabilityId, reply) {
      refuseFaults(reply);
      const ticket = readAs(SNOV_ID, StartedReply, reply);
      return { state: 'waiting', ticket, pollAfterMs: POLL_AFTER_MS, sofar: [] };
    },
    poll: { request: resultRequest, parse: readResult },
    callback: {
      authentication: 'secret_url',
      verify: () => true,
      ticketOf: ({ body }) => /"task_hash"\s*:\s*"([^"]{1,100})"/.exec(body)?.[1] ?? null,
      parse: (capabilityId, message, asked) =>
        readResult(capabilityId, { status: 200, ...message }, asked, ''),
    },
  },
  balance: {
    request: balanceRequest,
    parse(reply) {
      refuseFaults(reply);
      return { credits: readAs(SNOV_ID, BalanceReply, reply).data.balance };
    },
  },
};

function refuseFaults(reply: ProviderReply): void {
  const fault = faultOfStatus(reply.status);
  if (fault === undefined) return;
  const parsed = ErrorReply.safeParse(jsonOf(reply));
  const text = parsed.success ? JSON.stringify(parsed.data) : '';
  failWith(
    SNOV_ID,
    /not enough credits|ran out of credits|insufficient/i.test(text) ? 'quota_exhausted' : fault,
    reply,
  );
}

function readResult(
  capabilityId: string,
  reply: ProviderReply,
  asked: readonly AskedRecord[],
  ticket: string,
): LaterState {
  refuseFaults(reply);
  if (readAs(SNOV_ID, StatusOf, reply).status !== 'completed')
    return { state: 'waiting', ticket, pollAfterMs: POLL_AFTER_MS, sofar: [] };
  return capabilityId === EMAIL_BY_NAME ? readFound(reply, asked) : readVerified(reply, asked);
}

/** Rows come back in their order; a list of another length can't be put to the records. */
function readFound(reply: ProviderReply, asked: readonly AskedRecord[]): LaterState {
  const { data } = readAs(SNOV_ID, FoundReply, reply);
  if (data.length !== asked.length) throw new ProviderError(SNOV_ID, 'malformed');
  return {
    state: 'done',
    answers: asked.map(({ ref, known }, at) => ({ ref, answer: foundAnswer(data[at], known) })),
  };
}

type Row = z.infer<typeof FoundReply>['data'][number];

/** Valid and unknown ones are charged, one credit a person; others come along for nothing and are not used. */
function foundAnswer(row: Row | undefined, asked: KnownFacts): ProviderAnswer {
  const charged = row?.result.filter(({ smtp_status }) => smtp_status !== 'not_valid') ?? [];
  const valid = charged.filter(({ smtp_status }) => smtp_status === 'valid');
  const best = valid[0] ?? charged[0];
  if (best === undefined) return { outcome: 'miss', reason: 'no record', vendorCredits: 0 };
  const emailVerdict = best.smtp_status === 'valid' ? 'valid' : 'unknown';
  return answerAboutPerson(asked, { fullName: row?.people, emails: [best.email], emailVerdict }, 1);
}

const VERDICTS = wordTable<VerificationResult>({
  valid: 'valid',
  not_valid: 'invalid',
  unknown: 'unknown',
});

function readVerified(reply: ProviderReply, asked: readonly AskedRecord[]): LaterState {
  const { data } = readAs(SNOV_ID, VerifiedReply, reply);
  const answers = asked.map(({ ref, known }) => {
    const verdict = data.find(({ email }) => email.toLowerCase() === known.email?.toLowerCase())?.result;
    const result = verdict === undefined ? undefined : VERDICTS[verdict.smtp_status];
    if (verdict === undefined || result === undefined) throw new ProviderError(SNOV_ID, 'malformed');
    const isCatchAll = verdict.unknown_status_reason === 'catchall';
    const answer: ProviderAnswer = {
      outcome: 'verified',
      result: verdict.is_disposable === true ? 'disposable' : isCatchAll ? 'catch_all' : result,
      detail: verdict.smtp_status,
      vendorCredits: 1,
    };
    return { ref, answer };
  });
  return { state: 'done', answers };
}
