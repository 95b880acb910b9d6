import { createAccount, findOrCreateAccount } from '@penstock/accounts/identify-company';
import { readTimeline } from '@penstock/accounts/account-statements';
import { NEWEST } from '@penstock/kernel/page-cursor';
import type { Parameter } from '@penstock/store/tx';
import { invariant } from '@penstock/kernel/invariant';
import { massesOf, scoringPort } from '@penstock/scoring/rescore';
import { correctSignal } from '@penstock/signals/correct-signal';
import { eventReportOf } from '@penstock/signals/model/event-report';
import {
  answerCompanyReviewOperation,
  listCompanyReviews,
} from '@penstock/signals/operations/company-reviews';
import { getSignal, listSignals } from '@penstock/signals/operations/read-signals';
import { listByAccount, listByKind } from '@penstock/signals/signal-list-statements';
import { recordSignals, type NewSignal } from '@penstock/signals/record-signals';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';

import { leadSteps } from '../engagement/lead-steps.ts';
import { workspaceFixture, type WorkspaceFixture } from '../workspace-fixture.ts';

const DAY_MS = 86_400_000;

let fixture: WorkspaceFixture;
let steps: ReturnType<typeof leadSteps>;
beforeAll(async () => {
  fixture = await workspaceFixture();
  await fixture.crowd();
  steps = leadSteps(fixture);
});
afterAll(() => fixture[Symbol.asyncDispose]());

const as = () =>
  ({ state: 'proposed', origin: 'signal', isTest: false, ownerId: null, now: fixture.clock.now() }) as const;
const mentionOf = (name: string, place: { country?: string; region?: string } = {}) => ({
  name,
  formerNames: [],
  domain: null,
  ids: [],
  country: null,
  region: null,
  city: null,
  ...place,
});
const account = (name: string, place = {}) =>
  fixture.store.inWorkspace(fixture.workspaceId, (tx) => createAccount(tx, mentionOf(name, place), as()));
const daysAgo = (days: number) => new Date(fixture.clock.now().getTime() - days * DAY_MS);

/** A round as one source tells it. */
const told = (accountId: string, source: string, key: string, more: Partial<NewSignal> = {}): NewSignal => ({
  accountId,
  kind: 'funding',
  eventKey: `${accountId}/${source}/${key}`,
  report: eventReportOf(source, 'funding', {}),
  strength: 0.5,
  summary: `${source} tells of ${key}`,
  facts: { by: source },
  source,
  isTest: false,
  occurredAt: daysAgo(5),
  evidence: {
    url: `https://${source.replace('/', '.')}.example/${key}`,
    quote: `quote of ${source}`,
    quoteStart: 0,
    contentHash: 'h',
    fetchedAt: fixture.clock.now(),
  },
  ...more,
});
const record = (...batch: NewSignal[]) =>
  fixture.store.inWorkspace(fixture.workspaceId, (tx) =>
    recordSignals(tx, batch, fixture.clock.now(), scoringPort),
  );
async function masses(accountId: string) {
  const [row] = await steps.rows<Parameters<typeof massesOf>[0]>(
    'select mass_kinds as kinds, mass_values as values, mass_half_lives as "halfLives", mass_at as at from account_score where account_id = $1',
    accountId,
  );
  return row ? massesOf(row) : [];
}
const shown = async (accountId: string) =>
  (await fixture.run(fixture.admin, listSignals, { accountId })).items;

it('a press article, a filing and a webhook are one signal with all their evidence, told once', async () => {
  const id = await account('Clustered Works');
  const [first] = await record(told(id, 'press/1', 'round', { occurredAt: daysAgo(9), strength: 0.4 }));
  await steps.rows(`update queue_item set state = 'done', outcome = 'worked' where account_id = $1`, id);
  const [second] = await record(told(id, 'sec-edgar/current-form-d', 'd', { strength: 0.6 }));
  await record(told(id, 'webhook', 'w', { strength: 0.5 }));
  expect(second?.id).toBe(first?.id);
  expect(await shown(id)).toMatchObject([
    {
      id: first?.id,
      summary: 'sec-edgar/current-form-d tells of d',
      source: 'sec-edgar/current-form-d',
      strength: 0.76,
      occurredAt: daysAgo(9).toISOString(),
      toldBy: ['SEC EDGAR: new Form D filings', 'press/1', 'Webhook'],
    },
  ]);
  const page = await fixture.run(fixture.admin, getSignal, { id: first?.id ?? '' });
  expect(page.facts).toEqual({ by: 'sec-edgar/current-form-d' });
  expect(new Map(page.sources.map(({ source, quote }) => [source, quote]))).toEqual(
    new Map([
      ['press/1', 'quote of press/1'],
      ['SEC EDGAR: new Form D filings', 'quote of sec-edgar/current-form-d'],
      ['Webhook', 'quote of webhook'],
    ]),
  );
  expect(await masses(id)).toMatchObject([{ kind: 'funding', value: 0.76, at: daysAgo(9) }]);
  // Nobody is sent to it a second time, and nobody is told a second time.
  expect(await steps.rows(`select from queue_item where account_id = $1 and state = 'open'`, id)).toEqual([]);
  expect(
    await steps.rows(
      `select from outbox_event where kind = 'signal.recorded' and payload ->> 'accountId' = $1`,
      id,
    ),
  ).toHaveLength(1);
  const lines = await fixture.store.inWorkspace(fixture.workspaceId, (tx) =>
    tx.rows(readTimeline, id, new Date('9999-01-01'), 'ffffffff-ffff-ffff-ffff-ffffffffffff', null, 50),
  );
  expect(lines.filter(({ kind }) => kind === 'signal')).toHaveLength(1);
});

it('the page of a signal that was joined to another leads to the one that stands', async () => {
  const id = await account('Joined Works');
  await record(told(id, 'press/1', 'round'));
  await record(told(id, 'sec-edgar/current-form-d', 'd'));
  const [merged] = await steps.rows<{ id: string; merged_into_id: string }>(
    'select id, merged_into_id from signal where account_id = $1 and merged_into_id is not null',
    id,
  );
  invariant(merged, 'one of two is merged');
  expect((await fixture.run(fixture.admin, getSignal, { id: merged.id })).id).toBe(merged.merged_into_id);
});

it('a correction changes what its source told, and the whole follows', async () => {
  const id = await account('Amended Works');
  const filing = told(id, 'sec-edgar/current-form-d', 'd', { strength: 0.8 });
  await record(told(id, 'press/1', 'round', { strength: 0.4 }), filing);
  const amended = { ...filing, strength: 0.5, summary: 'It was less' };
  await fixture.store.inWorkspace(fixture.workspaceId, (tx) =>
    correctSignal(tx, amended, fixture.clock.now(), scoringPort),
  );
  expect(await shown(id)).toMatchObject([{ summary: 'It was less', strength: 0.6 }]);
  expect((await masses(id))[0]?.value).toBeCloseTo(0.6);
});

const REPORTS = [
  ['sec-edgar/current-form-d', 1, 0.6],
  ['sec-edgar/daily-index', 40, 0.3],
  ['press/1', 12, 0.4],
  ['press/2', 35, 0.5],
  ['press/2', 95, 0.2],
  ['webhook', 30, 0.7],
] as const;

it('the order of arrival, repetition and what comes together change neither signals nor score', async () => {
  const outcomes: unknown[] = [];
  let round = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.shuffledSubarray(
        REPORTS.map((_, at) => at),
        { minLength: REPORTS.length, maxLength: REPORTS.length },
      ),
      fc.array(fc.nat({ max: REPORTS.length - 1 }), { maxLength: 3 }),
      fc.integer({ min: 1, max: 3 }),
      async (order, again, batchSize) => {
        round += 1;
        const id = await account(`Shuffled ${round}`);
        const arriving = [...order, ...again].map((at) => {
          const [source, days, strength] = REPORTS[at] ?? REPORTS[0];
          return told(id, source, String(at), { strength, occurredAt: daysAgo(days) });
        });
        for (let at = 0; at < arriving.length; at += batchSize)
          await record(...arriving.slice(at, at + batchSize));
        const signals = (await shown(id))
          .map(({ summary, strength, occurredAt, toldBy }) => ({ summary, strength, occurredAt, toldBy }))
          .toSorted((a, b) => (a.summary < b.summary ? -1 : 1));
        const [mass] = await masses(id);
        outcomes.push({ signals, mass: mass?.value.toFixed(9), at: mass?.at });
        expect(outcomes.at(-1)).toEqual(outcomes[0]);
      },
    ),
    { numRuns: 12 },
  );
  expect(outcomes[0]).toMatchObject({ signals: [{}, {}, {}] });
});

it('reports of one event that come at once are one signal, without a deadlock', async () => {
  const ids = [await account('At Once A'), await account('At Once B')];
  const sources = ['press/1', 'press/2', 'sec-edgar/current-form-d', 'webhook', 'greenhouse', 'lever'];
  await Promise.all(
    sources.map((source, at) =>
      record(...(at % 2 === 0 ? ids : ids.toReversed()).map((id) => told(id, source, 'once'))),
    ),
  );
  for (const id of ids) {
    const [signal, ...others] = await shown(id);
    expect(others).toEqual([]);
    expect(signal?.toldBy).toHaveLength(sources.length);
    expect((await masses(id))[0]?.value).toBeCloseTo(signal?.strength ?? -1, 9);
  }
  expect(await steps.deadlocks()).toBe(0);
});

it('is listed alike by kind and by account, whatever is asked for', async () => {
  const { store, workspaceId, admin } = fixture;
  const ids = await Promise.all(
    [1, 2, 3].map((n) => account(`Listed ${n}`, { country: n === 3 ? 'DE' : 'US' })),
  );
  await steps.rows(
    `update account set owner_id = $2, employee_count = 300 where id = any($1)`,
    ids,
    admin.id,
  );
  for (const [at, id] of [...ids, ...ids].entries())
    await record(
      told(id, 'press/2', `listed ${at}`, {
        kind: at % 2 === 0 ? 'hiring' : 'funding',
        report: null,
        strength: 0.2 + at / 10,
      }),
    );
  const kinds = ['hiring', 'funding'];
  const asked: Parameter[][] = [
    [kinds, 0, admin.id, null, 100, admin.id, null, null, null, null],
    [['funding'], 0.4, admin.id, null, 100, admin.id, null, 'DE', 200, 1_000],
    [kinds, 0, admin.id, ids[0] ?? '', 2, admin.id, null, null, 200, null],
  ];
  for (const values of asked) {
    const [byKind, byAccount] = await store.inWorkspace(workspaceId, async (tx) => [
      await tx.rows(listByKind, NEWEST.id, ...values),
      await tx.rows(listByAccount, NEWEST.id, ...values),
    ]);
    expect(byKind?.length).toBeGreaterThan(0);
    expect(byAccount).toEqual(byKind);
  }
});

it('merging two accounts joins what was told of both', async () => {
  const texas = await account('Twinfield Dynamics', { country: 'US', region: 'TX' });
  await account('Twinfield Dynamics', { country: 'US', region: 'MA' });
  const found = await fixture.store.inWorkspace(fixture.workspaceId, (tx) =>
    findOrCreateAccount(tx, mentionOf('Twinfield Dynamics Inc'), as()),
  );
  await record(told(texas, 'sec-edgar/current-form-d', 'd', { strength: 0.6 }));
  await record(told(found.accountId, 'press/1', 'round', { strength: 0.5 }));
  await record(told(found.accountId, 'press/1', 'hire', { kind: 'hiring', report: null }));
  const review = (await fixture.run(fixture.admin, listCompanyReviews, {})).items.find(
    ({ name }) => name === 'Twinfield Dynamics Inc',
  );
  invariant(review, 'the question is on the list');
  const answer = answerCompanyReviewOperation({ scoring: scoringPort });
  await fixture.run(fixture.admin, answer, { id: review.id, accountId: texas });
  expect(new Map((await shown(texas)).map(({ kind, strength }) => [kind, strength]))).toEqual(
    new Map([
      ['funding', 0.7],
      ['hiring', 0.5],
    ]),
  );
  expect((await masses(texas)).find(({ kind }) => kind === 'funding')?.value).toBeCloseTo(0.7);
});
