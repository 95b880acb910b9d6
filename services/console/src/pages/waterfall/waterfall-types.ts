import type { QueryOutput } from '../../api/procedures.ts';

export type WaterfallAnswer = QueryOutput<'enrichment.waterfall'>;
export type Waterfall = WaterfallAnswer['published'];
export type Step = Waterfall['steps'][number];
export type Condition = Step['when'][number];
export type Offer = WaterfallAnswer['offers'][number];
export type Version = WaterfallAnswer['versions'][number];
export type Field = Waterfall['wanted'][number];

export const offerOf = (offers: readonly Offer[], step: Pick<Step, 'provider' | 'capability'>) =>
  offers.find((offer) => offer.provider === step.provider && offer.capability === step.capability);

/** A step apart from all others of its waterfall. */
export const stepKey = ({ provider, capability, only }: Step): string =>
  `${provider}/${capability}/${only?.join('+') ?? ''}`;
