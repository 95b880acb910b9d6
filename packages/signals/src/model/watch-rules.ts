import { findPhrases, fold, type PhraseFinder, type Synonyms } from '@penstock/kernel/phrases';

import { fitsRank } from './fits-rank.ts';
import { DEFAULT_NEWS_RULES, type NewsRules } from './news-rules.ts';
import type { OpeningRank } from './opening-ranks.ts';
import { DEFAULT_SYNONYMS } from './synonyms.ts';

/** Which openings of boards count for a workspace. */
export type JobRule = {
  name: string;
  /** Any of these phrases in the title; `*` at the end of a word stands for any ending. */
  titles: readonly string[];
  /** None of these. */
  notTitles: readonly string[];
  /** Any of these words in department or team; empty: any department. */
  departments: readonly string[];
  /** ISO countries; empty: anywhere. */
  countries: readonly string[];
  seniority: OpeningRank;
  /** 0–1 */
  strength: number;
};

/** A tool that competes with ours. */
export type CompetingTool = {
  name: string;
  /** Other ways it is named in talks and texts. */
  mentions: readonly string[];
  /** Parts of DNS records that only its customers have, such as `include:mail.rival.com`. */
  records: readonly string[];
};

/** What counts for a workspace: a versioned document of RevOps. */
export type WatchRules = {
  jobs: readonly JobRule[];
  /** Openings of these titles make the team whose growth and shrinking is told. */
  team: { name: string; titles: readonly string[] };
  /** Phrases that mean the same, in any rule. */
  synonyms: Synonyms;
  competitors: readonly CompetingTool[];
  /** Which articles of the press count. */
  news: NewsRules;
};

/** R021 and R029: who hires for sales operations, or grows the sales organisation. */
export const DEFAULT_WATCH_RULES: WatchRules = {
  jobs: [
    {
      name: 'Sales operations',
      titles: [
        'sales operations',
        'revenue operations',
        'go to market operations',
        'sales enablement',
        'sales systems',
        'crm administrator',
        'crm manager',
        'salesforce administrator',
        'hubspot administrator',
        'deal desk',
      ],
      notTitles: ['intern', 'internship', 'working student', 'werkstudent'],
      departments: [],
      countries: [],
      seniority: 'any',
      strength: 0.6,
    },
    {
      name: 'Sales leadership',
      titles: ['sales', 'revenue', 'commercial'],
      notTitles: ['intern', 'assistant', 'engineer', 'engineering'],
      departments: [],
      countries: [],
      seniority: 'lead',
      strength: 0.5,
    },
  ],
  team: {
    name: 'Sales',
    titles: [
      'account executive',
      'sales development representative',
      'business development representative',
      'account manager',
      'sales manager',
      'sales representative',
      'inside sales',
      'sales engineer',
      'sales executive',
      'sales',
    ],
  },
  synonyms: DEFAULT_SYNONYMS,
  competitors: [],
  news: DEFAULT_NEWS_RULES,
};

export type JudgedOpening = {
  title: string;
  department: string | null;
  team?: string | null;
  countries: readonly string[];
};

type PreparedRule = {
  rule: JobRule;
  titles: PhraseFinder;
  notTitles: PhraseFinder;
  departments: PhraseFinder;
};
type Prepared = { jobs: readonly PreparedRule[]; team: PhraseFinder };

/** Rules are prepared once: they are asked for every opening of every board. */
const prepared = new WeakMap<WatchRules, Prepared>();

function prepare(rules: WatchRules): Prepared {
  const known = prepared.get(rules);
  if (known) return known;
  const finder = (phrases: readonly string[]): PhraseFinder => findPhrases(phrases, rules.synonyms);
  const made = {
    jobs: rules.jobs.map((rule) => ({
      rule,
      titles: finder(rule.titles),
      notTitles: finder(rule.notTitles),
      departments: finder(rule.departments),
    })),
    team: finder(rules.team.titles),
  };
  prepared.set(rules, made);
  return made;
}

/** The first rule that an opening fits, with the phrase of the rule that its title says; null if none does. */
export function judgeOpening(
  rules: WatchRules,
  opening: JudgedOpening,
): { rule: JobRule; phrase: string } | null {
  const title = fold(opening.title);
  const place = fold(`${opening.department ?? ''} ${opening.team ?? ''}`);
  for (const one of prepare(rules).jobs) {
    const phrase = one.titles(title);
    if (phrase !== null && one.notTitles(title) === null && fitsPlace(one, place, opening))
      return { rule: one.rule, phrase };
  }
  return null;
}

function fitsPlace({ rule, departments }: PreparedRule, place: string, opening: JudgedOpening): boolean {
  return (
    (rule.departments.length === 0 || departments(place) !== null) &&
    (rule.countries.length === 0 || opening.countries.some((country) => rule.countries.includes(country))) &&
    fitsRank(rule.seniority, opening.title)
  );
}

/** True for openings of the team whose size is watched. */
export const isOfTeam = (rules: WatchRules, opening: Pick<JudgedOpening, 'title'>): boolean =>
  prepare(rules).team(fold(opening.title)) !== null;
