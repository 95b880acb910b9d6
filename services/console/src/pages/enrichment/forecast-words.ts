import type { QueryOutput } from '../../api/procedures.ts';
import { duration } from '../../format/moment.ts';
import { spend } from '../../format/money.ts';
import { words } from '../../format/words.ts';

export type ForecastAnswer = QueryOutput<'enrichment.forecast'>;
export type Outlook = ForecastAnswer['forecast'];
export type Range = Outlook['costMicros'];

/** Money of a whole run: `$1,240`, `$12.40`, `$0.0342`; a dash before what goes down. */
export function dollars(micros: number): string {
  const amount = Math.abs(micros) / 1_000_000;
  const sign = micros < 0 ? '−' : '';
  if (amount >= 1_000) return `${sign}$${Math.round(amount).toLocaleString('en-US')}`;
  if (amount >= 1 || amount === 0) return `${sign}$${amount.toFixed(2)}`;
  return `${sign}${spend(Math.abs(micros))}`;
}

const whole = (value: number): string =>
  `${value < 0 ? '−' : ''}${Math.abs(Math.round(value)).toLocaleString('en-US')}`;
const signed = (value: number, words: (value: number) => string): string =>
  `${value > 0 ? '+' : ''}${words(value)}`;
const percent = (part: number, all: number): string =>
  all === 0 ? '–' : `${Math.round((part / all) * 100)}%`;

export const rangeOf = ({ low, high }: Range, words: (value: number) => string): string =>
  words(low) === words(high) ? `about ${words(low)}` : `${words(low)} to ${words(high)}`;

export type Line = { label: string; mid: string; range: string };

/** The four answers to "what would it cost and reach", each with the range in which nine of ten outcomes lie. */
export function linesOf(outlook: Outlook, records: number): Line[] {
  const { costMicros, usable, perUsableMicros, seconds, heldBy } = outlook;
  const time = (value: number) => duration(Math.max(1, Math.round(value)) * 1_000);
  return [
    { label: 'Cost', mid: dollars(costMicros.mid), range: rangeOf(costMicros, dollars) },
    {
      label: 'Usable contacts',
      mid: `${whole(usable.mid)} (${percent(usable.mid, records)})`,
      range: rangeOf(usable, whole),
    },
    {
      label: 'Cost per usable',
      mid: perUsableMicros === null ? '–' : dollars(perUsableMicros),
      range: `${whole(outlook.calls.mid)} calls`,
    },
    {
      label: 'Time',
      mid: time(seconds.mid),
      range: heldBy === null ? rangeOf(seconds, time) : `at ${words(heldBy)}’s limit`,
    },
  ];
}

/** What a version changes against another one: `+$1.20`, with its range. */
export function changesOf({ difference, forecast, against }: ForecastAnswer): string[] {
  if (difference === null || against === null) return [];
  const perUsable =
    forecast.perUsableMicros === null || against.perUsableMicros === null
      ? '–'
      : signed(forecast.perUsableMicros - against.perUsableMicros, dollars);
  return [
    `${signed(difference.costMicros.mid, dollars)} (${rangeOf(difference.costMicros, dollars)})`,
    `${signed(difference.usable.mid, whole)} (${rangeOf(difference.usable, whole)})`,
    perUsable,
    '',
  ];
}

/** Where the figures come from, in a sentence. */
export function groundOf(answer: ForecastAnswer): string {
  const steps = answer.forecast.steps;
  const assumed = steps.filter(({ basis }) => basis === 'assumed').length;
  const few = steps.filter(({ basis }) => basis === 'few_calls').length;
  const sample =
    answer.sampled < answer.records - answer.barred
      ? `Scaled from ${whole(answer.sampled)} people drawn at random. `
      : '';
  if (assumed === steps.length)
    return `${sample}No calls of this workspace to go by yet: rates are published ranges (a provider alone knows 40 to 60 %), so the span is wide. A trial narrows it.`;
  if (assumed + few > 0)
    return `${sample}From this workspace’s own calls; ${[
      ...(assumed > 0 ? [`${assumed} of ${steps.length} steps are assumed`] : []),
      ...(few > 0 ? [`${few} have fewer than 30 calls`] : []),
    ].join(', ')}.`;
  return `${sample}From this workspace’s own calls of the last half year.`;
}

/** Of which budget something is left. */
export const LEFT_OF: Record<ForecastAnswer['tightest']['scope'], string> = {
  month: 'of this month’s budget',
  team: 'of the team’s budget for this month',
  campaign: 'of the campaign’s budget',
  run: 'of the run’s budget',
};
