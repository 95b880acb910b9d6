import { companyNameKey } from '@penstock/accounts/model/company-name';
import { MATCH_SCORE, scoreNames } from '@penstock/accounts/model/match-name';
import { expect, it } from 'vitest';

import { referenceText } from './reference.ts';

const LATIN = /^[\p{Script=Latin}\p{N}\p{P}\p{S}\s]+$/u;

/** Pairs that no comparison of letters tells: tickers, initials of two letters, renamings, another name altogether. */
function needsKnowledge(a: string, b: string): boolean {
  const [left, right] = [companyNameKey(a).replaceAll(' ', ''), companyNameKey(b).replaceAll(' ', '')];
  const short = Math.min(left.length, right.length);
  return short <= 4 || left.slice(0, 3) !== right.slice(0, 3);
}

it('pairs of companies: precision of at least 0.99; recall of Latin pairs, and of those that need knowledge, apart', (context) => {
  const rows = [
    ...referenceText(context, 'names/company_name_matcher/test_data.csv').matchAll(
      /^"(.*)","(.*)",([01])\s*$/gm,
    ),
  ];
  expect(rows.length).toBeGreaterThan(100);
  const judged = rows.map(([, a = '', b = '', target]) => ({
    a,
    b,
    isSame: target === '1',
    said: scoreNames(a, b).score >= MATCH_SCORE,
    latin: LATIN.test(a) && LATIN.test(b),
  }));
  const said = judged.filter((pair) => pair.said);
  const wrong = said.filter((pair) => !pair.isSame);
  const recall = (pairs: typeof judged) => pairs.filter((pair) => pair.said).length / pairs.length;
  const latin = judged.filter((pair) => pair.isSame && pair.latin);
  const spelled = latin.filter((pair) => !needsKnowledge(pair.a, pair.b));
  const others = judged.filter((pair) => pair.isSame && !pair.latin);
  console.info(
    `precision ${((said.length - wrong.length) / said.length).toFixed(3)}, recall Latin ${recall(latin).toFixed(3)} of ${latin.length}, without tickers and renamings ${recall(spelled).toFixed(3)} of ${spelled.length}, other scripts ${recall(others).toFixed(3)} of ${others.length}`,
  );
  expect(wrong).toEqual([]);
  expect(recall(spelled)).toBeGreaterThanOrEqual(0.9);
});

it('legal forms are stripped from real companies’ names, and something is left', (context) => {
  const names = referenceText(context, 'names/cleanco/companies.csv')
    .split('\n')
    .map((line) => line.split(';')[0]?.trim() ?? '')
    .filter((name) => name !== '');
  expect(names.length).toBeGreaterThan(1_000);
  const left = names.filter(
    (name) =>
      /\b(inc|corp|ltd|plc|llc|gmbh|ag|sa|nv|oyj|spa|ab|asa)$/.test(companyNameKey(name)) ||
      companyNameKey(name) === '',
  );
  expect(left).toEqual([]);
});
