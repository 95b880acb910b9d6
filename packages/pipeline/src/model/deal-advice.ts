import { SIGNAL_KINDS } from '@penstock/signals/model/signal-kind';

/** What to do about an open deal next: one sentence, from what is known to speak for or against it (R031). */

export type DealState = {
  /** Play of the weightiest new signal; null where the deal does not reactivate. */
  play: string | null;
  /** What its risk is made of, largest first. */
  riskParts: readonly { key: string }[];
  stalled: boolean;
  nextStep: string;
  /** Roles of the buying committee that nobody known fills; null where nobody has looked. */
  missing: readonly string[] | null;
};

const OWN_RISKS: Readonly<Record<string, string>> = {
  no_next_step: 'Agree a next step with the buyer, with a day.',
  overdue_next_step: 'Keep the overdue next step today, or agree a new day for it.',
  past_close_date: 'Ask when they decide, and set the close date to that.',
  idle: 'Ask what keeps them in this stage; if nothing moves it, close the deal or set it aside.',
};

/** New intent comes before risk, for it fades; then the largest risk; then who is missing. */
export function dealAdvice(deal: DealState): string {
  if (deal.play !== null) return deal.play;
  for (const { key } of deal.riskParts) {
    const advice = OWN_RISKS[key] ?? playOf(key);
    if (advice !== undefined) return advice;
  }
  if (deal.stalled) return 'Nothing has moved for longer than usual: give them a reason to answer.';
  if (deal.missing !== null && deal.missing.length > 0)
    return `Find who decides on their side: ${deal.missing.join(', ')}.`;
  return `Go on with the next step: ${deal.nextStep}`;
}

const playOf = (kind: string): string | undefined =>
  Object.entries(SIGNAL_KINDS).find(([name]) => name === kind)?.[1].play;
