import { createLogger } from '@penstock/telemetry/logger';
import { expect, it } from 'vitest';

import { startRepeating } from './repeating.ts';

const logInto = (lines: string[]) =>
  createLogger({ service: 'test', level: 'info' }, { write: (line) => void lines.push(line) });

it('goes on after a failure, tells of it, and begins nothing once it is to stop', async () => {
  const lines: string[] = [];
  const third = Promise.withResolvers<void>();
  let rounds = 0;
  const repeating = startRepeating(
    async () => {
      rounds += 1;
      if (rounds === 1) throw new Error('away');
      if (rounds === 3) third.resolve();
      return 0;
    },
    { everyMs: 60_000, downMs: 1, what: 'looking', log: logInto(lines) },
  );
  await third.promise;
  await repeating.stop();
  const ended = rounds;
  await new Promise((resolve) => setImmediate(resolve));
  expect(rounds).toBe(ended);
  expect(lines.map((line) => JSON.parse(line).msg)).toEqual(['looking: later']);
});

it('stops while it pauses, however long', async () => {
  const first = Promise.withResolvers<void>();
  const repeating = startRepeating(async () => first.resolve(), {
    everyMs: 2_000_000_000,
    what: 'looking',
    log: logInto([]),
  });
  await first.promise;
  await repeating.stop();
});
