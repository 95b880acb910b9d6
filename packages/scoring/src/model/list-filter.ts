/** Lists of accounts: who belongs in one at a moment, and why or why not. */

import { instantInWords } from '@penstock/kernel/dates-in-words';
import { SIGNAL_KINDS } from '@penstock/signals/model/signal-kind';

import type { FitFacts } from './fit-facts.ts';
import { fitParts } from './fit.ts';
import { CRITERION_LABELS, whyImpossible, type FitCriterion } from './icp.ts';
import { asksForNews, isTheirs, newsOf, type QueueFilter, type Sorted } from './queue-definition.ts';

export type ListFilter = Omit<QueueFilter, 'band' | 'lists'> & {
  minFit: number | null;
  /** Each has to be met. What is not known is not met; what excludes keeps out who is known to have it. */
  criteria: FitCriterion[];
  /** Named in one of these files of target accounts; empty: in any, or none. */
  files: string[];
};

/** An account as a list looks at it. */
export type Listed = Omit<Sorted, 'band' | 'lists' | 'reactivates'> & {
  fit: number;
  facts: FitFacts;
  files: readonly string[];
  /** Why it can be in no list at all: merged, dismissed, a test; null for one that can. */
  gone: string | null;
};

export type ListTest = { label: string; wanted: string; passed: boolean; actual: string };
type Words = { fileName: (id: string) => string };

const score = (value: number): string => value.toFixed(0);

/** What a filter asks for, one by one, and how an account answers. An account belongs if it passes all of them. */
export function testsOf(filter: ListFilter, account: Listed, at: Date, words: Words): ListTest[] {
  return [
    ...criteriaTests(filter, account, at),
    ...scoreTests(filter, account),
    ...newsTests(filter, account, at),
    ...placeTests(filter, account),
    ...fileTests(filter, account, words),
  ];
}

function criteriaTests({ criteria }: ListFilter, { facts }: Listed, at: Date): ListTest[] {
  return fitParts({ name: '', criteria }, facts, at).map(({ label, verdict, actual, expected }, index) => ({
    label,
    wanted: expected,
    // Who is not known to have what is excluded may come in.
    passed: criteria[index]?.excluded ? verdict !== 'excluded' : verdict === 'match',
    actual,
  }));
}

function scoreTests({ minFit, minSignal, minRisk }: ListFilter, account: Listed): ListTest[] {
  const asked = [
    ['Fit', minFit, account.fit],
    ['Signal score', minSignal, account.signal],
    ['Risk', minRisk, account.risk],
  ] as const;
  return asked.flatMap(([label, least, actual]) =>
    least === null
      ? []
      : [{ label, wanted: `at least ${score(least)}`, passed: actual >= least, actual: score(actual) }],
  );
}

function newsTests(filter: ListFilter, { masses }: Listed, at: Date): ListTest[] {
  if (!asksForNews(filter)) return [];
  const news = newsOf(filter, masses, at);
  const kinds = filter.kinds.map(kindName).join(' or ') || 'any';
  const within = filter.newWithinDays === null ? '' : ` within ${filter.newWithinDays} days`;
  const actual = news === null ? 'none' : `${kindName(news.kind)} on ${instantInWords(news.at)}`;
  return [{ label: 'Signals', wanted: `${kinds}${within}`, passed: news !== null, actual }];
}

function placeTests(filter: ListFilter, account: Listed): ListTest[] {
  const tests: ListTest[] = [];
  if (filter.countries.length > 0)
    tests.push({
      label: 'Country',
      wanted: filter.countries.join(', '),
      passed: account.country !== null && filter.countries.includes(account.country),
      actual: account.country ?? 'unknown',
    });
  if (filter.owners.length > 0 || filter.teams.length > 0)
    tests.push({
      label: 'Owner',
      wanted: 'one of those chosen',
      passed: isTheirs(filter, account),
      actual: account.ownerId === null ? 'nobody' : 'somebody else',
    });
  if (filter.deals !== 'any')
    tests.push({
      label: 'Open deal',
      wanted: filter.deals === 'with_open' ? 'one' : 'none',
      passed: (filter.deals === 'with_open') === account.hasOpenDeal,
      actual: account.hasOpenDeal ? 'one' : 'none',
    });
  return tests;
}

function fileTests({ files }: ListFilter, account: Listed, { fileName }: Words): ListTest[] {
  if (files.length === 0) return [];
  const named = files.filter((file) => account.files.includes(file));
  return [
    {
      label: 'File of target accounts',
      wanted: files.map(fileName).join(' or '),
      passed: named.length > 0,
      actual: named.length > 0 ? named.map(fileName).join(', ') : 'in none of them',
    },
  ];
}

const KIND_NAMES = new Map<string, string>(
  Object.entries(SIGNAL_KINDS).map(([kind, { label }]) => [kind, label]),
);
const kindName = (kind: string): string => KIND_NAMES.get(kind) ?? kind.replaceAll('_', ' ');

/** Whether an account belongs, and the reason in words: what it brings, or the first thing that it lacks. */
export function verdictOf(
  account: Listed,
  tests: readonly ListTest[],
): { belongs: boolean; because: string } {
  if (account.gone !== null) return { belongs: false, because: account.gone };
  const lacking = tests.find(({ passed }) => !passed);
  if (lacking)
    return { belongs: false, because: `${lacking.label}: ${lacking.actual}, wanted ${lacking.wanted}` };
  return { belongs: true, because: tests.map(({ label, actual }) => `${label}: ${actual}`).join('; ') };
}

/** Whether a filter asks for anything: one that does not would hold every account. */
export const asksForSomething = (filter: ListFilter): boolean =>
  filter.criteria.length > 0 ||
  filter.files.length > 0 ||
  filter.countries.length > 0 ||
  filter.owners.length > 0 ||
  filter.teams.length > 0 ||
  filter.deals !== 'any' ||
  asksForNews(filter) ||
  [filter.minFit, filter.minSignal, filter.minRisk].some((least) => least !== null);

export type TestCount = { label: string; wanted: string; passed: number; alone: number };

/** How many accounts pass each thing that is asked, and how many fail by it alone. */
export function countTests(judged: readonly (readonly ListTest[])[]): TestCount[] {
  return (judged[0] ?? []).map(({ label, wanted }, index) => ({
    label,
    wanted,
    passed: judged.filter((tests) => tests[index]?.passed).length,
    alone: judged.filter(
      (tests) => tests[index]?.passed === false && tests.filter(({ passed }) => !passed).length === 1,
    ).length,
  }));
}

/** Said where nobody belongs, with what keeps most of them out. */
export function whyNobody(counts: readonly TestCount[], looked: number): string | null {
  const [worst] = counts.toSorted((a, b) => a.passed - b.passed || b.alone - a.alone);
  if (!worst || looked === 0) return null;
  const out = looked - worst.passed;
  return `Nobody is in this list. “${worst.label}: ${worst.wanted}” keeps out ${out === looked ? 'all' : out} of ${looked}${worst.alone > 0 ? `, ${worst.alone} by it alone` : ''}.`;
}

export type FilterProblem = { field: string; problem: string; remedy: string };

/** Why a filter can't be kept: it asks for nothing, for what nobody can have, or for kinds of signals that there are not. */
export function problemOfFilter(filter: ListFilter): FilterProblem | null {
  if (!asksForSomething(filter))
    return {
      field: 'filter',
      problem: 'asks for nothing: every account would be in the list',
      remedy: 'Choose at least one thing that an account has to have.',
    };
  const unknown = filter.kinds.find((kind) => !KIND_NAMES.has(kind));
  if (unknown !== undefined)
    return {
      field: 'filter.kinds',
      problem: `"${unknown}" is no kind of signal`,
      remedy: 'Choose one of the known kinds.',
    };
  const impossible = whyImpossible({ name: '', criteria: filter.criteria });
  // Weights count for nothing here.
  if (impossible === null || impossible.index === null) return null;
  const label = CRITERION_LABELS[filter.criteria[impossible.index]?.kind ?? 'industry'];
  return {
    field: `filter.criteria.${impossible.index}`,
    problem: `${label} ${impossible.problem}`,
    remedy: impossible.remedy,
  };
}
