import { expect, it } from 'vitest';

import { suggestMilestones } from './won-path.ts';

const stage = (name: string, wonShare: number, exit: string[] = []) => ({
  key: name,
  name,
  exit,
  wonShare,
  lostShare: 1,
});
const proven = (criterion: string, won: number, lost: number) => ({ criterion, label: criterion, won, lost });

it('suggests what tells won deals from lost ones and is not asked for, and names stages that are skipped', () => {
  const suggestions = suggestMilestones({
    won: 50,
    lost: 100,
    stages: [stage('Qualified', 1, ['budget']), stage('Pilot', 0.2)],
    proven: [
      proven('budget', 50, 10),
      proven('security review', 40, 20),
      proven('a lunch', 40, 80),
      proven('seldom', 20, 0),
    ],
  });
  expect(suggestions).toEqual([
    {
      kind: 'milestone',
      text: 'Ask for “security review”: proven in 80 % of won deals and 20 % of lost ones.',
    },
    {
      kind: 'stage',
      text: '“Pilot” was passed by 20 % of won deals only: leave it out, or make it optional.',
    },
  ]);
});

it('suggests nothing from a few deals', () => {
  const few = { won: 19, lost: 100, stages: [stage('Pilot', 0)], proven: [proven('x', 19, 0)] };
  expect(suggestMilestones(few)).toEqual([]);
});
