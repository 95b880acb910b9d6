import { expect, it } from 'vitest';

import { sidesOfMail } from './mail-sides.ts';

const members = [
  { id: 'rae', address: 'rae@us.example' },
  { id: 'max', address: 'max@us.example' },
];

it.each([
  [
    'sent by one',
    'rae@us.example',
    ['ada@them.example', 'max@us.example'],
    null,
    ['rae', 'out', 'ada@them.example'],
  ],
  [
    'got by one',
    'ada@them.example',
    ['bob@them.example', 'max@us.example'],
    null,
    ['max', 'in', 'ada@them.example'],
  ],
  [
    'got by both, told by one',
    'ada@them.example',
    ['rae@us.example', 'max@us.example'],
    'max',
    ['max', 'in', 'ada@them.example'],
  ],
  ['between members', 'rae@us.example', ['max@us.example'], null, null],
  ['of another member', 'rae@us.example', ['ada@them.example'], 'max', null],
  ['of strangers', 'ada@them.example', ['bob@them.example'], null, null],
])('a mail %s', (_what, from, to, only, expected) => {
  const sides = sidesOfMail({ from, to }, members, only);
  expect(sides && [sides.memberId, sides.direction, ...sides.others]).toEqual(expected);
});
