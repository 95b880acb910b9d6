import { expect, it } from 'vitest';

import { believeBoard, type BoardSight } from './board-doubt.ts';

const sight: BoardSight = {
  accountName: 'Acme Robotics',
  knownAs: 'Acme Robotics Inc.',
  shownAs: 'Acme Robotics',
  up: 8,
  shown: 8,
  shared: 7,
  strange: 0,
};
const strange = (because: string) => ({ as: 'strange', because });

it('knows the board again by its name and its openings', () => {
  expect(believeBoard(sight)).toEqual({ as: 'known' });
  expect(believeBoard({ ...sight, knownAs: null, shownAs: null })).toEqual({ as: 'known' });
  expect(believeBoard({ ...sight, up: 2, shared: 0 })).toEqual({ as: 'known' });
  expect(believeBoard({ ...sight, shown: 0, shared: 0 })).toEqual({ as: 'known' });
});

it('does not believe another company’s board, however often it is shown in place of the account’s own', () => {
  const other = { ...sight, shownAs: 'Bolt Foods', shared: 0 };
  expect(believeBoard(other)).toEqual(strange('shows Bolt Foods, not Acme Robotics Inc.'));
  expect(believeBoard({ ...other, strange: 9 })).toEqual(strange('shows Bolt Foods, not Acme Robotics Inc.'));
});

it('begins again where the first look was of somebody else, or a board of another name stays', () => {
  expect(believeBoard({ ...sight, knownAs: 'Bolt Foods', shared: 0 })).toEqual({ as: 'begun again' });
  const brand = { ...sight, knownAs: 'Acme Brand', shownAs: 'Acme Group', shared: 0 };
  expect(believeBoard(brand)).toEqual(strange('shows Acme Group, not Acme Brand'));
  expect(believeBoard({ ...brand, strange: 3 })).toEqual({ as: 'begun again' });
});

it('doubts a board without a name of which every opening is another, until it has shown them four times', () => {
  const replaced = { ...sight, knownAs: null, shownAs: null, shared: 0 };
  expect(believeBoard(replaced)).toEqual(strange('shows none of the 8 openings that were up'));
  expect(believeBoard({ ...replaced, strange: 3 })).toEqual({ as: 'begun again' });
});
