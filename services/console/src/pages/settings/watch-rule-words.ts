import { OPENING_RANK_LABELS } from '@penstock/signals/model/opening-ranks';

import type { QueryOutput } from '../../api/procedures.ts';
import { plural } from '../../format/words.ts';
import { newsChanges, whatNewsMisses } from './news-rule-words.ts';
import { some } from './some-words.ts';

export type WatchRules = QueryOutput<'settings.watchRules'>['published'];
export type JobRule = WatchRules['jobs'][number];
export type Trial = QueryOutput<'settings.testWatchRules'>;

/** A rule that wants nothing yet, under a name that no other has. */
export function blankRule(rules: WatchRules): JobRule {
  const names = new Set(rules.jobs.map(({ name }) => name.toLowerCase()));
  let number = rules.jobs.length + 1;
  while (names.has(`rule ${number}`)) number += 1;
  return {
    name: `Rule ${number}`,
    titles: [],
    notTitles: [],
    departments: [],
    countries: [],
    seniority: 'any',
    strength: 0.5,
  };
}

const rankInWords = ({ seniority }: JobRule): string => OPENING_RANK_LABELS[seniority].toLowerCase();

/** What a rule asks for, in a line. */
export function describeRule(rule: JobRule): string {
  return [
    `title says ${some(rule.titles, 'nothing yet')}`,
    ...(rule.notTitles.length > 0 ? [`not ${some(rule.notTitles, '')}`] : []),
    ...(rule.departments.length > 0 ? [`in ${some(rule.departments, '')}`] : []),
    ...(rule.countries.length > 0 ? [rule.countries.join(', ')] : []),
    ...(rule.seniority === 'any' ? [] : [rankInWords(rule)]),
  ].join(' · ');
}

/** Why rules can't be saved as they stand; null if they can. */
export function whatIsMissing(rules: WatchRules): string | null {
  const names = rules.jobs.map(({ name }) => name.trim().toLowerCase());
  if (names.includes('')) return 'A rule has no name.';
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice !== undefined) return `Two rules are called “${twice}”. Rename one.`;
  const empty = rules.jobs.find(({ titles }) => titles.length === 0);
  if (empty) return `“${empty.name}” needs at least one phrase for the title.`;
  if (rules.team.name.trim() === '') return 'The team has no name.';
  const tools = rules.competitors.map(({ name }) => name.trim().toLowerCase());
  if (tools.includes('')) return 'A competing tool has no name.';
  if (new Set(tools).size < tools.length) return 'Two competing tools have one name. Rename one.';
  if (rules.competitors.some(({ records }) => records.some((part) => part.trim().length < 4)))
    return 'A part of a DNS record needs at least four characters.';
  if (rules.synonyms.some((group) => group.length < 2)) return 'Phrases that mean the same: two or more.';
  return whatNewsMisses(rules);
}

export type RuleChange = { sign: '+' | '−' | '±'; text: string };

/** What a draft changes, line by line. */
export function ruleChanges(published: WatchRules, draft: WatchRules): RuleChange[] {
  const before = new Map(published.jobs.map((rule) => [rule.name, rule]));
  const after = new Set(draft.jobs.map(({ name }) => name));
  return [
    ...published.jobs
      .filter(({ name }) => !after.has(name))
      .map(({ name }) => ({ sign: '−' as const, text: `Rule “${name}”` })),
    ...draft.jobs.flatMap((rule): RuleChange[] => {
      const was = before.get(rule.name);
      if (!was) return [{ sign: '+', text: `Rule “${rule.name}”: ${describeRule(rule)}` }];
      const parts = partsChanged(was, rule);
      return parts.length === 0 ? [] : [{ sign: '±', text: `“${rule.name}”: ${parts.join('; ')}` }];
    }),
    ...(same(published.team, draft.team)
      ? []
      : [
          {
            sign: '±' as const,
            text: `Team ${draft.team.name}: ${plural(draft.team.titles.length, 'title')}`,
          },
        ]),
    ...toolChanges(published, draft),
    ...newsChanges(published.news, draft.news),
    ...(same(published.synonyms, draft.synonyms)
      ? []
      : [{ sign: '±' as const, text: 'Phrases that mean the same' }]),
  ];
}

function toolChanges(published: WatchRules, draft: WatchRules): RuleChange[] {
  const named = (rules: WatchRules, name: string) => rules.competitors.find((tool) => tool.name === name);
  return [
    ...published.competitors
      .filter(({ name }) => !named(draft, name))
      .map(({ name }) => ({ sign: '−' as const, text: `Competing tool “${name}”` })),
    ...draft.competitors.flatMap((tool): RuleChange[] => {
      const was = named(published, tool.name);
      if (!was) return [{ sign: '+', text: `Competing tool “${tool.name}”` }];
      return same(was, tool) ? [] : [{ sign: '±', text: `Competing tool “${tool.name}”` }];
    }),
  ];
}

const LISTS = { titles: 'title', notTitles: 'not', departments: 'department', countries: 'country' } as const;

function partsChanged(was: JobRule, now: JobRule): string[] {
  const lists = (['titles', 'notTitles', 'departments', 'countries'] as const).flatMap((list) => [
    ...now[list].filter((one) => !was[list].includes(one)).map((one) => `${LISTS[list]} + ${one}`),
    ...was[list].filter((one) => !now[list].includes(one)).map((one) => `${LISTS[list]} − ${one}`),
  ]);
  return [
    ...lists,
    ...(was.seniority === now.seniority
      ? []
      : [now.seniority === 'any' ? 'any seniority' : rankInWords(now)]),
    ...(was.strength === now.strength ? [] : [`strength ${was.strength} → ${now.strength}`]),
  ];
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
