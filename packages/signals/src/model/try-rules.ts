import { isOfTeam, judgeOpening, type JudgedOpening, type WatchRules } from './watch-rules.ts';

export type TriedOpening = JudgedOpening & { accountId: string; isOpen: boolean };

export type Hit<Opening> = Opening & {
  rule: string;
  /** The phrase of the rule that the title says. */
  phrase: string;
  /** The published rules would not have told of it. */
  isGained: boolean;
};

export type Trial<Opening> = {
  hits: number;
  accounts: number;
  gained: number;
  lost: number;
  rules: { name: string; hits: number; accounts: number; gained: number }[];
  /** Open ones of the team whose size is watched. */
  teamOpenings: number;
  examples: Hit<Opening>[];
  /** Told by the published rules and by none of these. */
  lostExamples: (Opening & { rule: string })[];
};

const EXAMPLES_PER_RULE = 50;
const MOST_LOST = 50;

/** What rules would have told of openings, rule by rule, beside what the published ones told of them. In the order of the openings. */
export function tryRules<Opening extends TriedOpening>(
  openings: readonly Opening[],
  rules: WatchRules,
  published: WatchRules,
): Trial<Opening> {
  const hits: Hit<Opening>[] = [];
  const lost: (Opening & { rule: string })[] = [];
  for (const opening of openings) {
    const now = judgeOpening(rules, opening);
    const before = judgeOpening(published, opening);
    if (now !== null)
      hits.push({ ...opening, rule: now.rule.name, phrase: now.phrase, isGained: before === null });
    else if (before !== null) lost.push({ ...opening, rule: before.rule.name });
  }
  const byRule = Map.groupBy(hits, (hit) => hit.rule);
  return {
    hits: hits.length,
    accounts: accountsOf(hits),
    gained: hits.filter((hit) => hit.isGained).length,
    lost: lost.length,
    rules: rules.jobs.map(({ name }) => {
      const own = byRule.get(name) ?? [];
      return {
        name,
        hits: own.length,
        accounts: accountsOf(own),
        gained: own.filter((hit) => hit.isGained).length,
      };
    }),
    teamOpenings: openings.filter((opening) => opening.isOpen && isOfTeam(rules, opening)).length,
    examples: rules.jobs.flatMap(({ name }) => (byRule.get(name) ?? []).slice(0, EXAMPLES_PER_RULE)),
    lostExamples: lost.slice(0, MOST_LOST),
  };
}

const accountsOf = (hits: readonly { accountId: string }[]): number =>
  new Set(hits.map((hit) => hit.accountId)).size;
