import type {
  AskedRecord,
  KnownFacts,
  LaterState,
  ProviderAdapter,
  ProviderAnswer,
  ProviderReply,
  RecordAnswer,
  VerificationResult,
} from '@penstock/enrichment/provider-port';
import { ProviderError } from '@penstock/kernel/provider-error';
import { wordTable } from '@penstock/kernel/word-table';

import { answerAboutPerson } from '../person-answer.ts';
import { failWith, faultOfStatus, jsonOf, readAs } from '../reply-reading.ts';
import { isSigned } from '../signature.ts';
import { usablePhone, usableText } from '../usable.ts';
import { syncCalls } from '../vendor-calls.ts';
import { CONTACT_EMAIL, CONTACT_PHONE, FULLENRICH_ID, fullEnrichManifest } from './manifest.ts';
import { CreditsReply, ErrorReply, ResultReply, StartedReply } from './reply.ts';
import type { Result } from './reply.ts';
import { bulkRequest, creditsRequest, resultRequest } from './request.ts';

/** It takes 30 to 90 seconds, and polling counts against the limit. */
const POLL_AFTER_MS = 60_000;

export const fullEnrich: ProviderAdapter = {
  manifest: fullEnrichManifest,
  ...syncCalls(FULLENRICH_ID, refuseFaults, {}),
  later: {
    submit(capabilityId, asked, callbackUrl) {
      if (capabilityId !== CONTACT_EMAIL && capabilityId !== CONTACT_PHONE)
        throw new ProviderError(FULLENRICH_ID, 'rejected');
      return bulkRequest(capabilityId, asked, callbackUrl);
    },
    parseSubmitted(_capabilityId, reply) {
      refuseFaults(reply);
      const { enrichment_id: ticket } = readAs(FULLENRICH_ID, StartedReply, reply);
      return { state: 'waiting', ticket, pollAfterMs: POLL_AFTER_MS, sofar: [] };
    },
    poll: {
      request: (_capabilityId, ticket) => resultRequest(ticket),
      parse: readResult,
    },
    callback: {
      authentication: 'hmac',
      // The secret is the key itself, as lower-case hex of SHA-1.
      verify: ({ headers, body }, secret) =>
        isSigned(body, headers['x-signature-sha1'], secret, { hash: 'sha1', encoding: 'hex' }),
      ticketOf: ({ body }) => {
        const parsed = ResultReply.safeParse(jsonOf({ status: 200, headers: {}, body }));
        return parsed.success ? (parsed.data.id ?? null) : null;
      },
      parse: (capabilityId, message, asked) =>
        readResult(capabilityId, { status: 200, ...message }, asked, ''),
    },
  },
  balance: {
    request: creditsRequest,
    parse(reply) {
      refuseFaults(reply);
      return { credits: readAs(FULLENRICH_ID, CreditsReply, reply).balance };
    },
  },
};

function refuseFaults(reply: ProviderReply): void {
  const parsed = ErrorReply.safeParse(jsonOf(reply));
  const code = parsed.success ? parsed.data.code : '';
  const fault = faultOfStatus(reply.status);
  if (fault === undefined) return;
  failWith(FULLENRICH_ID, /credits/i.test(code) ? 'quota_exhausted' : fault, reply);
}

/** Final; `CREDITS_INSUFFICIENT` and `CANCELED` hold what was found until then. */
const FINAL: ReadonlySet<string> = new Set(['FINISHED', 'CREDITS_INSUFFICIENT', 'CANCELED']);

function readResult(
  capabilityId: string,
  reply: ProviderReply,
  asked: readonly AskedRecord[],
  ticket: string,
): LaterState {
  refuseFaults(reply);
  const result = readAs(FULLENRICH_ID, ResultReply, reply);
  const found = answersIn(result, asked, capabilityId);
  if (!FINAL.has(result.status))
    return { state: 'waiting', ticket: result.id ?? ticket, pollAfterMs: POLL_AFTER_MS, sofar: found };
  const ranDry = result.status === 'CREDITS_INSUFFICIENT';
  if (ranDry && found.length === 0) failWith(FULLENRICH_ID, 'quota_exhausted', reply);
  const missing = asked.filter(({ ref }) => !found.some((answer) => answer.ref === ref));
  const reason = ranDry ? 'the credits ran out' : 'no record';
  return {
    state: 'done',
    answers: [
      ...found,
      ...missing.map(({ ref }): RecordAnswer => ({
        ref,
        answer: { outcome: 'miss', reason, vendorCredits: 0 },
      })),
    ],
  };
}

/** Answers for those of the records that are in the result, by the reference that they were handed in with. */
function answersIn(result: Result, asked: readonly AskedRecord[], capabilityId: string): RecordAnswer[] {
  return result.data.map((contact) => {
    const record = asked.find(({ ref }) => ref === contact.custom.ref);
    if (record === undefined) throw new ProviderError(FULLENRICH_ID, 'malformed');
    return { ref: record.ref, answer: contactAnswer(contact, record.known, capabilityId === CONTACT_PHONE) };
  });
}

const VERDICTS = wordTable<VerificationResult>({
  DELIVERABLE: 'valid',
  HIGH_PROBABILITY: 'unknown',
  CATCH_ALL: 'catch_all',
  INVALID: 'invalid',
});

function contactAnswer(contact: Result['data'][number], asked: KnownFacts, isPhone: boolean): ProviderAnswer {
  const email = contact.contact_info?.most_probable_work_email;
  const phone = contact.contact_info?.most_probable_phone;
  const verdict = VERDICTS[usableText(email?.status) ?? ''] ?? null;
  // What it calls invalid is shown, not charged, and not used.
  const hasEmail = !isPhone && email?.email != null && verdict !== 'invalid';
  const hasPhone = isPhone && phone?.number != null;
  if (!hasEmail && !hasPhone) return { outcome: 'miss', reason: 'no record', vendorCredits: 0 };
  const current = contact.profile?.employment?.current;
  // A landline is shown and not charged.
  const isLandline = hasPhone && usablePhone(phone?.number)?.lineType === 'landline';
  return answerAboutPerson(
    asked,
    {
      givenName: contact.profile?.first_name,
      familyName: contact.profile?.last_name,
      employer: current?.company?.domain,
      emails: hasEmail ? [email?.email] : [],
      emailVerdict: verdict,
      mobile: hasPhone ? phone?.number : null,
      facts: { title: current?.title },
    },
    isLandline ? 0 : hasPhone ? 10 : 1,
  );
}
