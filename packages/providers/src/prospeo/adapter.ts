import type {
  AskedRecord,
  KnownFacts,
  ProviderAdapter,
  ProviderAnswer,
  ProviderReply,
  RecordAnswer,
} from '@penstock/enrichment/provider-port';
import { ProviderError } from '@penstock/kernel/provider-error';
import type { ProviderFault } from '@penstock/kernel/provider-error';
import { wordTable } from '@penstock/kernel/word-table';

import { answerAboutCompany, listOf, placeOf } from '../company-answer.ts';
import { answerAboutPerson } from '../person-answer.ts';
import { failWith, faultOfStatus, jsonOf, readAs } from '../reply-reading.ts';
import { usableText } from '../usable.ts';
import { syncCalls } from '../vendor-calls.ts';
import {
  ENRICH_COMPANY,
  ENRICH_MOBILE,
  ENRICH_PERSON,
  PROSPEO_ID,
  prospeoManifest,
  SEARCH_PERSON,
} from './manifest.ts';
import { AccountReply, BulkReply, CompanyReply, ErrorReply, PersonReply, SearchReply } from './reply.ts';
import type { Company, Person } from './reply.ts';
import {
  accountRequest,
  bulkEnrichRequest,
  enrichCompanyRequest,
  enrichPersonRequest,
  searchPersonRequest,
} from './request.ts';

const CREDITS: Partial<Record<string, number>> = { [ENRICH_PERSON]: 1, [ENRICH_MOBILE]: 10 };

export const prospeo: ProviderAdapter = {
  manifest: prospeoManifest,
  ...syncCalls(PROSPEO_ID, refuseFaults, {
    [ENRICH_PERSON]: {
      build: (known) => enrichPersonRequest(known, false),
      read: (reply, asked) => readPerson(reply, asked, 1),
    },
    [ENRICH_MOBILE]: {
      build: (known) => enrichPersonRequest(known, true),
      read: (reply, asked) => readPerson(reply, asked, 10),
    },
    [ENRICH_COMPANY]: { build: enrichCompanyRequest, read: readCompany },
    [SEARCH_PERSON]: { build: searchPersonRequest, read: readSearch },
  }),
  batch: {
    build(capabilityId, asked) {
      if (CREDITS[capabilityId] === undefined) throw new ProviderError(PROSPEO_ID, 'rejected');
      return bulkEnrichRequest(asked, capabilityId === ENRICH_MOBILE);
    },
    parse(capabilityId, reply, asked) {
      refuseFaults(reply);
      return readBulk(reply, asked, CREDITS[capabilityId] ?? 1);
    },
  },
  balance: {
    request: accountRequest,
    parse(reply) {
      refuseFaults(reply);
      return { credits: readAs(PROSPEO_ID, AccountReply, reply).response.remaining_credits };
    },
  },
};

const FAULT_OF = wordTable<ProviderFault>({
  INSUFFICIENT_CREDITS: 'quota_exhausted',
  RATE_LIMITED: 'rate_limited',
  RATE_LIMIT_EXCEEDED: 'rate_limited',
  INVALID_API_KEY: 'unauthorized',
  ACCOUNT_RESTRICTED: 'unauthorized',
  INTERNAL_ERROR: 'unavailable',
});

const MISSES: ReadonlySet<string> = new Set(['NO_MATCH', 'NO_RESULT', 'NO_RESULTS']);

const codeOf = (reply: ProviderReply): string | null => {
  const parsed = ErrorReply.safeParse(jsonOf(reply));
  return parsed.success ? parsed.data.error_code : null;
};

/** The code tells more than the status, which is 400 for a miss and for a bad request alike. */
function refuseFaults(reply: ProviderReply): void {
  const code = codeOf(reply);
  if (code !== null && MISSES.has(code)) return;
  const fault = (code === null ? undefined : FAULT_OF[code]) ?? faultOfStatus(reply.status);
  if (fault !== undefined) failWith(PROSPEO_ID, fault, reply);
  if (code !== null) failWith(PROSPEO_ID, 'rejected', reply);
}

const NO_RECORD: ProviderAnswer = { outcome: 'miss', reason: 'no record', vendorCredits: 0, absent: true };

function readPerson(reply: ProviderReply, asked: KnownFacts, credits: number): ProviderAnswer {
  if (codeOf(reply) !== null) return NO_RECORD;
  const { person, company, free_enrichment: free } = readAs(PROSPEO_ID, PersonReply, reply);
  return personAnswer(person, company, asked, free === true ? 0 : credits);
}

function personAnswer(
  person: Person,
  company: Company | null | undefined,
  asked: KnownFacts,
  credits: number,
): ProviderAnswer {
  const { email, mobile, location } = person;
  return answerAboutPerson(
    asked,
    {
      givenName: person.first_name,
      familyName: person.last_name,
      linkedinUrl: person.linkedin_url,
      employer: company?.domain ?? company?.website,
      // Not revealed is masked, whatever the text says.
      emails: email ? [email.revealed === false ? true : email.email] : [],
      emailVerdict: email?.status === 'VERIFIED' ? 'valid' : null,
      mobile: mobile?.revealed === false ? true : (mobile?.mobile_international ?? mobile?.mobile),
      facts: {
        title: person.current_job_title ?? person.job_title,
        seniority: person.seniority,
        company_size: company?.employee_range ?? company?.employee_count,
        industry: company?.industry,
        location: placeOf(location?.city, location?.state, location?.country),
      },
    },
    credits,
  );
}

/** Matched ones carry their identifier; whoever is in no list was not found. An identifier that nobody asked for is refused. */
function readBulk(reply: ProviderReply, asked: readonly AskedRecord[], credits: number): RecordAnswer[] {
  const { matched } = readAs(PROSPEO_ID, BulkReply, reply);
  if (matched.some(({ identifier }) => !asked.some(({ ref }) => ref === identifier)))
    throw new ProviderError(PROSPEO_ID, 'malformed');
  return asked.map(({ ref, known }) => {
    const found = matched.find(({ identifier }) => identifier === ref);
    const answer = found
      ? personAnswer(found.person, found.company, known, found.free_enrichment === true ? 0 : credits)
      : NO_RECORD;
    return { ref, answer };
  });
}

function readCompany(reply: ProviderReply, asked: KnownFacts): ProviderAnswer {
  if (codeOf(reply) !== null) return NO_RECORD;
  const { company, free_enrichment: free } = readAs(PROSPEO_ID, CompanyReply, reply);
  const facts = {
    company_size: company.employee_range ?? company.employee_count,
    industry: company.industry,
    revenue_range: company.revenue_range_printed,
    location: placeOf(company.location?.city, company.location?.state, company.location?.country),
    tech_stack: listOf(company.technology?.technology_names),
  };
  return answerAboutCompany(
    asked,
    { website: company.domain ?? company.website, facts },
    free === true ? 0 : 1,
  );
}

function readSearch(reply: ProviderReply): ProviderAnswer {
  if (codeOf(reply) !== null) return { outcome: 'people', people: [], total: 0, vendorCredits: 0 };
  const { results, pagination } = readAs(PROSPEO_ID, SearchReply, reply);
  const people = results.flatMap(({ person }) => {
    const givenName = usableText(person.first_name);
    return givenName === null
      ? []
      : [
          {
            vendorRef: usableText(person.person_id),
            givenName,
            familyName: usableText(person.last_name),
            title: usableText(person.current_job_title ?? person.job_title),
            linkedinUrl: usableText(person.linkedin_url),
            email: null,
          },
        ];
  });
  return { outcome: 'people', people, total: pagination?.total_count ?? null, vendorCredits: 1 };
}
