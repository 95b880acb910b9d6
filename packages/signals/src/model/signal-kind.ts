import type { SignalKind } from '../source-port.ts';

export type KindFacts = {
  label: string;
  /** Days after which such news says half as much. */
  halfLifeDays: number;
  /** What a rep does about it. */
  play: string;
};

/** Fixed vocabulary. Half-lives are defaults that a workspace's intent model may replace. */
export const SIGNAL_KINDS: Record<SignalKind, KindFacts> = {
  funding: {
    label: 'Funding',
    halfLifeDays: 90,
    play: 'Congratulate, ask what the money is for, offer to speed that up.',
  },
  hiring: {
    label: 'Hiring',
    halfLifeDays: 45,
    play: 'Ask the hiring manager what the new people will have to work with.',
  },
  intent: { label: 'Intent', halfLifeDays: 14, play: 'Send what fits the topic they are reading about.' },
  visit: {
    label: 'Website visit',
    halfLifeDays: 7,
    play: 'Refer to the topic of the page, not to the visit.',
  },
  inbound_request: { label: 'Inbound request', halfLifeDays: 14, play: 'Call now: they asked.' },
};
