import type { CommitteeMember } from '@penstock/accounts/model/buying-committee';
import { rankOf } from '@penstock/accounts/model/buying-role';

export type Reachable = CommitteeMember & { reachable: boolean };

/**
 * Who may take over from a champion, best first: who takes part before who does not, the same part in buying before another, who can be
 * reached before who can't, then the more senior.
 */
export function nextContacts(people: readonly Reachable[], left: CommitteeMember | null): Reachable[] {
  const place = (person: Reachable): number =>
    (person.engaged ? 0 : 8) +
    (left?.role !== undefined && left?.role !== null && person.role === left.role ? 0 : 4) +
    (person.reachable ? 0 : 2) +
    (person.role === null ? 1 : 0);
  return people.toSorted(
    (a, b) =>
      place(a) - place(b) || rankOf(a.seniority) - rankOf(b.seniority) || (a.personId < b.personId ? -1 : 1),
  );
}

/** Why this one, in a phrase. */
export function whyNext(person: Reachable, left: CommitteeMember | null): string {
  const reasons = [
    person.engaged ? 'has answered us before' : null,
    left?.role && person.role === left.role ? 'has the same part in buying' : null,
    person.reachable ? 'can be reached' : 'can’t be reached yet',
  ];
  return reasons.filter((reason) => reason !== null).join(', ');
}
