/** What reps say with "not a fit" about the profile: what those accounts have in common, beside those that were worth the work. */

export type JudgedAccount = {
  outcome: 'worked' | 'not_a_fit';
  fit: number;
  industry: string | null;
  country: string | null;
  employeeCount: number | null;
};
export type Lesson = { label: string; value: string; notFit: number; worked: number };

/** Fewer are chance. */
const FEWEST = 3;
/** Of those with this value so many at least were no fit. */
const MOSTLY = 0.75;

const FACTS: readonly { label: string; of: (account: JudgedAccount) => string | null }[] = [
  { label: 'Industry', of: ({ industry }) => industry },
  { label: 'Country', of: ({ country }) => country },
  { label: 'Employees', of: ({ employeeCount }) => sizeOf(employeeCount) },
];

/** Values that accounts which are no fit share and worked ones do not, the most frequent first. */
export function lessonsOf(accounts: readonly JudgedAccount[]): Lesson[] {
  return FACTS.flatMap(({ label, of }) => {
    const byValue = Map.groupBy(accounts, (account) => of(account) ?? '');
    return [...byValue].flatMap(([value, those]): Lesson[] => {
      const notFit = those.filter(({ outcome }) => outcome === 'not_a_fit').length;
      return value !== '' && notFit >= FEWEST && notFit / those.length >= MOSTLY
        ? [{ label, value, notFit, worked: those.length - notFit }]
        : [];
    });
  }).toSorted((a, b) => b.notFit - a.notFit || (a.value < b.value ? -1 : 1));
}

function sizeOf(count: number | null): string | null {
  if (count === null) return null;
  if (count < 50) return 'fewer than 50';
  if (count < 200) return '50 to 199';
  return count <= 1_000 ? '200 to 1,000' : 'more than 1,000';
}
