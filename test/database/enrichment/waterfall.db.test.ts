import { suppress } from '@penstock/accounts/suppression';
import { armFaultPoint, disarmFaultPoints, type FaultPointName } from '@penstock/kernel/fault-point';
import { newId } from '@penstock/kernel/ids';
import { updateWorkspace } from '@penstock/workspace/operations/manage-workspace';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { peopleKnownTo, waterfallFixture, type WaterfallFixture } from './waterfall-fixture.ts';

let fixture: WaterfallFixture;
let known: ReturnType<typeof peopleKnownTo>;
beforeAll(async () => {
  fixture = await waterfallFixture();
  known = peopleKnownTo(fixture.sandbox, ['people-data-labs', 'leadmagic']);
});
afterAll(() => fixture[Symbol.asyncDispose]());
beforeEach(() => fixture.sandbox.control.reset());
afterEach(() => disarmFaultPoints());

/** Somebody new of those who are known to both finders. */
async function meetNext(options?: { email: boolean }) {
  const person = known.shift();
  if (!person) throw new TypeError('the world has too few people');
  return { person, personId: await fixture.meet(person, options) };
}
const asked = async (personId: string) =>
  (await fixture.trace(personId))
    .filter((line) => line.step.startsWith('asked'))
    .map((line) => line.step.slice(6));
/** What the vendors would bill for calls since the last reset, against what the ledger says about this person. */
async function bill(personId: string) {
  const lines = await fixture.ledger(personId);
  return {
    billed: fixture.sandbox.control.charges().total.credits,
    charged: lines.reduce((sum, line) => sum + (line.state === 'charged' ? (line.credits ?? 0) : 0), 0),
    unknown: lines.filter((line) => line.state === 'unknown').length,
    twice: fixture.sandbox.control.charges().byPerson.filter((group) => group.count > 1),
  };
}

it('enriches and verifies, each call in the trace and on the bill', async () => {
  const { person, personId } = await meetNext();
  expect(await fixture.run(personId)).toMatchObject({
    complete: true,
    stopReason: 'everything wanted is known and usable',
  });
  expect(await asked(personId)).toEqual(['people-data-labs/person-enrich', 'zerobounce/validate']);
  expect(await fixture.values(personId)).toMatchObject({
    work_email: { value: person.email, verification: 'valid', usable: true },
    mobile: { value: person.mobile, usable: true },
    title: { value: person.title },
  });
  expect(await bill(personId)).toEqual({ billed: 2, charged: 2, unknown: 0, twice: [] });
});

it('goes to the second finder for whom the first does not know, and pays for the hit alone', async () => {
  const [person] = peopleKnownTo(fixture.sandbox, ['leadmagic']);
  if (!person) throw new TypeError('the world has too few people');
  const personId = await fixture.meet(person);
  await fixture.run(personId);
  const lines = await fixture.ledger(personId);
  expect(lines[0]).toMatchObject({ provider: 'people-data-labs', state: 'released', charged: 0 });
  expect((await asked(personId)).slice(0, 2)).toEqual([
    'people-data-labs/person-enrich',
    'leadmagic/email-finder',
  ]);
  const { billed, charged, twice } = await bill(personId);
  expect([charged, twice]).toEqual([billed, []]);
});

it('asks nobody again on a second run', async () => {
  const { personId } = await meetNext();
  await fixture.run(personId);
  const before = fixture.sandbox.control.charges().total;
  expect(await fixture.run(personId)).toMatchObject({ complete: true, calls: 0 });
  expect(fixture.sandbox.control.charges().total).toEqual(before);
});

it('asks again once values have expired', async () => {
  const { personId } = await meetNext();
  const { clock } = fixture.workspace;
  const start = clock.now();
  await fixture.run(personId);
  clock.advanceMs(91 * 86_400_000);
  const again = await fixture.run(personId);
  clock.set(start);
  expect(again.calls).toBeGreaterThan(0);
});

it('does not look up who must not be looked up', async () => {
  const { person, personId } = await meetNext({ email: true });
  const { store, workspaceId, clock } = fixture.workspace;
  await store.inWorkspace(workspaceId, (tx) => suppress(tx, [person.email], 'objected', clock.now()));
  expect(await fixture.run(personId)).toMatchObject({ calls: 0, stopReason: 'not to be looked up' });
  expect(fixture.sandbox.control.charges().total.charges).toBe(0);
});

it('pays for nothing while paid calls are stopped, and says so', async () => {
  const { personId } = await meetNext();
  const { workspace } = fixture;
  await workspace.run(workspace.admin, updateWorkspace, { paidCallsStopped: true });
  await fixture.run(personId);
  await workspace.run(workspace.admin, updateWorkspace, { paidCallsStopped: false });
  expect(fixture.sandbox.control.charges().total.charges).toBe(0);
  expect(
    (await fixture.trace(personId)).some((line) => line.reason.includes('stopped in this workspace')),
  ).toBe(true);
});

it('shares its calls with other runs of the same person at the same time, in one transaction too', async () => {
  const { personId } = await meetNext();
  await Promise.all(Array.from({ length: 8 }, () => fixture.run(personId)));
  expect((await bill(personId)).twice).toEqual([]);
  expect(
    (await fixture.ledger(personId)).filter((line) => line.state === 'charged').length,
  ).toBeLessThanOrEqual(4);
});

describe('a provider that misbehaves', () => {
  const script = (fault: Parameters<typeof fixture.sandbox.control.script>[0]['fault'], times = 1) =>
    fixture.sandbox.control.script({ vendor: 'people-data-labs', fault, times });

  it.each(['timeout_after_charge', 'hang', 'truncated', 'html'] as const)(
    '%s: of unknown cost, never asked again, the record goes on',
    async (fault) => {
      const { personId } = await meetNext();
      script(fault);
      await fixture.run(personId);
      await fixture.run(personId);
      const [first, ...others] = await fixture.ledger(personId);
      expect(first).toMatchObject({ provider: 'people-data-labs', state: 'unknown', charged: 0 });
      expect(others.map((line) => line.provider)).not.toContain('people-data-labs');
      expect(others.some((line) => line.state === 'charged')).toBe(true);
      const { billed, charged, unknown, twice } = await bill(personId);
      expect(billed - charged).toBe(fault === 'timeout_after_charge' || fault === 'truncated' ? unknown : 0);
      expect(twice).toEqual([]);
    },
  );

  it.each([
    ['500', 30_000],
    ['429', 30_000],
    ['429_retry_after', 2_000],
  ] as const)('%s: not paid, asked again in a later round', async (fault, retryAfterMs) => {
    const { personId } = await meetNext();
    script(fault);
    fixture.sandbox.control.script({ vendor: 'leadmagic', fault: '500', times: 5 });
    const round = await fixture.run(personId);
    expect(round).toMatchObject({ complete: false });
    expect(round.retryAfterMs).toBeGreaterThanOrEqual(retryAfterMs);
    expect((await fixture.ledger(personId))[0]).toMatchObject({ state: 'released', charged: 0 });
    expect((await asked(personId))[0]).toBe('people-data-labs/person-enrich');
    await fixture.run(personId);
    expect(
      (await fixture.ledger(personId))
        .filter((line) => line.provider === 'people-data-labs')
        .map((line) => line.state),
    ).toEqual(['released', 'charged']);
    const { billed, charged, twice } = await bill(personId);
    expect([charged, twice]).toEqual([billed, []]);
  });

  it.each(['masked', 'empty_id'] as const)(
    '%s: paid, but no hit: the next finder is asked',
    async (fault) => {
      const { person, personId } = await meetNext();
      script(fault);
      expect(await fixture.run(personId)).toMatchObject({ complete: expect.any(Boolean) });
      expect((await asked(personId)).slice(0, 2)).toEqual([
        'people-data-labs/person-enrich',
        'leadmagic/email-finder',
      ]);
      expect(await fixture.values(personId)).toMatchObject({
        work_email: { value: person.email, usable: true },
      });
      const { billed, charged, unknown } = await bill(personId);
      expect([charged, unknown]).toEqual([billed, 0]);
    },
  );
});

describe('a crash', () => {
  const crash = async (point: FaultPointName, personId: string, runId: string) => {
    armFaultPoint(point, 'throw');
    await expect(fixture.run(personId, runId)).rejects.toThrow(point);
  };

  it.each(['ledger.reserved', 'provider.answered'] as const)(
    'at %s leaves a call of unknown cost, which nobody repeats',
    async (point) => {
      const { personId } = await meetNext();
      const runId = newId(fixture.workspace.clock.now());
      await crash(point, personId, runId);
      expect((await fixture.ledger(personId)).map((line) => line.state)).toEqual(['reserved']);
      await fixture.run(personId, runId);
      await fixture.run(personId);
      const lines = await fixture.ledger(personId);
      expect(lines.filter((line) => line.provider === 'people-data-labs').map((line) => line.state)).toEqual([
        'unknown',
      ]);
      const { billed, charged, twice } = await bill(personId);
      expect(billed - charged).toBe(point === 'provider.answered' ? 1 : 0);
      expect(twice).toEqual([]);
    },
  );

  it('after the last answer repeats nothing and tells the end of the run once', async () => {
    const { personId } = await meetNext();
    const runId = newId(fixture.workspace.clock.now());
    await fixture.run(personId, runId);
    const before = await fixture.trace(personId);
    await fixture.run(personId, runId);
    expect(await fixture.trace(personId)).toEqual(before);
  });
});
