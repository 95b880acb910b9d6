import type {
  AskedRecord,
  KnownFacts,
  ProviderAdapter,
  ProviderAnswer,
  ProviderReply,
  RecordAnswer,
} from '@penstock/enrichment/provider-port';
import { ProviderError } from '@penstock/kernel/provider-error';

import { answerAboutCompany, listOf, placeOf, revenueRangeOf } from '../company-answer.ts';
import { failWith, faultOfStatus, jsonOf, readAs } from '../reply-reading.ts';
import { usableText } from '../usable.ts';
import { syncCalls } from '../vendor-calls.ts';
import { APOLLO_ID, apolloManifest, ORGANIZATION_ENRICH, PEOPLE_MATCH, PEOPLE_SEARCH } from './manifest.ts';
import { personAnswer } from './person.ts';
import { BulkReply, ErrorReply, MatchReply, OrganizationReply, SearchReply } from './reply.ts';
import { bulkMatchRequest, matchRequest, organizationRequest, peopleSearchRequest } from './request.ts';
import { apolloWaterfall } from './waterfall.ts';

export const apollo: ProviderAdapter = {
  manifest: apolloManifest,
  ...syncCalls(APOLLO_ID, refuseApolloFaults, {
    [PEOPLE_MATCH]: { build: matchRequest, read: readPerson },
    [ORGANIZATION_ENRICH]: { build: organizationRequest, read: readOrganization },
    [PEOPLE_SEARCH]: { build: peopleSearchRequest, read: readSearch },
  }),
  batch: {
    build(capabilityId, asked) {
      if (capabilityId !== PEOPLE_MATCH) throw new ProviderError(APOLLO_ID, 'rejected');
      return bulkMatchRequest(asked);
    },
    parse(_capabilityId, reply, asked) {
      refuseApolloFaults(reply);
      return readBulk(reply, asked);
    },
  },
  later: apolloWaterfall(refuseApolloFaults),
};

/** Credits gone are answered with 402, or 422 and a sentence. */
function refuseApolloFaults(reply: ProviderReply): void {
  const fault = faultOfStatus(reply.status);
  if (fault === undefined) return;
  const parsed = ErrorReply.safeParse(jsonOf(reply));
  const sentence = parsed.success
    ? [parsed.data.error, parsed.data.error_code, parsed.data.message].join(' ')
    : '';
  const dry = /insufficient credits|out of (lead )?credits/i.test(sentence);
  failWith(APOLLO_ID, dry ? 'quota_exhausted' : fault, reply);
}

function readPerson(reply: ProviderReply, asked: KnownFacts): ProviderAnswer {
  return personAnswer(readAs(APOLLO_ID, MatchReply, reply).person, asked);
}

/** `matches[i]` answers `details[i]`; a short list would put one person's values to another, so it is refused. */
function readBulk(reply: ProviderReply, asked: readonly AskedRecord[]): RecordAnswer[] {
  const { matches } = readAs(APOLLO_ID, BulkReply, reply);
  if (matches.length !== asked.length) throw new ProviderError(APOLLO_ID, 'malformed');
  return asked.map(({ ref, known }, at) => ({ ref, answer: personAnswer(matches[at], known) }));
}

function readOrganization(reply: ProviderReply, asked: KnownFacts): ProviderAnswer {
  const { organization } = readAs(APOLLO_ID, OrganizationReply, reply);
  if (!organization) return { outcome: 'miss', reason: 'no record', vendorCredits: 0 };
  const facts = {
    company_size: organization.estimated_num_employees,
    industry: organization.industry,
    revenue_range: revenueRangeOf(organization.organization_revenue),
    location: placeOf(organization.city, organization.state, organization.country),
    growth_stage: organization.latest_funding_stage,
    tech_stack: listOf(organization.technology_names),
  };
  return answerAboutCompany(
    asked,
    { website: organization.primary_domain ?? organization.website_url, facts },
    1,
  );
}

function readSearch(reply: ProviderReply): ProviderAnswer {
  const { people, total_entries: total } = readAs(APOLLO_ID, SearchReply, reply);
  return {
    outcome: 'people',
    people: people.map((person) => ({
      vendorRef: person.id,
      givenName: person.first_name,
      // `Ok***r` is no name.
      familyName: null,
      title: usableText(person.title),
      linkedinUrl: null,
      email: null,
    })),
    total: total ?? null,
    vendorCredits: 0,
  };
}
