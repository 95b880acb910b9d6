import { createAccount, findOrCreateAccount } from '@penstock/accounts/identify-company';
import { invariant } from '@penstock/kernel/invariant';
import { scoringPort } from '@penstock/scoring/rescore';
import { explainScore } from '@penstock/scoring/operations/explain-score';
import {
  answerCompanyReviewOperation,
  listCompanyReviews,
} from '@penstock/signals/operations/company-reviews';
import { getSignal, judgeSignal, listSignals } from '@penstock/signals/operations/read-signals';
import { recordSignals, type NewSignal } from '@penstock/signals/record-signals';
import { afterAll, beforeAll, expect, it } from 'vitest';

import { leadSteps } from '../engagement/lead-steps.ts';
import { workspaceFixture, type WorkspaceFixture } from '../workspace-fixture.ts';

let fixture: WorkspaceFixture;
let steps: ReturnType<typeof leadSteps>;
beforeAll(async () => {
  fixture = await workspaceFixture();
  steps = leadSteps(fixture);
});
afterAll(() => fixture[Symbol.asyncDispose]());

const answer = answerCompanyReviewOperation({ scoring: scoringPort });
const mentionOf = (name: string, place: { country?: string; region?: string; city?: string } = {}) => ({
  name,
  formerNames: [],
  domain: null,
  ids: [],
  country: null,
  region: null,
  city: null,
  ...place,
});
const as = () =>
  ({ state: 'proposed', origin: 'signal', isTest: false, ownerId: null, now: fixture.clock.now() }) as const;
const account = (name: string, place = {}) =>
  fixture.store.inWorkspace(fixture.workspaceId, (tx) => createAccount(tx, mentionOf(name, place), as()));
const find = (name: string, place = {}) =>
  fixture.store.inWorkspace(fixture.workspaceId, (tx) =>
    findOrCreateAccount(tx, mentionOf(name, place), as()),
  );
const signal = (accountId: string, eventKey: string): NewSignal => ({
  accountId,
  kind: 'funding',
  eventKey,
  strength: 0.6,
  summary: `Told of ${eventKey}`,
  facts: { round: 'A' },
  source: 'test',
  isTest: false,
  occurredAt: fixture.clock.now(),
  evidence: {
    url: 'https://x.example/1',
    quote: 'raised',
    quoteStart: 7,
    context: 'Acme raised money.',
    contentHash: 'h',
    fetchedAt: fixture.clock.now(),
  },
});
const record = (one: NewSignal) =>
  fixture.store.inWorkspace(fixture.workspaceId, (tx) =>
    recordSignals(tx, [one], fixture.clock.now(), scoringPort),
  );
const reviewOf = async (name: string) =>
  (await fixture.run(fixture.admin, listCompanyReviews, {})).items.find((review) => review.name === name);

it('a name with a typing error, another legal form or a common word left out is the same account', async () => {
  const id = await account('Quillfeather Robotics, Inc.', { country: 'US' });
  for (const name of [
    'Quilfeather Robotics',
    'QUILLFEATHER ROBOTICS LLC',
    'Quillfeather Robotics Holdings',
    'Quillfeathre Robotics',
  ])
    expect(await find(name, { country: 'US' }), name).toMatchObject({ accountId: id, created: false });
  expect((await find('Quillfeather Foods', { country: 'US' })).accountId).not.toBe(id);
});

it('two accounts of one name: a person decides, what was told goes over, and the answer is remembered', async () => {
  const boston = await account('Larkspur Dynamics', { country: 'US', region: 'MA', city: 'Boston' });
  await account('Larkspur Dynamics', { country: 'US', region: 'TX', city: 'Austin' });
  const found = await find('Larkspur Dynamics Inc');
  expect(found).toMatchObject({ created: true, because: expect.stringContaining('a person has to settle') });
  await record(signal(found.accountId, 'larkspur/1'));
  expect((await find('Larkspur Dynamics Inc')).accountId).toBe(found.accountId);
  const review = await reviewOf('Larkspur Dynamics Inc');
  invariant(review, 'the question is on the list');
  expect(review).toMatchObject({ told: ['Told of larkspur/1'], candidates: [{ because: 'same name' }, {}] });
  await expect(
    fixture.run(fixture.admin, answer, { id: review.id, accountId: fixture.workspaceId }),
  ).rejects.toThrow(/not one of the candidates/);
  await fixture.run(fixture.reps[0], answer, { id: review.id, accountId: boston });
  expect(await steps.rows('select id from signal where account_id = $1', boston)).toHaveLength(1);
  expect((await fixture.run(fixture.admin, explainScore, { accountId: boston })).signalScore).toBeGreaterThan(
    0,
  );
  expect(
    await steps.rows(`select state from queue_item where account_id = $1 and state = 'open'`, boston),
  ).toHaveLength(1);
  expect((await find('Larkspur Dynamics Inc')).accountId).toBe(boston);
  expect(await record(signal(boston, 'larkspur/1'))).toEqual([]);
  await expect(fixture.run(fixture.admin, answer, { id: review.id, accountId: boston })).rejects.toThrow(
    /settled already/,
  );
});

it('“another company” keeps it apart, for good', async () => {
  await account('Ninefold Labs', { country: 'US' });
  const found = await find('Ninefold Labs', { country: 'DE' });
  expect(found.created).toBe(true);
  const review = await reviewOf('Ninefold Labs');
  invariant(review, 'the question is on the list');
  await fixture.run(fixture.admin, answer, { id: review.id, accountId: null });
  expect(await find('Ninefold Labs', { country: 'DE' })).toMatchObject({
    accountId: found.accountId,
    created: false,
  });
  expect(await reviewOf('Ninefold Labs')).toBeUndefined();
});

it('the feed shows what was told, filtered, page by page; a signal shows its evidence in its place; a rep says what it was worth', async () => {
  const id = await account('Feedwell Systems');
  for (let at = 0; at < 5; at += 1) await record({ ...signal(id, `feed/${at}`), strength: at / 5 + 0.1 });
  await record({ ...signal(id, 'feed/freeze'), kind: 'hiring_freeze' });
  const list = (
    input: Parameters<typeof fixture.run<typeof listSignals.input, typeof listSignals.output, 'hot'>>[2],
  ) => fixture.run(fixture.reps[0], listSignals, input);
  const first = await list({ accountId: id, effect: 'opportunity', minStrength: 0.4, limit: 2 });
  const rest = await list({
    accountId: id,
    effect: 'opportunity',
    minStrength: 0.4,
    limit: 2,
    cursor: first.nextCursor,
  });
  expect([...first.items, ...rest.items].map(({ summary }) => summary)).toEqual([
    'Told of feed/4',
    'Told of feed/3',
    'Told of feed/2',
  ]);
  expect((await list({ accountId: id, effect: 'risk' })).items).toMatchObject([
    { kind: 'hiring_freeze', effect: 'risk' },
  ]);
  expect((await list({ accountId: id, mine: true })).items).toEqual([]);
  const [top] = first.items;
  invariant(top, 'the feed has a first item');
  await fixture.run(fixture.reps[0], judgeSignal, { id: top.id, verdict: 'known' });
  await fixture.run(fixture.reps[0], judgeSignal, { id: top.id, verdict: 'useful' });
  const shown = await fixture.run(fixture.reps[0], getSignal, { id: top.id });
  expect(shown).toMatchObject({
    verdict: 'useful',
    play: expect.stringContaining('Congratulate'),
    facts: { round: 'A' },
    sources: [{ quote: 'raised', quoteStart: 7, context: 'Acme raised money.' }],
  });
  expect((await fixture.run(fixture.reps[1], getSignal, { id: top.id })).verdict).toBeNull();
});
