import type {
  ChangeLook,
  Employment,
  KnownFacts,
  ProviderAnswer,
  ProviderReply,
  ProviderRequest,
} from '@penstock/enrichment/provider-port';
import { z } from 'zod';

import { hostOf, isSameDomain } from '../company-domain.ts';
import { dateOf } from '../month-date.ts';
import { readAs } from '../reply-reading.ts';
import { isSamePerson } from '../same-person.ts';
import { usableText } from '../usable.ts';
import { getRequest, postRequest } from '../vendor-calls.ts';
import { PEOPLE_DATA_LABS_ID } from './manifest.ts';
import { Experience, JobReply, type JobRecord } from './reply.ts';
import { enrichParameters, MIN_LIKELIHOOD } from './request.ts';

/** Nothing of the person but what says where they work. */
const ASKED_FOR =
  'id,first_name,last_name,linkedin_url,job_title,job_company_name,job_company_website,job_start_date,experience,version_status';

/** `GET /v5/person/enrich` with the fields of the present job alone. */
export const personJobRequest = (known: KnownFacts): ProviderRequest =>
  getRequest('/v5/person/enrich', {
    ...enrichParameters(known),
    min_likelihood: String(MIN_LIKELIHOOD),
    titlecase: 'true',
    data_include: ASKED_FOR,
  });

/** Where the vendor says that somebody works. @param credits what the reply says it cost */
export function readJob(reply: ProviderReply, asked: KnownFacts, credits: number): ProviderAnswer {
  const { data, likelihood } = readAs(PEOPLE_DATA_LABS_ID, JobReply, reply);
  const miss = (reason: string): ProviderAnswer => ({ outcome: 'miss', reason, vendorCredits: credits });
  if (likelihood != null && likelihood < MIN_LIKELIHOOD) return miss('doubtful match');
  const profile = usableText(data.linkedin_url);
  const named = {
    givenName: usableText(data.first_name),
    familyName: usableText(data.last_name),
    linkedinUrl: profile,
  };
  if (!isSamePerson(asked, named)) return miss('another person');
  const employment: Employment = {
    state: stateOf(data, asked),
    company: usableText(data.job_company_name),
    domain: hostOf(usableText(data.job_company_website)),
    title: usableText(data.job_title),
    since: dateOf(usableText(data.job_start_date)),
    profile,
    mark: markOf(data),
  };
  return { outcome: 'employment', employment, vendorCredits: credits };
}

/**
 * Gone only if the job at the company has ended and another one is there: somebody who never worked there is another one, or the company
 * has another domain; without an end they have two jobs.
 */
function stateOf(data: JobRecord, asked: KnownFacts): Employment['state'] {
  const wanted = hostOf(asked.companyDomain);
  const now = hostOf(usableText(data.job_company_website));
  if (wanted === null || (now === null && usableText(data.job_company_name) === null)) return 'unclear';
  if (now !== null && isSameDomain(wanted, now)) return 'same';
  const there = jobsOf(data).filter(({ company }) => {
    const host = hostOf(usableText(company?.website));
    return host !== null && isSameDomain(wanted, host);
  });
  if (there.length === 0) return 'unclear';
  return there.every(({ end_date }) => dateOf(usableText(end_date)) !== null) ? 'elsewhere' : 'unclear';
}

const jobsOf = ({ experience }: JobRecord) =>
  (Array.isArray(experience) ? experience : []).flatMap((job) => {
    const read = Experience.safeParse(job);
    return read.success ? [read.data] : [];
  });

function markOf({ id, version_status }: JobRecord): string | null {
  const version = usableText(version_status?.current_version);
  return id && version !== null && nextVersion(version) !== null ? `${id}@${version}` : null;
}

/** Releases of a quarter are numbered `.0` to `.2`. */
export function nextVersion(version: string): string | null {
  const parts = /^(\d{1,4})\.([0-2])$/.exec(version);
  if (!parts) return null;
  const [quarter, month] = [Number(parts[1]), Number(parts[2])];
  return month === 2 ? `${quarter + 1}.0` : `${quarter}.${month + 1}`;
}

const Changed = z.object({
  id: z.string(),
  additional_metadata: z.object({ fields_updated: z.array(z.string()).nullish() }).nullish(),
});
const Listed = z.array(Changed).nullish();
const ChangelogData = z.object({
  current_version: z.union([z.string(), z.number()]).nullish(),
  updated: Listed,
  deleted: Listed,
  merged: Listed,
  opted_out: Listed,
});
const ChangelogReply = z.object({ status: z.int().optional(), data: ChangelogData });

const OF_THE_JOB = /^(job_|experience$)/;

/**
 * `POST /v5/person/changelog`, which costs nothing: what has changed in a record from one monthly release to the next. A release that is not
 * there yet is a 400: then nothing can be new.
 */
export const personChanges: ChangeLook = {
  request(mark) {
    const { id, version, next } = partsOf(mark);
    if (id === undefined || version === undefined || next === null) return null;
    return postRequest('/v5/person/changelog', { origin_version: version, current_version: next, ids: [id] });
  },
  parse(reply, mark) {
    const { id, next } = partsOf(mark);
    if (reply.status === 400 || reply.status === 404) return { outcome: 'unchanged', mark };
    const { data } = readAs(PEOPLE_DATA_LABS_ID, ChangelogReply, reply);
    const has = (list: z.infer<typeof Listed>) => list?.find((one) => one.id === id);
    if (has(data.opted_out)) return { outcome: 'gone', reason: 'wants no look-ups at People Data Labs' };
    if (has(data.deleted)) return { outcome: 'gone', reason: 'is no longer known to People Data Labs' };
    if (has(data.merged)) return { outcome: 'changed' };
    const fields = has(data.updated)?.additional_metadata?.fields_updated;
    if (fields?.some((field) => OF_THE_JOB.test(field)) === true) return { outcome: 'changed' };
    return { outcome: 'unchanged', mark: `${id ?? ''}@${next ?? ''}` };
  },
};

function partsOf(mark: string) {
  const [id, version] = mark.split('@');
  return { id, version, next: version === undefined ? null : nextVersion(version) };
}
