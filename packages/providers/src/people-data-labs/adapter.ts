import type {
  AskedRecord,
  KnownFacts,
  ProviderAdapter,
  ProviderAnswer,
  ProviderReply,
  RecordAnswer,
} from '@penstock/enrichment/provider-port';
import { ProviderError } from '@penstock/kernel/provider-error';

import { answerAboutCompany } from '../company-answer.ts';
import { answerAboutPerson } from '../person-answer.ts';
import { failWith, faultOfStatus, jsonOf, readAs } from '../reply-reading.ts';
import { usableEmail, usableText } from '../usable.ts';
import { syncCalls } from '../vendor-calls.ts';
import {
  COMPANY_ENRICH,
  PEOPLE_DATA_LABS_ID,
  peopleDataLabsManifest,
  PERSON_ENRICH,
  PERSON_JOB,
  PERSON_SEARCH,
} from './manifest.ts';
import { personChanges, personJobRequest, readJob } from './job.ts';
import { BulkReply, CompanyReply, ErrorReply, PersonReply, SearchReply } from './reply.ts';
import type { PersonRecord } from './reply.ts';
import {
  companyEnrichRequest,
  MIN_LIKELIHOOD,
  personBulkRequest,
  personEnrichRequest,
  personSearchRequest,
} from './request.ts';

export const peopleDataLabs: ProviderAdapter = {
  manifest: peopleDataLabsManifest,
  ...syncCalls(PEOPLE_DATA_LABS_ID, refuseFaults, {
    [PERSON_ENRICH]: { build: personEnrichRequest, read: orMiss(readPerson) },
    [COMPANY_ENRICH]: { build: companyEnrichRequest, read: orMiss(readCompany) },
    [PERSON_SEARCH]: { build: personSearchRequest, read: readSearch },
    [PERSON_JOB]: {
      build: personJobRequest,
      read: orMiss((reply, asked) => readJob(reply, asked, creditsOf(reply) ?? 1)),
    },
  }),
  changes: {
    request: (mark) => personChanges.request(mark),
    parse(reply, mark) {
      if (reply.status !== 400) refuseFaults(reply);
      return personChanges.parse(reply, mark);
    },
  },
  batch: {
    build(capabilityId, asked) {
      if (capabilityId !== PERSON_ENRICH) throw new ProviderError(PEOPLE_DATA_LABS_ID, 'rejected');
      return personBulkRequest(asked);
    },
    parse(_capabilityId, reply, asked) {
      refuseFaults(reply);
      return readBulk(reply, asked);
    },
  },
};

function refuseFaults(reply: ProviderReply): void {
  const status = statusOf(reply);
  // Only the vendor's own 404 is a miss; anything else at that status means that the path is wrong.
  const isMiss = status === 404 && ErrorReply.safeParse(jsonOf(reply)).success;
  const fault = isMiss ? undefined : faultOfStatus(status);
  if (fault !== undefined) failWith(PEOPLE_DATA_LABS_ID, fault, reply);
}

type Read = (reply: ProviderReply, asked: KnownFacts) => ProviderAnswer;

function orMiss(read: Read): Read {
  return (reply, asked) =>
    statusOf(reply) === 404
      ? { outcome: 'miss', reason: 'no record', vendorCredits: creditsOf(reply) ?? 0 }
      : read(reply, asked);
}

/** The body repeats the status, and a proxy in between has been seen to flatten the outer one to 200. */
function statusOf(reply: ProviderReply): number {
  const parsed = ErrorReply.safeParse(jsonOf(reply));
  return parsed.success && reply.status === 200 ? (parsed.data.status ?? 500) : reply.status;
}

function readPerson(reply: ProviderReply, asked: KnownFacts): ProviderAnswer {
  const { data, likelihood } = readAs(PEOPLE_DATA_LABS_ID, PersonReply, reply);
  // A 200 costs a credit even if nothing in it can be used.
  return personAnswer(data, likelihood ?? null, asked, creditsOf(reply) ?? 1);
}

function personAnswer(
  data: PersonRecord,
  likelihood: number | null,
  asked: KnownFacts,
  vendorCredits: number,
): ProviderAnswer {
  if (likelihood !== null && likelihood < MIN_LIKELIHOOD)
    return { outcome: 'miss', reason: 'doubtful match', vendorCredits };
  return answerAboutPerson(
    asked,
    {
      givenName: data.first_name,
      familyName: data.last_name,
      linkedinUrl: data.linkedin_url,
      employer: data.job_company_website,
      emails: [data.work_email],
      otherEmails: Array.isArray(data.emails) ? data.emails.map(({ address }) => address) : [],
      mobile: data.mobile_phone,
      facts: {
        title: data.job_title,
        seniority: Array.isArray(data.job_title_levels) ? data.job_title_levels[0] : null,
        company_size: data.job_company_size,
        industry: usableText(data.job_company_industry) ?? data.industry,
        location: data.location_name,
      },
      confidence: likelihood === null ? null : likelihood / 10,
    },
    vendorCredits,
  );
}

/** By the reference where it came back, else by place; a list of another length can't be put to the records. */
function readBulk(reply: ProviderReply, asked: readonly AskedRecord[]): RecordAnswer[] {
  const results = readAs(PEOPLE_DATA_LABS_ID, BulkReply, reply);
  if (results.length !== asked.length) throw new ProviderError(PEOPLE_DATA_LABS_ID, 'malformed');
  return asked.map(({ ref, known }, at) => {
    const found = results.find(({ metadata }) => metadata?.ref === ref) ?? results[at];
    if (found?.metadata && found.metadata.ref !== ref)
      throw new ProviderError(PEOPLE_DATA_LABS_ID, 'malformed');
    const answer: ProviderAnswer = found?.data
      ? personAnswer(found.data, found.likelihood ?? null, known, 1)
      : { outcome: 'miss', reason: 'no record', vendorCredits: 0 };
    return { ref, answer };
  });
}

function readCompany(reply: ProviderReply, asked: KnownFacts): ProviderAnswer {
  const company = readAs(PEOPLE_DATA_LABS_ID, CompanyReply, reply);
  if (usableText(company.name) === null) throw new ProviderError(PEOPLE_DATA_LABS_ID, 'malformed');
  const facts = {
    company_size: company.size ?? company.employee_count,
    industry: company.industry,
    revenue_range: company.inferred_revenue,
    location: company.location?.name,
    growth_stage: company.latest_funding_stage,
    business_model: company.type,
  };
  return answerAboutCompany(asked, { website: company.website, facts }, creditsOf(reply) ?? 1);
}

function readSearch(reply: ProviderReply): ProviderAnswer {
  if (statusOf(reply) === 404) return { outcome: 'people', people: [], total: 0, vendorCredits: 0 };
  const { data, total } = readAs(PEOPLE_DATA_LABS_ID, SearchReply, reply);
  const people = data.flatMap((person) => {
    const givenName = usableText(person.first_name);
    return givenName === null
      ? []
      : [
          {
            vendorRef: person.id ?? null,
            givenName,
            familyName: usableText(person.last_name),
            title: usableText(person.job_title),
            linkedinUrl: usableText(person.linkedin_url),
            email: usableEmail(person.work_email),
          },
        ];
  });
  return { outcome: 'people', people, total: total ?? null, vendorCredits: data.length };
}

function creditsOf(reply: ProviderReply): number | null {
  const credits = Number(reply.headers['x-call-credits-spent'] ?? Number.NaN);
  return Number.isFinite(credits) ? credits : null;
}
