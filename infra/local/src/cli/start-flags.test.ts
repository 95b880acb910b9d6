import { expect, it } from 'vitest';

import { readStartFlags } from './start-flags.ts';

it('takes the port from the flag, then from the environment, then 4100', () => {
  expect(readStartFlags(['--port', '4200'], { PENSTOCK_PORT: '4300' })).toEqual({ fresh: false, port: 4200 });
  expect(readStartFlags(['--fresh'], { PENSTOCK_PORT: '4300' })).toEqual({ fresh: true, port: 4300 });
  expect(readStartFlags([], {})).toEqual({ fresh: false, port: 4100 });
});

it.each([
  [['--port', 'eighty'], '--port eighty is not usable'],
  [['--port', '80'], '--port 80 is not usable'],
  [['--ports', '4200'], 'Usage: npm start'],
])('explains %j', (args, sentence) => {
  expect(() => readStartFlags(args, {})).toThrow(sentence);
});
