import type { About, AlertKind, Figures } from './alerts.ts';

type Alert = { kind: AlertKind; about: About; figures: Figures; name: string | null };
export type AlertWords = { what: string; remedy: string };

const dollars = (micros: number | undefined): string => `$${((micros ?? 0) / 1_000_000).toFixed(2)}`;
const percent = (part: number, all: number): string => `${all === 0 ? 0 : Math.round((part / all) * 100)} %`;
const whole = (value: number | undefined): string => Math.round(value ?? 0).toLocaleString('en-US');
const spaced = (id: string | undefined): string => (id ?? '').replaceAll('-', ' ');
const many = (count: number, noun: string): string => `${whole(count)} ${noun}${count === 1 ? '' : 's'}`;

/**
 * What is amiss, and what to do about it.
 * @param vendor the provider's name
 */
export function alertWords(alert: Alert, vendor: string): AlertWords {
  return WORDS[alert.kind](alert, vendor);
}

const ofBudget = ({ about, name }: Alert): string => {
  if (about['scope'] === 'month') return 'workspace’s budget of this month';
  const named = name ?? 'one that is gone';
  if (about['scope'] === 'team') return `budget of team ${named} for this month`;
  return about['scope'] === 'campaign' ? `budget of ${named}` : `budget of the run ${named}`;
};

const WORDS: Readonly<Record<AlertKind, (alert: Alert, vendor: string) => AlertWords>> = {
  paid_calls_stopped: () => ({
    what: 'All paid calls are stopped.',
    remedy: 'Allow them again under Money once the reason is gone.',
  }),
  key_refused: ({ name }, vendor) => ({
    what: `${vendor} refuses the key ${name ?? ''}.`.replace(' .', '.'),
    remedy: 'Save a key that the vendor takes; nothing is asked with this one.',
  }),
  budget_nearly_spent: (alert) => {
    const { limitMicros = 0, usedMicros = 0 } = alert.figures;
    return {
      what: `${percent(usedMicros, limitMicros)} of the ${ofBudget(alert)} is used: ${dollars(usedMicros)} of ${dollars(limitMicros)}.`,
      remedy: 'Raise it, or let runs pause when it is empty.',
    };
  },
  balance_low: ({ figures, name }, vendor) => ({
    what:
      figures['credits'] === 0
        ? `${vendor} has no credits left on the key ${name ?? ''}.`
        : `${vendor}’s credits on the key ${name ?? ''} last ${many(figures['daysLeft'] ?? 0, 'day')} more: ${whole(figures['credits'])} left, ${whole(figures['perDay'])} used a day.`,
    remedy: 'Buy credits, or add another key.',
  }),
  provider_failing: ({ about, figures }, vendor) => ({
    what: `${vendor} does not work: ${many(figures['faults'] ?? 0, 'fault')} in a row at ${spaced(about['capability'])}.`,
    remedy:
      'It is left alone and tried again by itself; other providers are asked where the waterfall allows.',
  }),
  provider_errors: ({ about, figures }, vendor) => ({
    what: `${vendor} failed to answer ${percent(figures['failed'] ?? 0, figures['calls'] ?? 0)} of ${many(figures['calls'] ?? 0, 'call')} of the last hour at ${spaced(about['capability'])}.`,
    remedy: 'Look at the vendor’s status page; move it down the waterfall if it lasts.',
  }),
  hit_rate_fallen: ({ about, figures }, vendor) => ({
    what: `${vendor} finds less at ${spaced(about['capability'])}: ${percent(figures['latelyHits'] ?? 0, figures['latelyOf'] ?? 0)} of the last day’s answers, ${percent(figures['beforeHits'] ?? 0, figures['beforeOf'] ?? 0)} in the four weeks before.`,
    remedy: 'Compare it under Providers; other people are asked about, or it has become worse.',
  }),
  unknown_waiting: ({ figures }, vendor) => ({
    what: `${many(figures['calls'] ?? 0, 'call')} to ${vendor} of unknown charge wait for more than a day: ${dollars(figures['reservedMicros'])} stay reserved.`,
    remedy: 'Look at the vendor’s usage page and decide under Money.',
  }),
  source_failing: ({ about, figures }) => ({
    what: `${about['name'] ?? 'A source'} could not be read ${many(figures['failures'] ?? 0, 'time')} in a row.`,
    remedy:
      'What it answers is shown under Sources. It is tried again by itself, and what it still shows then is not lost.',
  }),
};
