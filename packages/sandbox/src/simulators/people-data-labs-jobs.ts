import { knowledgeOf } from '../world/knowledge.ts';
import type { World, WorldCompany, WorldPerson } from '../world/world.ts';
import { findPerson } from './find-person.ts';
import type { MoveBook } from './move-book.ts';
import type { VendorAnswer } from './vendor.ts';

const FIRST_QUARTER = 35;

/** `35.0`, `35.1`, `35.2`, `36.0` … */
const versionOf = (release: number): string => `${FIRST_QUARTER + Math.floor(release / 3)}.${release % 3}`;

const releaseOf = (version: unknown): number => {
  const parts = /^(\d+)\.([0-2])$/.exec(String(version));
  return parts ? (Number(parts[1]) - FIRST_QUARTER) * 3 + Number(parts[2]) : Number.NaN;
};

const idOf = (person: WorldPerson): string => `${person.key}_0000`;

const error = (status: 400 | 404, type: string, message: string): VendorAnswer => ({
  status,
  body: { status, error: { type, message } },
});

const jobAt = (company: WorldCompany, title: string, start: string, end: string | null) => ({
  company: { name: company.name.toLowerCase(), website: company.domain },
  title: { name: title.toLowerCase() },
  start_date: start,
  end_date: end,
  is_primary: end === null,
});

/** `person/enrich` with the fields of the job alone: a credit a time, also for the same person again. */
export function enrichJob(world: World, moves: MoveBook, query: URLSearchParams): VendorAnswer {
  const found = findPerson(world, {
    email: query.get('email'),
    linkedinUrl: query.get('profile'),
    givenName: query.get('first_name'),
    familyName: query.get('last_name'),
    company: query.get('company'),
  });
  if (!found || !knowledgeOf('people-data-labs', found.person).email)
    return error(404, 'not_found', 'No records were found matching your request');
  const { person, company } = found;
  const move = moves.of(person);
  const present = move ?? { company, title: person.title, since: '2021-03' };
  return {
    status: 200,
    headers: { 'x-call-credits-spent': '1' },
    body: {
      status: 200,
      likelihood: { email: 10, profile: 9, name: 8 }[found.by],
      data: {
        id: idOf(person),
        first_name: person.givenName,
        last_name: person.familyName,
        linkedin_url: person.linkedinUrl.replace('https://', ''),
        job_title: present.title,
        job_company_name: present.company.name.toLowerCase(),
        job_company_website: present.company.domain,
        job_start_date: present.since,
        experience: [
          jobAt(present.company, present.title, present.since, null),
          ...(move ? [jobAt(company, person.title, '2021-03', move.since)] : []),
        ],
        version_status: { current_version: versionOf(moves.newest()), status: 'updated' },
      },
    },
    charge: { capability: 'person-job', personKey: person.key, credits: 1 },
  };
}

/** `person/changelog`: free, from one release to the next; one that is not there yet is refused. */
export function changelog(world: World, moves: MoveBook, body: Record<string, unknown>): VendorAnswer {
  const [from, to] = [releaseOf(body['origin_version']), releaseOf(body['current_version'])];
  if (to !== from + 1 || to > moves.newest())
    return error(400, 'invalid_request_error', 'current_version is no valid version');
  const ids = new Set(Array.isArray(body['ids']) ? body['ids'].map(String) : []);
  const updated = world.people.flatMap((person) =>
    ids.has(idOf(person)) && moves.of(person)?.release === to
      ? [{ id: idOf(person), additional_metadata: { fields_updated: ['job_company_website', 'experience'] } }]
      : [],
  );
  const { origin_version, current_version } = body;
  return {
    status: 200,
    body: { status: 200, data: { type: 'updated', origin_version, current_version, updated } },
  };
}
