/** A signal as a person would tell it from others: at whom, what, and which source said so. */
export type Told = { account: string; kind: string; source: string; summary: string };
export type Differences = {
  /** Told in the storm, and by no source. */
  wrong: string[];
  /** Shown by the sources, and not told. */
  lost: string[];
  twice: string[];
};

export const TOLD_SQL = `select a.name as account, s.kind, split_part(s.source, '/', 1) as source, s.summary
  from signal s join account a on a.workspace_id = s.workspace_id and a.id = s.account_id where s.workspace_id = $1 and s.merged_into_id is null`;

/** Counts of a board at the moment of telling differ by the looks before it; what was told is the same. */
const lineOf = ({ account, kind, summary }: Told): string =>
  `${kind} at ${account}${kind === 'hiring_freeze' || kind === 'hiring_growth' ? '' : `: ${summary}`}`;

/** What somebody who looked through a storm was told, against what somebody with clear weather was told of the same sources. */
export function compareTold(stormy: readonly Told[], calm: readonly Told[]): Differences {
  const here = Map.groupBy(stormy, lineOf);
  const there = Map.groupBy(calm, lineOf);
  return {
    wrong: [...here.keys()].filter((line) => !there.has(line)),
    lost: [...there.keys()].filter((line) => !here.has(line)),
    twice: [...here].flatMap(([line, { length }]) => (length > (there.get(line)?.length ?? 1) ? [line] : [])),
  };
}
