import type {
  AskedRecord,
  KnownFacts,
  LaterState,
  ProviderAdapter,
  ProviderAnswer,
  ProviderReply,
} from '@penstock/enrichment/provider-port';
import { ProviderError } from '@penstock/kernel/provider-error';

import { answerAboutPerson } from '../person-answer.ts';
import { failWith, faultOfStatus, jsonOf, readAs } from '../reply-reading.ts';
import { syncCalls } from '../vendor-calls.ts';
import { DROPCONTACT_ID, dropcontactManifest, ENRICH } from './manifest.ts';
import { CreditsReply, ErrorReply, NotReady, ResultReply, SubmittedReply } from './reply.ts';
import type { EnrichedRecord } from './reply.ts';
import { creditsRequest, enrichRequest, resultRequest } from './request.ts';

/** What the vendor asks for between two looks. */
const POLL_AFTER_MS = 30_000;

export const dropcontact: ProviderAdapter = {
  manifest: dropcontactManifest,
  ...syncCalls(DROPCONTACT_ID, refuseFaults, {}),
  later: {
    submit(capabilityId, asked, callbackUrl) {
      if (capabilityId !== ENRICH) throw new ProviderError(DROPCONTACT_ID, 'rejected');
      return enrichRequest(asked, callbackUrl);
    },
    parseSubmitted(_capabilityId, reply) {
      refuseFaults(reply);
      const { request_id: ticket } = readAs(DROPCONTACT_ID, SubmittedReply, reply);
      return { state: 'waiting', ticket, pollAfterMs: POLL_AFTER_MS, sofar: [] };
    },
    poll: {
      request: (_capabilityId, ticket) => resultRequest(ticket),
      parse: (_capabilityId, reply, asked, ticket) => readResult(reply, asked, ticket),
    },
    callback: {
      authentication: 'secret_url',
      verify: () => true,
      ticketOf: ({ body }) => /"request_id"\s*:\s*"([^"]{1,100})"/.exec(body)?.[1] ?? null,
      parse: (_capabilityId, message, asked) => readResult({ status: 200, ...message }, asked, ''),
    },
  },
  balance: {
    request: creditsRequest,
    parse(reply) {
      refuseFaults(reply);
      return { credits: readAs(DROPCONTACT_ID, CreditsReply, reply).credits_left };
    },
  },
};

/** 403 is a wrong key, or credits that don't cover the whole batch: its sentence tells. */
function refuseFaults(reply: ProviderReply): void {
  const fault = faultOfStatus(reply.status);
  if (fault === undefined) return;
  const parsed = ErrorReply.safeParse(jsonOf(reply));
  const isDry = parsed.success && /credit/i.test(String(parsed.data.reason ?? ''));
  failWith(DROPCONTACT_ID, isDry ? 'quota_exhausted' : fault, reply);
}

/** 200 does not mean done. */
function readResult(reply: ProviderReply, asked: readonly AskedRecord[], ticket: string): LaterState {
  refuseFaults(reply);
  if (NotReady.safeParse(jsonOf(reply)).success)
    return { state: 'waiting', ticket, pollAfterMs: POLL_AFTER_MS, sofar: [] };
  const { data } = readAs(DROPCONTACT_ID, ResultReply, reply);
  // Records have no reference: they come back in their order, or not to be told apart.
  if (data.length !== asked.length) throw new ProviderError(DROPCONTACT_ID, 'malformed');
  return {
    state: 'done',
    answers: asked.map(({ ref, known }, at) => ({ ref, answer: recordAnswer(data[at], known) })),
  };
}

/** `local part@domain`, in the language that was asked for: only a person's own address at a company is a work e-mail. */
const WORK_ADDRESS = /^(nominative|nominatif|catch[-_ ]?all)@pro$/i;
const DO_NOT_CONTACT = /do_not_contact|ne_pas_contacter/i;

function recordAnswer(record: EnrichedRecord | undefined, asked: KnownFacts): ProviderAnswer {
  const emails = record?.email ?? [];
  if (emails.some(({ qualification }) => DO_NOT_CONTACT.test(qualification)))
    return { outcome: 'miss', reason: 'asked not to be contacted', vendorCredits: 0 };
  const work = emails.filter(({ qualification }) => WORK_ADDRESS.test(qualification));
  const best = work[0];
  // The credit is given back where no address was verified, whatever else is in the record.
  return answerAboutPerson(
    asked,
    {
      givenName: record?.first_name,
      familyName: record?.last_name,
      employer: record?.website,
      linkedinUrl: record?.linkedin,
      emails: work.map(({ email }) => email),
      emailVerdict: best === undefined ? null : /catch/i.test(best.qualification) ? 'catch_all' : 'valid',
      mobile: record?.mobile_phone,
      facts: { title: record?.job, company_size: record?.nb_employees, industry: record?.industry },
    },
    best === undefined ? 0 : 1,
  );
}
