import { expect, it } from 'vitest';

import { chooseStages, inGroups, STAGES } from './stages.ts';

it('runs everything unless told otherwise, always in the same order', () => {
  expect(chooseStages([])).toEqual(STAGES);
  expect(chooseStages(['--only=unit,static'])?.map((stage) => stage.name)).toEqual(['static', 'unit']);
});

it('lets only those run together that say so, and the first of what was chosen alone', () => {
  expect(inGroups(STAGES).map((group) => group.map((stage) => stage.name))).toEqual([
    ['static'],
    ['unit'],
    ['database'],
    ['replay', 'workflow', 'data'],
    ['e2e', 'browser'],
  ]);
  expect(inGroups(chooseStages(['--only=browser']) ?? []).flat()).toHaveLength(1);
});

it('refuses what it does not know', () => {
  expect(chooseStages(['--only=units'])).toBeUndefined();
  expect(chooseStages(['--fast'])).toBeUndefined();
});
