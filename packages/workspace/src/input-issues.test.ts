import { expect, it } from 'vitest';
import { z } from 'zod';

import { parseInput } from './operation.ts';

const Shape = z.strictObject({
  filter: z.enum(['mine', 'all']),
  name: z.string().min(1).max(5),
  days: z.int().min(1, 'is shorter than a day').max(90),
  ids: z.array(z.uuid()).max(2),
});
const sound = { filter: 'all', name: 'one', days: 3, ids: [] };
const ID = '0197a3c0-0000-7000-8000-000000000000';

it.each([
  [{ filter: 'sideways' }, 'filter: is none of mine, all', 'Send one of mine, all.'],
  [{ filter: undefined }, 'filter: is none of mine, all', 'Send one of mine, all.'],
  [{ name: undefined }, 'name: is missing', 'Send a string.'],
  [{ name: '' }, 'name: is empty', 'Fill it in.'],
  [{ name: 'too long' }, 'name: is longer than 5 characters', 'Send at most 5 characters.'],
  [{ name: 7 }, 'name: is not a string', 'Send a string.'],
  [{ days: 91 }, 'days: is more than 90', 'Send at most 90.'],
  [{ days: 0 }, 'days: is shorter than a day', 'Send at least 1.'],
  [{ ids: 'none' }, 'ids: is not a list', 'Send a list.'],
  [{ ids: ['7'] }, 'ids.0: is not an id', 'Correct the value and send it again.'],
  [{ ids: [ID, ID, ID] }, 'ids: holds more than 2', 'Send at most 2.'],
  [{ colour: 'red' }, '(body): has no field colour', 'Leave out colour.'],
])('%j is told by field, problem and remedy', (wrong, message, remedy) => {
  expect(() => parseInput(Shape, { ...sound, ...wrong })).toThrow(
    expect.objectContaining({ code: 'invalid', message, issues: [expect.objectContaining({ remedy })] }),
  );
});
