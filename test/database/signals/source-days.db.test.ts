import { countAsked, openDayMeter } from '@penstock/signals/day-meter';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';

import { leadSteps } from '../engagement/lead-steps.ts';
import { workspaceFixture, type WorkspaceFixture } from '../workspace-fixture.ts';

const SOURCE = 'board/greenhouse';
const DAY_LIMIT = { fault: 'day_limit' };

let fixture: WorkspaceFixture;
let steps: ReturnType<typeof leadSteps>;
beforeAll(async () => {
  fixture = await workspaceFixture();
  steps = leadSteps(fixture);
});
beforeEach(async () => {
  await steps.rows('delete from source_day');
  await steps.rows('delete from source_limit');
});
afterAll(() => fixture[Symbol.asyncDispose]());

const meter = () => openDayMeter(fixture, { workspaceId: fixture.workspaceId, source: SOURCE });
const days = () =>
  steps.rows<{ day: string; requests: number; cost: number }>(
    'select day::text, requests::int, cost_micros::int as cost from source_day where source = $1 order by day',
    SOURCE,
  );
const limit = (requests: number | null, micros: number | null = null) =>
  steps.rows(
    'insert into source_limit (workspace_id, source, most_requests, most_micros, changed_at) values ($1, $2, $3, $4, $5)',
    fixture.workspaceId,
    SOURCE,
    requests,
    micros,
    fixture.clock.now(),
  );
/** Asks until the day has no room left; answers how often. */
async function askUntilStopped(costMicros = 0): Promise<number> {
  const one = meter();
  for (let asked = 0; ; asked += 1) {
    try {
      await one.ask(costMicros);
    } catch (error) {
      expect(error).toMatchObject(DAY_LIMIT);
      await one.settle();
      return asked;
    }
  }
}

it('counts what was asked, with its cost, on the day when it left', async () => {
  fixture.clock.set(new Date('2026-11-29T23:59:00.000Z'));
  const one = meter();
  await one.ask();
  await one.ask(5_000);
  fixture.clock.advanceMs(120_000);
  await one.ask();
  await one.settle();
  await one.settle();
  await fixture.store.inWorkspace(fixture.workspaceId, (tx) =>
    countAsked(tx, SOURCE, { requests: 2, costMicros: 70 }, fixture.clock.now()),
  );
  expect(await days()).toEqual([
    { day: '2026-11-29', requests: 2, cost: 5_000 },
    { day: '2026-11-30', requests: 3, cost: 70 },
  ]);
});

it('never asks more in a day than the limit, however many look at once, and goes on the next day', async () => {
  await limit(97);
  const asked = await Promise.all(Array.from({ length: 8 }, () => askUntilStopped()));
  expect(asked.reduce((sum, count) => sum + count, 0)).toBe(97);
  expect(await days()).toMatchObject([{ requests: 97 }]);
  fixture.clock.advanceMs(86_400_000);
  expect(await askUntilStopped()).toBe(97);
});

it('gives back what a look took in advance and did not need', async () => {
  await limit(30);
  const one = meter();
  await one.ask();
  await one.settle();
  expect(await days()).toMatchObject([{ requests: 1 }]);
});

it('counts too many rather than too few of a look that was cut off', async () => {
  await limit(50);
  await meter().ask();
  expect(await days()).toMatchObject([{ requests: 20 }]);
});

it('stops before a request that costs more than the day has left', async () => {
  await limit(null, 1_000_000);
  expect(await askUntilStopped(300_000)).toBe(3);
  expect(await days()).toMatchObject([{ requests: 3, cost: 900_000 }]);
});
