import type { QueryInput, QueryOutput } from '../../api/procedures.ts';
import { day } from '../../format/moment.ts';
import { plural, words } from '../../format/words.ts';
import { dollars } from './forecast-words.ts';

export type BudgetsAnswer = QueryOutput<'enrichment.budgets'>;
export type Which = QueryInput<'enrichment.budgetChanges'>;

export type BudgetRow = {
  which: Which;
  name: string;
  /** What it is, beside its name. */
  kind: string;
  depth: 0 | 1 | 2;
  limitMicros: number | null;
  reservedMicros: number;
  chargedMicros: number;
  /** What is worth knowing: how the month goes, how many runs. */
  note: string;
};

type Pace = { limitMicros: number | null; projectedMicros: number | null; emptyOn: string | null };

/** Whether a month's money lasts, in words. */
export function paceWords({ limitMicros, projectedMicros, emptyOn }: Pace): string {
  if (projectedMicros === null) return '';
  const projected = `${dollars(projectedMicros)} by the end of the month at this pace`;
  if (emptyOn !== null) return `empty about ${day(emptyOn)} at this pace`;
  return limitMicros === null ? projected : `${projected}: it lasts`;
}

/** The budgets as they nest: the workspace, its teams, campaigns with their runs, and the other runs. */
export function budgetRows({ month, teams, campaigns, runs }: BudgetsAnswer): BudgetRow[] {
  const runRow = (run: (typeof runs)[number], depth: 1 | 2): BudgetRow => ({
    ...run,
    which: { scope: 'run', id: run.id },
    kind: [words(run.state).toLowerCase(), ...(run.team === null ? [] : [`team ${run.team}`])].join(', '),
    depth,
    note: '',
  });
  return [
    {
      ...month,
      which: { scope: 'month' },
      name: 'Workspace',
      kind: 'this month',
      depth: 0,
      note: paceWords(month),
    },
    ...teams.map((team): BudgetRow => ({
      ...team,
      which: { scope: 'team', id: team.id },
      kind: 'team, this month',
      depth: 1,
      note: paceWords(team),
    })),
    ...campaigns.flatMap((campaign): BudgetRow[] => [
      {
        ...campaign,
        which: { scope: 'campaign', id: campaign.id },
        kind: campaign.list === null ? 'campaign' : `list ${campaign.list}`,
        depth: 1,
        note: [
          campaign.runs === 0 ? 'no run yet' : plural(campaign.runs, 'run'),
          ...(campaign.closed ? ['closed'] : []),
        ].join(', '),
      },
      ...runs.filter(({ campaignId }) => campaignId === campaign.id).map((run) => runRow(run, 2)),
    ]),
    ...runs.filter(({ campaignId }) => campaignId === null).map((run) => runRow(run, 1)),
  ];
}

export const leftOf = ({ limitMicros, reservedMicros, chargedMicros }: BudgetRow): number | null =>
  limitMicros === null ? null : Math.max(0, limitMicros - reservedMicros - chargedMicros);
