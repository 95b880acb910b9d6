import type { SignalKind } from '../source-port.ts';

/** `both`: an opportunity where no deal is open, and a risk on each open deal. */
export type SignalEffect = 'opportunity' | 'risk' | 'both';

export type KindFacts = {
  label: string;
  effect: SignalEffect;
  /** 0–1; taken where a source does not measure. */
  defaultStrength: number;
  /** Days after which such news says half as much. */
  halfLifeDays: number;
  /** What a rep does about it. */
  play: string;
  /** Later news of these kinds speaks against it. */
  contradictedBy: readonly SignalKind[];
  /** Earlier news of these kinds counts no longer. */
  expires: readonly SignalKind[];
};

/** Fixed vocabulary. Half-lives are defaults that a workspace's intent model may replace. */
export const SIGNAL_KINDS: Record<SignalKind, KindFacts> = {
  funding: kind(
    'Funding',
    'opportunity',
    0.6,
    90,
    'Congratulate, ask what the money is for, offer to speed that up.',
    {
      contradictedBy: ['budget_cut'],
    },
  ),
  hiring: kind(
    'Relevant hiring',
    'opportunity',
    0.5,
    45,
    'Ask the hiring manager what the new people will have to work with.',
    {
      contradictedBy: ['hiring_freeze', 'budget_cut'],
    },
  ),
  hiring_growth: kind(
    'Hiring growth',
    'opportunity',
    0.5,
    45,
    'Offer what helps new people to be productive sooner.',
    {
      contradictedBy: ['hiring_freeze', 'budget_cut'],
      expires: ['hiring_freeze'],
    },
  ),
  expansion: kind(
    'Expansion',
    'opportunity',
    0.5,
    60,
    'Ask how the new place or team will work with the rest.',
    {
      contradictedBy: ['budget_cut'],
    },
  ),
  technology_adoption: kind(
    'Technology adoption',
    'opportunity',
    0.4,
    60,
    'Show how you work together with the new tool.',
    {},
  ),
  executive_hire: kind(
    'Executive hire',
    'opportunity',
    0.6,
    60,
    'Write in the first ninety days: new executives review what they inherited.',
    {},
  ),
  acquisition: kind(
    'Acquisition',
    'opportunity',
    0.6,
    90,
    'Ask who runs the integration and which tools stay.',
    {},
  ),
  intent: kind('Intent', 'opportunity', 0.5, 14, 'Send what fits the topic they are reading about.', {}),
  content_spike: kind(
    'Content consumption',
    'opportunity',
    0.5,
    14,
    'Send the resources that fit what they are reading.',
    {},
  ),
  competitor_research: kind(
    'Competitor research',
    'opportunity',
    0.6,
    14,
    'Position what sets you apart before they have a short list.',
    {},
  ),
  category_search: kind(
    'Category search',
    'opportunity',
    0.6,
    14,
    'Bring discovery and the demo forward: they are choosing now.',
    {},
  ),
  visit: kind(
    'Website visit',
    'opportunity',
    0.3,
    7,
    'Refer to the topic of the page, not to the visit.',
    {},
  ),
  inbound_request: kind('Inbound request', 'opportunity', 0.8, 14, 'Call now: they asked.', {}),
  leadership_change: kind(
    'Leadership change',
    'both',
    0.5,
    60,
    'Find out who decides now; on an open deal, meet the successor this week.',
    {},
  ),
  competitive_install: kind(
    'Competitive install',
    'both',
    0.5,
    90,
    'Learn what the other tool was bought for; on an open deal, ask openly.',
    {},
  ),
  champion_departure: kind(
    'Champion departure',
    'risk',
    0.8,
    90,
    'Build the next relation in the deal; congratulate the champion at the new place.',
    {},
  ),
  budget_cut: kind(
    'Budget cut',
    'risk',
    0.6,
    120,
    'Re-confirm budget and decision date; offer a smaller start.',
    {
      contradictedBy: ['funding', 'hiring_growth'],
    },
  ),
  competitive_evaluation: kind(
    'Competitive evaluation',
    'risk',
    0.6,
    30,
    'Ask for the criteria and answer them with proof.',
    {},
  ),
  hiring_freeze: kind(
    'Hiring freeze',
    'risk',
    0.5,
    60,
    'Re-confirm timing; speak of doing more with the same team.',
    {
      contradictedBy: ['hiring_growth'],
      expires: ['hiring', 'hiring_growth'],
    },
  ),
  negative_sentiment: kind(
    'Negative sentiment',
    'risk',
    0.5,
    21,
    'Call the contact: hear it out before anything else is sent.',
    {},
  ),
};

function kind(
  label: string,
  effect: SignalEffect,
  defaultStrength: number,
  halfLifeDays: number,
  play: string,
  relations: { contradictedBy?: readonly SignalKind[]; expires?: readonly SignalKind[] },
): KindFacts {
  const { contradictedBy = [], expires = [] } = relations;
  return { label, effect, defaultStrength, halfLifeDays, play, contradictedBy, expires };
}

/** True for news that brings an account into the queue; what only threatens open deals is told there. */
export const isOpportunity = (name: SignalKind): boolean => SIGNAL_KINDS[name].effect !== 'risk';

const INTENT_ALONE: ReadonlySet<string> = new Set(
  Object.entries(SIGNAL_KINDS).flatMap(([name, { effect }]) => (effect === 'opportunity' ? [name] : [])),
);
/** True for news that never speaks against an open deal. */
export const isIntentAlone = (name: string): boolean => INTENT_ALONE.has(name);
export const INTENT_KINDS: readonly string[] = [...INTENT_ALONE];

/** What others than the product itself may tell. */
export const KINDS_OF_SOURCES = [
  'funding',
  'hiring',
  'hiring_growth',
  'expansion',
  'technology_adoption',
  'executive_hire',
  'acquisition',
  'intent',
  'content_spike',
  'competitor_research',
  'category_search',
  'visit',
  'leadership_change',
  'competitive_install',
  'budget_cut',
  'competitive_evaluation',
  'hiring_freeze',
  'negative_sentiment',
] as const satisfies readonly SignalKind[];
