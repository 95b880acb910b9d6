import { addEvent, signalScore, type IntentModel, type Mass } from '@penstock/scoring/model/intent';
import type { Facts } from '@penstock/scoring/model/win-encoding';

/** What a probability to close is learned from and asked of: what was known of a deal at a moment, as facts with a name. */

export type DealThen = {
  at: Date;
  stage: string | null;
  stageEnteredAt: Date | null;
  createdAt: Date;
  source: string;
  currency: string;
  valueMinor: number;
  fromLead: boolean;
  people: number;
  replies: number;
  meetings: number;
  touches: number;
  proven: number;
  wonBefore: number;
  signals: readonly { kind: string; strength: number; halfLifeDays: number; occurredAt: Date }[];
};

/** As they are called on screen. */
export const FACT_LABELS: Readonly<Record<string, string>> = {
  stage: 'Stage',
  days_in_stage: 'Days in the stage',
  age_days: 'Days since it began',
  source: 'Source',
  currency: 'Currency',
  value_log: 'Value',
  from_lead: 'Came from a request',
  people: 'People known',
  replies: 'Replies in 90 days',
  meetings: 'Meetings in 90 days',
  touches: 'Calls and mails in 90 days',
  proven: 'Exit criteria proven',
  won_before: 'Won deals before',
  signal: 'Signal score',
};

const DAY_MS = 86_400_000;

/** Counts and durations as logarithms: the second reply says more than the twelfth. */
const log = (count: number): number => Math.log1p(Math.max(0, count));

export function dealFactsThen(deal: DealThen, intent: IntentModel): Facts {
  const { at } = deal;
  const days = (since: Date) => (at.getTime() - since.getTime()) / DAY_MS;
  return {
    stage: deal.stage,
    days_in_stage: deal.stageEnteredAt === null ? null : log(days(deal.stageEnteredAt)),
    age_days: log(days(deal.createdAt)),
    source: deal.source,
    currency: deal.currency,
    value_log: log(deal.valueMinor / 100),
    from_lead: deal.fromLead ? 'yes' : 'no',
    people: log(deal.people),
    replies: log(deal.replies),
    meetings: log(deal.meetings),
    touches: log(deal.touches),
    proven: deal.proven,
    won_before: log(deal.wonBefore),
    signal: signalThen(deal, intent),
  };
}

function signalThen({ at, signals }: DealThen, intent: IntentModel): number {
  let masses: Mass[] = [];
  for (const signal of signals) if (signal.occurredAt <= at) masses = addEvent(masses, signal);
  return signalScore(intent, masses, at);
}

/** What a fact says of this deal, in words. */
export function factInWords(fact: string, value: string | number | null, stageName: string): string {
  if (value === null) return 'not known';
  if (fact === 'stage') return stageName;
  if (typeof value === 'string') return value.replaceAll('_', ' ');
  if (fact === 'proven') return String(value);
  return Math.round(fact === 'signal' ? value : Math.expm1(value)).toLocaleString('en-US');
}
