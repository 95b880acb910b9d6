import { suppress } from '@penstock/accounts/suppression';
import { recordRelease } from '@penstock/engagement/first-touch';
import { claimQueueItem } from '@penstock/engagement/operations/claim-item';
import { getLead } from '@penstock/engagement/operations/get-lead';
import { releaseQueueItem } from '@penstock/engagement/operations/release-item';
import { newId } from '@penstock/kernel/ids';
import { releaseExpiredClaims } from '@penstock/scoring/release-expired-claims';
import { scoringPort } from '@penstock/scoring/rescore';
import { recordSignals } from '@penstock/signals/record-signals';
import { completeQueueItem } from '@penstock/scoring/operations/complete-queue-item';
import { listQueue } from '@penstock/scoring/operations/list-queue';
import { reopenQueueItem } from '@penstock/scoring/operations/reopen-queue-item';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { workspaceFixture, type WorkspaceFixture } from '../workspace-fixture.ts';
import { leadSteps } from './lead-steps.ts';

const LEASE_MS = 30 * 60_000;
let fixture: WorkspaceFixture;
let steps: ReturnType<typeof leadSteps>;
beforeEach(async () => {
  fixture = await workspaceFixture();
  await fixture.crowd();
  steps = leadSteps(fixture);
});
afterEach(() => fixture[Symbol.asyncDispose]());

const owners = async () =>
  (await steps.rows<{ owner: string }>('select owner_id as owner from lead order by id')).map(
    (row) => row.owner,
  );
const turns = async () =>
  (
    await steps.rows<{ count: number }>(
      'select assigned_count::int as count from round_robin order by member_id',
    )
  ).map((row) => row.count);
const counts = async (leadId: string) => {
  const [row] = await steps.rows<Record<string, number>>(
    `select (select count(*)::int from signal) as signals, (select count(*)::int from outgoing_mail where lead_id = $1) as mails,
       (select count(*)::int from queue_item) as items, (select count(*)::int from lead_event where lead_id = $1 and kind = 'routed') as routed`,
    leadId,
  );
  return row;
};

it('matches, routes, scores, queues and writes the welcome in one go', async () => {
  const leadId = await steps.ask();
  expect(await steps.work(leadId)).toMatchObject({ mayMail: true, mayEnrich: true });
  expect(await counts(leadId)).toEqual({ signals: 1, mails: 1, items: 1, routed: 1 });
  const lead = await fixture.run(fixture.admin, getLead, { id: leadId });
  expect(lead).toMatchObject({
    state: 'routed',
    owner: { id: 'ada-rep' },
    routing: { rule: 'Round robin' },
    mail: { state: 'queued', fromName: 'Ada Rep' },
  });
  expect(lead.events.map((event) => event.kind)).toEqual(['received', 'matched', 'routed', 'scored']);
  const { items } = await fixture.run(fixture.admin, listQueue, {});
  expect(items[0]).toMatchObject({ band: 'inbound', lead: { id: leadId }, owner: { id: 'ada-rep' } });
  expect(items[0]?.signalScore).toBeGreaterThan(50);
});

it('changes nothing when it runs again', async () => {
  const leadId = await steps.ask();
  const first = await steps.work(leadId);
  fixture.clock.advanceMs(60_000);
  expect(await steps.work(leadId)).toEqual(first);
  expect(await counts(leadId)).toEqual({ signals: 1, mails: 1, items: 1, routed: 1 });
});

it('does everything once when it runs eight times at once', async () => {
  const leadId = await steps.ask();
  await Promise.all(Array.from({ length: 8 }, () => steps.work(leadId)));
  expect(await counts(leadId)).toEqual({ signals: 1, mails: 1, items: 1, routed: 1 });
  expect(await turns()).toEqual([1]);
});

it('answers nothing for a lead that is not there', async () => {
  expect(await steps.work(newId(fixture.clock.now()))).toBeNull();
});

it('takes nobody’s turn with a test', async () => {
  await steps.work(await steps.ask({}, true));
  expect(await owners()).toEqual(['ada-rep']);
  expect((await turns()).filter((turn) => turn > 0)).toEqual([]);
});

it('gives thirty leads to three reps in turn', async () => {
  for (let lead = 0; lead < 30; lead += 1) {
    await steps.work(await steps.ask());
    fixture.clock.advanceMs(1_000);
  }
  expect((await owners()).slice(0, 6)).toEqual([
    'ada-rep',
    'bo-rep',
    'cy-rep',
    'ada-rep',
    'bo-rep',
    'cy-rep',
  ]);
  expect(await turns()).toEqual([10, 10, 10]);
});

it('gives thirty leads of the same moment to three reps evenly, worked on at once', async () => {
  const leads = await Promise.all(Array.from({ length: 30 }, () => steps.ask()));
  await Promise.all(leads.map((leadId) => steps.work(leadId)));
  expect(await turns()).toEqual([10, 10, 10]);
  expect(await steps.deadlocks()).toBe(0);
});

it('gives a lead to who owns the account', async () => {
  const first = await steps.ask({ email: 'one@harbor.example', company: 'Harbor' });
  const worked = await steps.work(first);
  await fixture.store.withRecords(fixture.workspaceId, ({ db }) =>
    db.account.updateMany({ where: { id: worked?.accountId ?? '' }, data: { ownerId: 'cy-rep' } }),
  );
  const second = await steps.ask({ email: 'two@harbor.example', company: 'Harbor' });
  expect((await steps.work(second))?.accountId).toBe(worked?.accountId);
  expect((await fixture.run(fixture.admin, getLead, { id: second })).owner?.id).toBe('cy-rep');
});

it('makes one account of a company whose people ask at once', async () => {
  const leads = await Promise.all(
    Array.from({ length: 8 }, (_, at) => steps.ask({ email: `p${at}@harbor.example`, company: 'Harbor' })),
  );
  const worked = await Promise.all(leads.map((leadId) => steps.work(leadId)));
  expect(new Set(worked.map((one) => one?.accountId)).size).toBe(1);
  expect(await steps.rows('select from account')).toHaveLength(1);
  expect(await steps.rows('select from queue_item')).toHaveLength(8);
  expect(await steps.deadlocks()).toBe(0);
});

describe('people of one company who ask', () => {
  const ask = async (email: string, isTest = false) => {
    const leadId = await steps.ask({ email, company: 'Harbor' }, isTest);
    const worked = await steps.work(leadId);
    return { leadId, accountId: worked?.accountId ?? '' };
  };
  const queue = (filter: 'all' | 'test' = 'all') => fixture.run(fixture.admin, listQueue, { filter });
  const fund = (accountId: string, eventKey: string) => {
    const { store, workspaceId, clock } = fixture;
    const signal = {
      accountId,
      kind: 'funding' as const,
      eventKey,
      strength: 0.5,
      summary: 'Funding',
      facts: {},
    };
    const seen = { source: 'test', isTest: false, occurredAt: clock.now(), evidence: null };
    return store.inWorkspace(workspaceId, (tx) =>
      recordSignals(tx, [{ ...signal, ...seen }], clock.now(), scoringPort),
    );
  };

  it('wait as an item each, with their own owner and state', async () => {
    const [one, other] = [await ask('one@harbor.example'), await ask('two@harbor.example')];
    const { items } = await queue();
    expect(new Set(items.map((item) => item.lead?.id))).toEqual(new Set([one.leadId, other.leadId]));
    const [first] = items;
    await fixture.run(fixture.admin, completeQueueItem, { id: first?.id ?? '', outcome: 'worked' });
    expect((await queue()).items).toHaveLength(1);
    await fixture.run(fixture.admin, reopenQueueItem, { id: first?.id ?? '' });
    expect((await queue()).items).toHaveLength(2);
  });

  it('wait beside one item for the signals of the company; news moves all of them', async () => {
    const { accountId } = await ask('one@harbor.example');
    await ask('two@harbor.example');
    const before = (await queue()).items;
    await fund(accountId, 'first');
    await fund(accountId, 'second');
    const { items } = await queue();
    expect(items.map((item) => item.band)).toEqual(['inbound', 'inbound', 'ranked']);
    for (const item of items) expect(item.priority).toBeGreaterThan(before[0]?.priority ?? 100);
    expect(new Set(items.map((item) => item.priority)).size).toBe(1);
    const bounds = await steps.rows<{ bound: number }>('select distinct bound_0 as bound from queue_item');
    expect(bounds).toHaveLength(1);
  });

  it('does not open an item for signals again while there is a newer one', async () => {
    const { accountId } = await ask('one@harbor.example');
    await fund(accountId, 'first');
    const old = (await queue()).items.find((item) => item.band === 'ranked')?.id ?? '';
    await fixture.run(fixture.admin, completeQueueItem, { id: old, outcome: 'worked' });
    await fund(accountId, 'second');
    await expect(fixture.run(fixture.admin, reopenQueueItem, { id: old })).rejects.toMatchObject({
      code: 'conflict',
    });
  });

  it('are not mixed with tests, which are listed only when asked for', async () => {
    const real = await ask('one@harbor.example');
    expect(await queue()).toMatchObject({ hasTests: false });
    const [before] = (await queue()).items;
    const test = await ask('two@harbor.example', true);
    expect(test.accountId).toBe(real.accountId);
    expect(await queue()).toMatchObject({ hasTests: true, items: [before] });
    expect(await queue('test')).toMatchObject({ items: [{ lead: { id: test.leadId } }] });
  });
});

it('keeps two people apart who have private addresses and name no company', async () => {
  const [one, other] = [
    await steps.ask({ email: 'ana@gmail.com', company: '' }),
    await steps.ask({ email: 'bo@gmail.com', company: '' }),
  ];
  const [first, second] = [await steps.work(one), await steps.work(other)];
  expect(first?.accountId).not.toBe(second?.accountId);
  fixture.clock.advanceMs(40 * 86_400_000);
  const again = await steps.work(await steps.ask({ email: 'ana@gmail.com', company: '' }));
  expect(again).toMatchObject({ personId: first?.personId, accountId: first?.accountId });
});

it('neither mails nor looks up who objected', async () => {
  const leadId = await steps.ask({ email: 'ana@harbor.example' });
  await fixture.store.inWorkspace(fixture.workspaceId, (tx) =>
    suppress(tx, ['ANA@harbor.example'], 'objected', fixture.clock.now()),
  );
  expect(await steps.work(leadId)).toMatchObject({ mayMail: false, mayEnrich: false });
  expect(await counts(leadId)).toMatchObject({ mails: 0, items: 1 });
});

it('leaves a lead that nobody takes to everybody, without a mail', async () => {
  await fixture.store.withRecords(fixture.workspaceId, ({ db }) =>
    db.member.updateMany({ where: { role: 'rep' }, data: { takesLeads: false } }),
  );
  const leadId = await steps.ask();
  await steps.work(leadId);
  expect(await fixture.run(fixture.admin, getLead, { id: leadId })).toMatchObject({
    owner: null,
    mail: null,
    routing: { rule: 'fall-back queue' },
  });
});

it('does not deadlock with signals that arrive at the same account', async () => {
  const first = await steps.work(await steps.ask({ email: 'one@harbor.example', company: 'Harbor' }));
  const { store, workspaceId, clock } = fixture;
  const accountId = first?.accountId ?? '';
  const visit = (event: number) =>
    store.inWorkspace(workspaceId, (tx) =>
      recordSignals(
        tx,
        [
          {
            accountId,
            kind: 'visit',
            eventKey: `visit ${event}`,
            strength: 0.1,
            summary: 'Visit',
            facts: {},
            source: 'test',
            isTest: false,
            occurredAt: clock.now(),
            evidence: null,
          },
        ],
        clock.now(),
        scoringPort,
      ),
    );
  const leads = await Promise.all(
    Array.from({ length: 10 }, (_, at) => steps.ask({ email: `p${at}@harbor.example`, company: 'Harbor' })),
  );
  await Promise.all([
    ...leads.map((leadId) => steps.work(leadId)),
    ...Array.from({ length: 20 }, (_, at) => visit(at)),
  ]);
  expect(await steps.rows('select from signal')).toHaveLength(31);
  expect(await steps.deadlocks()).toBe(0);
});

describe('a lead whose claim ends', () => {
  let leadId: string;
  let item: string;
  beforeEach(async () => {
    leadId = await steps.ask();
    await steps.work(leadId);
    item = (await fixture.run(fixture.admin, listQueue, {})).items[0]?.id ?? '';
    await fixture.run(fixture.admin, claimQueueItem, { id: item });
  });
  const trace = async () => {
    const lead = await fixture.run(fixture.admin, getLead, { id: leadId });
    return [lead.state, ...lead.events.slice(4).map((event) => event.kind)];
  };

  it('waits again when it is given back', async () => {
    expect(await trace()).toEqual(['claimed', 'claimed']);
    await fixture.run(fixture.admin, releaseQueueItem, { id: item });
    expect(await trace()).toEqual(['routed', 'claimed', 'released']);
  });

  it('waits again when the lease runs out', async () => {
    const { store, workspaceId, clock } = fixture;
    clock.advanceMs(LEASE_MS);
    await releaseExpiredClaims(store, workspaceId, [item], clock.now(), recordRelease);
    expect(await trace()).toEqual(['routed', 'claimed', 'released']);
  });
});
