import type { CommitteeMember } from '@penstock/accounts/model/buying-committee';
import { rankOf, type BuyingRole } from '@penstock/accounts/model/buying-role';
import type { LocalTime } from '@penstock/accounts/model/local-time';

/** Somebody at the account, as far as they can be reached. */
export type Candidate = CommitteeMember & {
  doNotCall: boolean;
  email: string | null;
  /** Verified and usable. */
  emailVerified: boolean;
  phone: string | null;
  phoneLineType: string | null;
  localTime: LocalTime | null;
};

/** Whom a first talk is for: who has the problem before who signs, and these before who checks and pays. */
const FIRST: readonly BuyingRole[] = [
  'department_manager',
  'executive',
  'end_user',
  'it',
  'finance',
  'procurement',
];

/**
 * Candidates in the order in which to try them: whoever asked, whoever takes part, then by part in buying, reach and rank. Who can't be
 * reached at all comes last of their part.
 */
export function orderContacts(people: readonly Candidate[], askedBy: string | null): Candidate[] {
  const place = (person: Candidate): readonly number[] => [
    person.personId === askedBy ? 0 : 1,
    person.engaged ? 0 : 1,
    reachOf(person) === 0 ? 1 : 0,
    person.role === null ? FIRST.length : FIRST.indexOf(person.role),
    -reachOf(person),
    rankOf(person.seniority),
  ];
  return people.toSorted((a, b) => compare(place(a), place(b)));
}

/** 2 by phone, 1 by verified mail only, 0 not at all. Who asked not to be called is reached by mail. */
export function reachOf(person: Candidate): 0 | 1 | 2 {
  if (person.phone !== null && !person.doNotCall) return 2;
  return person.emailVerified ? 1 : 0;
}

function compare(a: readonly number[], b: readonly number[]): number {
  for (const [index, part] of a.entries()) {
    const difference = part - (b[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** Why this one, in a phrase. */
export function whyThem(person: Candidate, askedBy: string | null): string {
  if (person.personId === askedBy) return 'asked us';
  if (person.engaged) return 'has answered us before';
  const reach = reachOf(person);
  const how =
    reach === 2 ? 'has a usable number' : reach === 1 ? 'has a verified address' : 'can’t be reached yet';
  return person.role === null
    ? how
    : `${person.role === 'department_manager' ? 'has the problem' : 'has a part in buying'}, ${how}`;
}
