import { expect, it } from 'vitest';

import { chooseStages, STAGES } from './stages.ts';

it('runs everything unless told otherwise, always in the same order', () => {
  expect(chooseStages([])).toEqual(STAGES);
  expect(chooseStages(['--only=unit,static'])?.map((stage) => stage.name)).toEqual(['static', 'unit']);
});

it('refuses what it does not know', () => {
  expect(chooseStages(['--only=units'])).toBeUndefined();
  expect(chooseStages(['--fast'])).toBeUndefined();
});
