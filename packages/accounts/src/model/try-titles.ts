import type { BuyingRole, Seniority } from './buying-role.ts';
import { isUnknown, readTitle, type TitleRules } from './title-rules.ts';

export type TitledPerson = { personId: string; title: string; corrected: boolean };
type Part = { role: BuyingRole | null; seniority: Seniority | null };

export type TitleTrial<Person> = {
  /** People whose part in buying becomes another, and those of whom only the rank does. */
  changed: number;
  ranksChanged: number;
  rules: { name: string; people: number }[];
  examples: (Person & { before: Part; after: Part; rule: string | null })[];
  /** Titles that no rule knows, those of most people first. */
  unknown: { title: string; people: number }[];
  unknownPeople: number;
};

const MOST_EXAMPLES = 50;
const MOST_UNKNOWN = 50;

/** What rules make of people's titles, beside the published ones. Whose part somebody has said is not moved by rules. */
export function tryTitles<Person extends TitledPerson>(
  people: readonly Person[],
  rules: TitleRules,
  published: TitleRules,
): TitleTrial<Person> {
  const byRule = new Map<string, number>();
  const unknown = new Map<string, { title: string; people: number }>();
  const examples: TitleTrial<Person>['examples'] = [];
  const count = { changed: 0, ranksChanged: 0, unknownPeople: 0 };
  for (const person of people) {
    const [before, after] = [readTitle(person.title, published), readTitle(person.title, rules)];
    for (const name of new Set([after.roleBy?.rule, after.seniorityBy?.rule]))
      if (name !== undefined) byRule.set(name, (byRule.get(name) ?? 0) + 1);
    if (isUnknown(after)) {
      count.unknownPeople += 1;
      const key = person.title.trim().toLowerCase();
      const known = unknown.get(key);
      if (known) known.people += 1;
      else unknown.set(key, { title: person.title.trim(), people: 1 });
    }
    const moved = !person.corrected && before.role !== after.role;
    if (moved) count.changed += 1;
    else if (before.seniority !== after.seniority) count.ranksChanged += 1;
    if (moved && examples.length < MOST_EXAMPLES)
      examples.push({
        ...person,
        before: partOf(before),
        after: partOf(after),
        rule: (after.roleBy ?? after.seniorityBy)?.rule ?? null,
      });
  }
  return {
    ...count,
    rules: rules.rules.map(({ name }) => ({ name, people: byRule.get(name) ?? 0 })),
    examples,
    unknown: [...unknown.values()].toSorted((a, b) => b.people - a.people).slice(0, MOST_UNKNOWN),
  };
}

const partOf = ({ role, seniority }: Part): Part => ({ role, seniority });
