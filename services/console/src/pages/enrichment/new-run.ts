import type { MutationInput } from '../../api/procedures.ts';

type Request = MutationInput<'enrichment.startListRun'>;
type Field = Extract<Request['people'], { kind: 'missing' }>['field'];
type Issue = { field: string; problem: string };

const FIELDS: readonly Field[] = ['work_email', 'mobile', 'title'];

/**
 * What was typed as a request, or what is wrong with it, named as the gateway names its fields.
 * @param typed the text of a field: name, field, limit (people), budget and guard (dollars), after (records), team and campaign (ids)
 */
export function readNewRun(typed: (name: string) => string): { request: Request | null; issues: Issue[] } {
  const issues: Issue[] = [];
  const whole = (name: string, field: string, most: number) => {
    const value = Number(typed(name).replaceAll(',', '') || Number.NaN);
    if (!Number.isInteger(value) || value < 1 || value > most)
      issues.push({ field, problem: `Give a whole number from 1 to ${most.toLocaleString('en-US')}.` });
    return value;
  };
  const micros = (name: string, field: string): number | null => {
    const text = typed(name).replaceAll(/[$,\s]/g, '');
    if (text === '') return null;
    const value = Math.round(Number(text) * 1_000_000);
    if (!(value > 0 && value <= 1_000_000_000_000))
      issues.push({ field, problem: 'Give an amount in dollars above 0 and at most 1,000,000.' });
    return value;
  };
  const name = typed('name');
  if (name === '') issues.push({ field: 'name', problem: 'Give the run a name.' });
  const field = FIELDS.find((one) => one === typed('field')) ?? 'work_email';
  const limit = whole('limit', 'people.limit', 200_000);
  const budgetMicros = micros('budget', 'budgetMicros');
  const costPerUsableMicros = micros('guard', 'guard.costPerUsableMicros');
  const guard =
    costPerUsableMicros === null
      ? null
      : { costPerUsableMicros, afterRecords: whole('after', 'guard.afterRecords', 10_000) };
  if (issues.length > 0) return { request: null, issues };
  const team = typed('team');
  const request: Request = {
    name,
    people: { kind: 'missing', field, limit },
    budgetMicros,
    guard,
    campaignId: typed('campaign') || null,
    // Left out: that of whoever starts it.
    ...(team !== '' && { teamId: team === 'none' ? null : team }),
  };
  return { request, issues };
}
