import type {
  KnownFacts,
  ProviderAdapter,
  ProviderAnswer,
  ProviderReply,
  ReportedValue,
  WantedField,
} from '@penstock/enrichment/provider-port';
import { ProviderError } from '@penstock/kernel/provider-error';

import { hostOf, isSameDomain } from '../company-domain.ts';
import { failWith, faultOfStatus, jsonOf, readAs } from '../reply-reading.ts';
import { isSamePerson } from '../same-person.ts';
import { usableEmail, usablePhone, usableText } from '../usable.ts';
import { PEOPLE_DATA_LABS_ID, PERSON_ENRICH, peopleDataLabsManifest } from './manifest.ts';
import { MIN_LIKELIHOOD, personEnrichRequest } from './request.ts';
import { ErrorReply, PersonReply } from './reply.ts';
import type { PersonRecord } from './reply.ts';

export const peopleDataLabs: ProviderAdapter = {
  manifest: peopleDataLabsManifest,

  buildRequest(capabilityId, known) {
    if (capabilityId !== PERSON_ENRICH) throw new ProviderError(PEOPLE_DATA_LABS_ID, 'rejected');
    return personEnrichRequest(known);
  },

  parseReply(_capabilityId, reply, asked) {
    const status = statusOf(reply);
    if (status === 404) return readMiss(reply);
    const fault = faultOfStatus(status);
    if (fault !== undefined) return failWith(PEOPLE_DATA_LABS_ID, fault, reply);
    return readPerson(reply, asked);
  },
};

/** The body repeats the status, and a proxy in between has been seen to flatten the outer one to 200. */
function statusOf(reply: ProviderReply): number {
  const parsed = ErrorReply.safeParse(jsonOf(reply));
  return parsed.success && reply.status === 200 ? (parsed.data.status ?? 500) : reply.status;
}

function readMiss(reply: ProviderReply): ProviderAnswer {
  // Only the vendor's own 404 is a miss; anything else at that status means that the path is wrong.
  if (!ErrorReply.safeParse(jsonOf(reply)).success) return failWith(PEOPLE_DATA_LABS_ID, 'rejected', reply);
  return { outcome: 'miss', reason: 'no record', vendorCredits: creditsOf(reply) ?? 0 };
}

function readPerson(reply: ProviderReply, asked: KnownFacts): ProviderAnswer {
  const { data, likelihood } = readAs(PEOPLE_DATA_LABS_ID, PersonReply, reply);
  // A 200 costs a credit even if nothing in it can be used.
  const vendorCredits = creditsOf(reply) ?? 1;
  const miss = (reason: string): ProviderAnswer => ({ outcome: 'miss', reason, vendorCredits });
  if (typeof likelihood === 'number' && likelihood < MIN_LIKELIHOOD) return miss('doubtful match');
  if (!isSamePerson(asked, namesOf(data))) return miss('another person');
  if (worksElsewhere(data, asked)) return miss('works elsewhere');
  const reported = reportedValues(data, asked, typeof likelihood === 'number' ? likelihood / 10 : null);
  return reported.length > 0
    ? { outcome: 'hit', reported, vendorCredits }
    : miss(isMasked(data) ? 'masked' : 'empty record');
}

function creditsOf(reply: ProviderReply): number | null {
  const credits = Number(reply.headers['x-call-credits-spent'] ?? Number.NaN);
  return Number.isFinite(credits) ? credits : null;
}

function namesOf(data: PersonRecord): Parameters<typeof isSamePerson>[1] {
  const listed = Array.isArray(data.emails) ? data.emails.map((email) => usableEmail(email.address)) : [];
  return {
    givenName: usableText(data.first_name),
    familyName: usableText(data.last_name),
    linkedinUrl: usableText(data.linkedin_url),
    emails: [usableEmail(data.work_email), ...listed].filter((email) => email !== null),
  };
}

/** Both the employer's site and the address point away from the company that was asked about: an old or new job. */
function worksElsewhere(data: PersonRecord, asked: KnownFacts): boolean {
  const wanted = hostOf(asked.companyDomain);
  const employer = hostOf(usableText(data.job_company_website));
  const email = usableEmail(data.work_email);
  if (wanted === null || employer === null || isSameDomain(wanted, employer)) return false;
  return email === null || !isSameDomain(wanted, domainOf(email));
}

function reportedValues(data: PersonRecord, asked: KnownFacts, confidence: number | null): ReportedValue[] {
  const reported: ReportedValue[] = [];
  const add = (
    field: WantedField,
    value: string | null,
    lineType: ReportedValue['lineType'] = null,
  ): void => {
    if (value !== null) reported.push({ field, value, confidence, lineType, verification: null });
  };
  add('work_email', workEmailOf(data, asked));
  const phone = usablePhone(data.mobile_phone);
  // A landline where a mobile was sold is not what was asked for.
  if (phone !== null && phone.lineType === 'mobile') add('mobile', phone.e164, 'mobile');
  add('title', usableText(data.job_title));
  add('linkedin_url', usableText(data.linkedin_url));
  add('company_size', usableText(data.job_company_size));
  add('industry', usableText(data.job_company_industry) ?? usableText(data.industry));
  return reported;
}

/** The address, unless it belongs to a company that is neither the one asked about nor the present employer. */
function workEmailOf(data: PersonRecord, asked: KnownFacts): string | null {
  const email = usableEmail(data.work_email);
  const allowed = [hostOf(asked.companyDomain), hostOf(usableText(data.job_company_website))].filter(
    (host) => host !== null,
  );
  if (email === null || allowed.length === 0) return email;
  return allowed.some((host) => isSameDomain(host, domainOf(email))) ? email : null;
}

const domainOf = (email: string): string => email.slice(email.lastIndexOf('@') + 1);

const isMasked = (data: PersonRecord): boolean => data.work_email === true || data.mobile_phone === true;
