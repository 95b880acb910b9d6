import { knowledgeOf } from '../world/knowledge.ts';
import type { World } from '../world/world.ts';
import { findCompany, findPerson } from './find-person.ts';
import { textIn } from './known-person.ts';
import type { MoveBook } from './move-book.ts';
import type { VendorAnswer } from './vendor.ts';

const CREDITS = 3;

/** `POST /v1/people/job-change-detector`: three credits whatever it says, none for a profile that it does not find. */
export function detectJobChange(
  world: World,
  moves: MoveBook,
  body: Record<string, unknown>,
): VendorAnswer | null {
  const profile = textIn(body['profile_url']);
  const expected = textIn(body['company_domain']) ?? textIn(body['company_name']);
  if (profile === null || expected === null) return null;
  const found = findPerson(world, { linkedinUrl: profile });
  if (!found || !knowledgeOf('leadmagic', found.person).email)
    return {
      status: 200,
      body: {
        job_change_detected: false,
        status: 'PROFILE_NOT_FOUND',
        profile_found: false,
        credits_consumed: 0,
      },
    };
  const { person, company } = found;
  const move = moves.of(person);
  const present = move ?? { company, title: person.title, since: '2021-03-01' };
  const wanted = findCompany(world, expected);
  const status =
    wanted?.key === present.company.key
      ? 'NO_CHANGE'
      : wanted?.key === company.key
        ? 'JOB_CHANGE_DETECTED'
        : 'NEVER_WORKED_THERE';
  return {
    status: 200,
    body: {
      job_change_detected: status === 'JOB_CHANGE_DETECTED',
      status,
      employee_name: `${person.givenName} ${person.familyName}`,
      expected_company: wanted?.name ?? expected,
      current_company: present.company.name,
      current_position: {
        title: present.title,
        company: present.company.name,
        start_date: monthName(present.since),
        is_current_position: true,
      },
      work_history: [
        { title: present.title, company: present.company.name, is_present: true },
        ...(move ? [{ title: person.title, company: company.name, is_present: false }] : []),
      ],
      profile_found: true,
      profile_url: person.linkedinUrl,
      credits_consumed: CREDITS,
    },
    charge: { capability: 'job-change-detector', personKey: person.key, credits: CREDITS },
  };
}

const monthName = (date: string): string =>
  new Date(`${date.slice(0, 7)}-01T00:00:00Z`).toLocaleDateString('en-US', {
    month: 'short',
    year: 'numeric',
    timeZone: 'UTC',
  });
