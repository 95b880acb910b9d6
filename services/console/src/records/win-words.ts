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
      return `No skill: what is known of ${won} won and ${lost} lost deals does not tell which are won; a won deal stands above a lost one in ${pairs(model.area)} of 100 pairs (with 95 % confidence in at least ${pairs(model.areaLow)}), and 50 is chance. Each deal shows the default of its stage.`;
    case 'ready':
      return `A won deal stands above a lost one in ${pairs(model.area)} of 100 pairs of deals that it had not seen, with 95 % confidence in at least ${pairs(model.areaLow)}; 50 is chance.`;
  }
}

const pairs = (area: number | null): number => Math.round((area ?? 0.5) * 100);
