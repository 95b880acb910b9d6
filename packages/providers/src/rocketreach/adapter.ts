import type {
  AskedRecord,
  KnownFacts,
  LaterState,
  ProviderAdapter,
  ProviderAnswer,
  ProviderReply,
} from '@penstock/enrichment/provider-port';
import { ProviderError } from '@penstock/kernel/provider-error';

import { answerAboutCompany, placeOf, revenueRangeOf } from '../company-answer.ts';
import { failWith, faultOfStatus, jsonOf, readAs } from '../reply-reading.ts';
import { isSigned } from '../signature.ts';
import { syncCalls } from '../vendor-calls.ts';
import {
  COMPANY_LOOKUP,
  PERSON_LOOKUP,
  PERSON_LOOKUP_PHONE,
  PERSON_SEARCH,
  ROCKETREACH_ID,
  rocketReachManifest,
} from './manifest.ts';
import { profileAnswer } from './profile.ts';
import { AccountReply, CompanyReply, ErrorReply, Profile, StatusReply } from './reply.ts';
import { accountRequest, companyRequest, lookupRequest, searchRequest, statusRequest } from './request.ts';
import { readSearch } from './search.ts';

const POLL_AFTER_MS = 5_000;

export const rocketReach: ProviderAdapter = {
  manifest: rocketReachManifest,
  ...syncCalls(ROCKETREACH_ID, refuseFaults, {
    [COMPANY_LOOKUP]: { build: companyRequest, read: readCompany },
    [PERSON_SEARCH]: { build: searchRequest, read: readSearch },
  }),
  later: {
    submit(capabilityId, asked) {
      const [record] = asked;
      if (record === undefined || asked.length > 1 || !isLookup(capabilityId))
        throw new ProviderError(ROCKETREACH_ID, 'rejected');
      return lookupRequest(record.known, capabilityId === PERSON_LOOKUP ? 'standard' : 'premium');
    },
    parseSubmitted(capabilityId, reply, asked) {
      refuseFaults(reply);
      if (isMiss(reply))
        return { state: 'done', answers: asked.map(({ ref }) => ({ ref, answer: NO_RECORD })) };
      return stateOf(readAs(ROCKETREACH_ID, Profile, reply), asked, capabilityId);
    },
    poll: {
      request: (_capabilityId, ticket) => statusRequest(ticket),
      parse(capabilityId, reply, asked, ticket) {
        refuseFaults(reply);
        const profile = readAs(ROCKETREACH_ID, StatusReply, reply).find(({ id }) => String(id) === ticket);
        // A status of other lookups says nothing about this one.
        if (profile === undefined) throw new ProviderError(ROCKETREACH_ID, 'malformed');
        return stateOf(profile, asked, capabilityId);
      },
    },
    callback: {
      authentication: 'hmac',
      verify: ({ headers, body }, secret) =>
        isSigned(body, headers['x-rocketreach-signature'], secret, { hash: 'sha256', encoding: 'base64' }),
      ticketOf: ({ body }) => {
        const parsed = Profile.safeParse(jsonOf({ status: 200, headers: {}, body }));
        return parsed.success ? String(parsed.data.id) : null;
      },
      parse: (capabilityId, message, asked) =>
        stateOf(readAs(ROCKETREACH_ID, Profile, { status: 200, ...message }), asked, capabilityId),
    },
  },
  balance: {
    request: accountRequest,
    parse(reply) {
      refuseFaults(reply);
      const { credit_usage: usage } = readAs(ROCKETREACH_ID, AccountReply, reply);
      return { credits: usage.reduce((sum, { remaining }) => sum + Math.max(0, remaining ?? 0), 0) };
    },
  },
};

const isLookup = (capabilityId: string): boolean =>
  capabilityId === PERSON_LOOKUP || capabilityId === PERSON_LOOKUP_PHONE;

/** Its own 404 is a miss; another server's means that the path is wrong. */
const isMiss = (reply: ProviderReply): boolean =>
  reply.status === 404 && ErrorReply.safeParse(jsonOf(reply)).success;

function refuseFaults(reply: ProviderReply): void {
  const fault = isMiss(reply) ? undefined : faultOfStatus(reply.status);
  if (fault === undefined) return;
  const parsed = ErrorReply.safeParse(jsonOf(reply));
  const sentence = parsed.success
    ? [parsed.data.detail, parsed.data.error, parsed.data.message].join(' ')
    : '';
  failWith(
    ROCKETREACH_ID,
    /credit|lookups? (remaining|left)/i.test(sentence) ? 'quota_exhausted' : fault,
    reply,
  );
}

const NO_RECORD: ProviderAnswer = { outcome: 'miss', reason: 'no record', vendorCredits: 0 };

/** `complete` and `failed` are final, everything else is on its way. */
function stateOf(profile: Profile, asked: readonly AskedRecord[], capabilityId: string): LaterState {
  const answerOf = (known: KnownFacts): ProviderAnswer =>
    profile.status === 'failed'
      ? NO_RECORD
      : profileAnswer(profile, known, capabilityId === PERSON_LOOKUP_PHONE);
  if (profile.status === 'complete' || profile.status === 'failed')
    return { state: 'done', answers: asked.map(({ ref, known }) => ({ ref, answer: answerOf(known) })) };
  return { state: 'waiting', ticket: String(profile.id), pollAfterMs: POLL_AFTER_MS, sofar: [] };
}

function readCompany(reply: ProviderReply, asked: KnownFacts): ProviderAnswer {
  if (isMiss(reply)) return NO_RECORD;
  const company = readAs(ROCKETREACH_ID, CompanyReply, reply);
  const facts = {
    company_size: company.num_employees,
    industry: company.industry,
    revenue_range: revenueRangeOf(company.revenue),
    location: placeOf(company.address?.city, company.address?.region, company.address?.country_code),
  };
  return answerAboutCompany(asked, { website: company.domain ?? company.website_domain, facts }, 1);
}
