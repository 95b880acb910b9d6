import type { QueryOutput } from '../api/procedures.ts';

type Model = Pick<QueryOutput<'deals.winModel'>, 'state' | 'won' | 'lost' | 'needed' | 'area' | 'areaLow'>;

/** What there is to say of the probability to close, in one sentence: what it rests on, or why there is none. */
export function winInWords(model: Model): string {
  const { won, lost, needed } = model;
  switch (model.state) {
    case 'none':
      return won + lost === 0
        ? 'No deal is decided yet, so each shows the default of its stage.'
        : `Nothing was learned yet from ${won} won and ${lost} lost deals; each deal shows the default of its stage.`;
    case 'too_few':
      return `${won} won and ${lost} lost deals are too few: ${needed} of each are needed. Until then each deal shows the default of its stage.`;
    case 'no_skill':
      return `No skill: what is known of ${won} won and ${lost} lost deals does not tell which are won (AUC ${figure(model.area)}, at least ${figure(model.areaLow)}). Each deal shows the default of its stage.`;
    case 'ready':
      return `A won deal stands above a lost one in ${Math.round((model.area ?? 0) * 100)} of 100 pairs (AUC ${figure(model.area)}, at least ${figure(model.areaLow)}), asked of deals that it had not seen.`;
  }
}

const figure = (share: number | null): string => (share ?? 0.5).toFixed(2);
