import type {
  Employment,
  KnownFacts,
  ProviderAnswer,
  ProviderReply,
} from '@penstock/enrichment/provider-port';

import { hostOf } from '../company-domain.ts';
import { dateOf } from '../month-date.ts';
import { jsonOf, readAs } from '../reply-reading.ts';
import { isSamePerson } from '../same-person.ts';
import { usableText } from '../usable.ts';
import { LEADMAGIC_ID } from './manifest.ts';
import { ErrorReply, JobChangeReply } from './reply.ts';

/** The vendor's own 404: a profile that it does not find, for which it charges nothing. */
export const isUnknownProfile = (reply: ProviderReply): boolean =>
  reply.status === 404 && ErrorReply.safeParse(jsonOf(reply)).success;

/** `POST /v1/people/job-change-detector`: a profile held against the company where we know somebody. */
export function readJobChange(reply: ProviderReply, asked: KnownFacts): ProviderAnswer {
  if (isUnknownProfile(reply)) return { outcome: 'miss', reason: 'no record', vendorCredits: 0 };
  const said = readAs(LEADMAGIC_ID, JobChangeReply, reply);
  const vendorCredits = said.credits_consumed ?? null;
  if (said.status === 'PROFILE_NOT_FOUND' || said.profile_found === false)
    return { outcome: 'miss', reason: 'no record', vendorCredits: vendorCredits ?? 0 };
  const [givenName, ...rest] = (usableText(said.employee_name) ?? '').split(/\s+/);
  // The profile is the one that was asked about; the name says whether it was the right one.
  if (!isSamePerson(asked, { givenName: givenName ?? null, familyName: rest.join(' ') }))
    return { outcome: 'miss', reason: 'another person', vendorCredits };
  const { current_position: position } = said;
  const employment: Employment = {
    state: stateOf(said),
    company: usableText(said.current_company) ?? usableText(position?.company ?? position?.company_name),
    domain: hostOf(usableText(position?.company_website)),
    title: usableText(position?.title),
    since: dateOf(usableText(position?.start_date)),
    profile: usableText(said.profile_url) ?? asked.linkedinUrl ?? null,
    mark: null,
  };
  return { outcome: 'employment', employment, vendorCredits };
}

type Said = ReturnType<typeof JobChangeReply.parse>;

/**
 * A change only where the job at the company is in the history: the vendor says `JOB_CHANGE_DETECTED` too of somebody who works elsewhere
 * and never was there, which may be another name of the same company.
 */
function stateOf(said: Said): Employment['state'] {
  if (said.status === 'NO_CHANGE') return 'same';
  const changed = said.status === 'JOB_CHANGE_DETECTED' || (said.status == null && said.job_change_detected);
  if (!changed) return said.status == null ? 'same' : 'unclear';
  const expected = plain(usableText(said.expected_company));
  const jobs = said.work_history.map(({ company, company_name }) =>
    plain(usableText(company ?? company_name)),
  );
  return expected !== '' && jobs.length > 0 && !jobs.includes(expected) ? 'unclear' : 'elsewhere';
}

const plain = (name: string | null): string =>
  (name ?? '')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .replace(/ (?:inc|llc|ltd|gmbh|corp|co|plc|ag|bv|sas)$/, '')
    .trim();
