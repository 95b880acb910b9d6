import { BUYING_ROLES, ROLE_LABELS, rankOf, type BuyingRole, type Seniority } from './buying-role.ts';
import { readTitle, type TitleRules } from './title-rules.ts';

/** Who has a part in buying at an account: which roles are filled, which are missing, and who takes part (R012, R013). */

export type CommitteePerson = {
  personId: string;
  name: string;
  title: string | null;
  /** What somebody has said instead of the title; `none` for no part in buying. */
  correctedRole: BuyingRole | 'none' | null;
  /** When they last answered, met us or asked for something. */
  engagedAt: Date | null;
  /** To whom they report, as a provider says; null where nobody does. */
  reportsTo: string | null;
};

export type CommitteeMember = Omit<CommitteePerson, 'correctedRole'> & {
  role: BuyingRole | null;
  seniority: Seniority | null;
  corrected: boolean;
  /** The rule that read the role in the title; null: it follows from the rank, or somebody has said it. */
  roleRule: string | null;
  engaged: boolean;
};

export type CommitteeSeat = {
  role: BuyingRole;
  label: string;
  state: 'missing' | 'filled' | 'engaged';
  people: CommitteeMember[];
};

export type Committee = {
  seats: CommitteeSeat[];
  /** People whose title is unknown, or who have no part in buying. */
  others: CommitteeMember[];
  engagedPeople: number;
  /** Every role is filled by somebody who takes part (R041). */
  complete: boolean;
};

/** After so many days without a word somebody takes part no longer. */
export const ENGAGED_DAYS = 90;
const DAY_MS = 86_400_000;

export function committeeMember(person: CommitteePerson, rules: TitleRules, at: Date): CommitteeMember {
  const { correctedRole, ...known } = person;
  const read = readTitle(person.title, rules);
  const role = correctedRole === null ? read.role : correctedRole === 'none' ? null : correctedRole;
  const engaged =
    person.engagedAt !== null && at.getTime() - person.engagedAt.getTime() <= ENGAGED_DAYS * DAY_MS;
  const roleRule = correctedRole === null ? (read.roleBy?.rule ?? null) : null;
  return { ...known, role, roleRule, seniority: read.seniority, corrected: correctedRole !== null, engaged };
}

/** Seats in the fixed order of roles; within one, who takes part first, then the most senior. */
export function buyingCommittee(people: readonly CommitteePerson[], rules: TitleRules, at: Date): Committee {
  const members = people
    .map((person) => committeeMember(person, rules, at))
    .toSorted((a, b) => Number(b.engaged) - Number(a.engaged) || rankOf(a.seniority) - rankOf(b.seniority));
  const seats = BUYING_ROLES.map((role): CommitteeSeat => {
    const holders = members.filter((member) => member.role === role);
    const state =
      holders.length === 0 ? 'missing' : holders.some((one) => one.engaged) ? 'engaged' : 'filled';
    return { role, label: ROLE_LABELS[role], state, people: holders };
  });
  return {
    seats,
    others: members.filter((member) => member.role === null),
    engagedPeople: members.filter((member) => member.engaged).length,
    complete: seats.every((seat) => seat.state === 'engaged'),
  };
}
