import { figuresOf, type TrialFigures } from './trial-figures.ts';
import { isOfTeam, judgeOpening, type JudgedOpening, type WatchRules } from './watch-rules.ts';

export type TriedOpening = JudgedOpening & { accountId: string; isOpen: boolean };

export type Hit<Opening> = Opening & {
  rule: string;
  /** The phrase of the rule that the title says. */
  phrase: string;
  /** The published rules would not have told of it. */
  isGained: boolean;
};

export type Trial<Opening> = TrialFigures & {
  lost: number;
  rules: (TrialFigures & { name: string })[];
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
    ...figuresOf(hits),
    lost: lost.length,
    rules: rules.jobs.map(({ name }) => ({ name, ...figuresOf(byRule.get(name) ?? []) })),
    teamOpenings: openings.filter((opening) => opening.isOpen && isOfTeam(rules, opening)).length,
    examples: rules.jobs.flatMap(({ name }) => (byRule.get(name) ?? []).slice(0, EXAMPLES_PER_RULE)),
    lostExamples: lost.slice(0, MOST_LOST),
  };
}
