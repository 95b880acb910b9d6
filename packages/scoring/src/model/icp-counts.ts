import { fitScore, type FitPart } from './fit.ts';

/** From so many points on a fit is called good, and fair. */
export const GOOD_FIT = 70;
const FAIR_FIT = 40;

export type IcpCounts = {
  excluded: number;
  good: number;
  fair: number;
  poor: number;
  criteria: (Record<FitPart['verdict'], number> & { label: string; expected: string; alone: number })[];
  warning: string | null;
};

/** What a profile does to accounts of which each criterion has been judged. */
export function countFits(judged: readonly (readonly FitPart[])[]): IcpCounts {
  const isOut = (parts: readonly FitPart[]) => parts.some(({ verdict }) => verdict === 'excluded');
  const inside = judged.filter((parts) => !isOut(parts)).map(fitScore);
  const criteria = (judged[0] ?? []).map(({ label, expected }, index) => {
    const verdicts = judged.map((parts) => parts[index]?.verdict);
    const count = (verdict: FitPart['verdict']) => verdicts.filter((one) => one === verdict).length;
    const alone = judged.filter(
      (parts) =>
        parts[index]?.verdict === 'excluded' &&
        parts.filter(({ verdict }) => verdict === 'excluded').length === 1,
    ).length;
    return {
      label,
      expected,
      match: count('match'),
      miss: count('miss'),
      unknown: count('unknown'),
      excluded: count('excluded'),
      alone,
    };
  });
  return {
    excluded: judged.length - inside.length,
    good: inside.filter((fit) => fit >= GOOD_FIT).length,
    fair: inside.filter((fit) => fit >= FAIR_FIT && fit < GOOD_FIT).length,
    poor: inside.filter((fit) => fit < FAIR_FIT).length,
    criteria,
    warning: inside.length === 0 ? warningOf(judged.length, criteria) : null,
  };
}

function warningOf(looked: number, criteria: IcpCounts['criteria']): string | null {
  const [worst] = criteria.toSorted((a, b) => b.excluded - a.excluded);
  if (looked === 0 || !worst) return null;
  return `This profile excludes every account. “${worst.label}: ${worst.expected}” alone keeps out ${worst.excluded} of ${looked}.`;
}
