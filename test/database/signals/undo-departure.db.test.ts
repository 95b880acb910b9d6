import { isSuppressed, suppress } from '@penstock/accounts/suppression';
import { getAccount } from '@penstock/accounts/operations/read-accounts';
import { recordConversion } from '@penstock/engagement/first-touch';
import { invariant } from '@penstock/kernel/invariant';
import { createDealOperation } from '@penstock/pipeline/operations/create-deal';
import { getDeal } from '@penstock/pipeline/operations/get-deal';
import { explainScore } from '@penstock/scoring/operations/explain-score';
import { scoringPort } from '@penstock/scoring/rescore';
import { saveChampionPolicy } from '@penstock/signals/operations/champion-policy';
import { markChampion } from '@penstock/signals/operations/manage-champions';
import { getSignal, listSignals } from '@penstock/signals/operations/read-signals';
import { reportDepartureOperation } from '@penstock/signals/operations/report-departure';
import { undoDepartureOperation } from '@penstock/signals/operations/undo-departure';
import { afterAll, beforeAll, expect, it } from 'vitest';

import { leadSteps } from '../engagement/lead-steps.ts';
import { notificationSteps } from '../engagement/notification-steps.ts';
import { outsideFixture, type OutsideFixture } from '../outside-fixture.ts';
import { workspaceFixture, type WorkspaceFixture } from '../workspace-fixture.ts';

const report = reportDepartureOperation({ scoring: scoringPort });
const undo = undoDepartureOperation({ scoring: scoringPort });
const createDeal = createDealOperation({ onLeadConverted: recordConversion });
const OLD = 'olive.back@olives.example';
const NEW = 'olive@pressers.example';

let fixture: WorkspaceFixture;
let world: OutsideFixture;
let steps: ReturnType<typeof leadSteps>;
let told: ReturnType<typeof notificationSteps>;
beforeAll(async () => {
  fixture = await workspaceFixture();
  world = await outsideFixture(fixture);
  steps = leadSteps(fixture);
  told = notificationSteps(fixture, world);
  await fixture.run(fixture.admin, saveChampionPolicy, {
    note: 'Our interest: keep a relation that exists. Only business contacts; they can object.',
    active: true,
  });
});
afterAll(async () => {
  await world[Symbol.asyncDispose]();
  await fixture[Symbol.asyncDispose]();
});

const suppressed = (address: string) =>
  fixture.store.inWorkspace(fixture.workspaceId, (tx) => isSuppressed(tx, address));
const departureOf = async (accountId: string) => {
  const { items } = await fixture.run(fixture.admin, listSignals, { accountId });
  const signal = items.find(({ source }) => source === 'champions');
  invariant(signal, 'the account has a signal of a champion');
  return fixture.run(fixture.admin, getSignal, { id: signal.id });
};

it('takes a departure back with all that followed, and keeps what was said; somebody new may be believed again', async () => {
  const [ada] = fixture.reps;
  const leadId = await steps.ask({ name: 'Olive Back', email: OLD, company: 'Olives' });
  const worked = await steps.work(leadId);
  invariant(worked, 'the lead is worked');
  const { personId, accountId } = worked;
  await steps.rows('update account set owner_id = $1 where id = $2', ada.id, accountId);
  await fixture.run(ada, markChampion, { personId, tier: 'key' });
  const { id: dealId } = await fixture.run(ada, createDeal, {
    accountId,
    personId,
    name: 'A deal',
    valueMinor: 1,
    nextStep: 'Call',
    source: 'outbound',
  });
  const risk = async () => (await fixture.run(ada, getDeal, { id: dealId })).riskParts.map(({ key }) => key);
  const before = { risk: await risk(), score: await fixture.run(fixture.admin, explainScore, { accountId }) };
  await told.tell();
  fixture.clock.advanceMs(60_000);
  await fixture.run(fixture.admin, report, {
    witness: 'bounce',
    personId,
    address: OLD,
    status: '550 5.1.1 no such user',
  });
  await fixture.run(fixture.admin, report, {
    witness: 'vendor',
    personId,
    vendor: 'pdl',
    newCompany: 'Pressers',
    newDomain: 'pressers.example',
    newTitle: 'CFO',
    newEmail: NEW,
  });
  await told.tell();
  expect(await risk()).toContain('champion_departure');
  const { id: signalId, departure } = await departureOf(accountId);
  const newAccountId = departure?.to?.id ?? '';
  expect(await steps.rows('select state from queue_item where account_id = $1', newAccountId)).toEqual([
    { state: 'open' },
  ]);

  const id = departure?.id ?? '';
  await fixture.run(ada, undo, { id });
  await expect(fixture.run(ada, undo, { id })).rejects.toThrow(/taken back already/);
  expect([await risk(), await suppressed(OLD)]).toEqual([before.risk, false]);
  const { items } = await fixture
    .run(fixture.admin, explainScore, { accountId })
    .then(({ contributions }) => ({ items: contributions }));
  expect(items.map(({ kind }) => kind)).toEqual(before.score.contributions.map(({ kind }) => kind));
  expect(await steps.rows('select state from queue_item where account_id = $1', newAccountId)).toEqual([
    { state: 'done' },
  ]);
  expect(await steps.rows('select state from account where id = $1', newAccountId)).toEqual([
    { state: 'dismissed' },
  ]);
  expect((await fixture.run(fixture.admin, getAccount, { id: newAccountId })).people).toEqual([]);
  expect(
    await steps.rows(
      'select left_at, c.state from person p join champion c on c.person_id = p.id where p.id = $1',
      personId,
    ),
  ).toEqual([{ left_at: null, state: 'watched' }]);
  expect(await fixture.run(fixture.admin, getSignal, { id: signalId })).toMatchObject({
    withdrawn: true,
    departure: { undone: { by: 'Ada Rep' }, words: [{ witness: 'bounce' }, { witness: 'vendor' }] },
  });
  await told.tell();
  expect((await told.listed(ada)).filter(({ kind }) => kind === 'departure')).toMatchObject([
    { title: 'It is not so that Olive Back has left Olives', readAt: null },
  ]);

  expect(
    (await fixture.run(fixture.admin, report, { witness: 'vendor', personId, vendor: 'pdl' })).outcome,
  ).toBe('repeated');
  fixture.clock.advanceMs(60_000);
  const again = await fixture.run(fixture.admin, report, {
    witness: 'auto_reply',
    email: OLD,
    address: OLD,
    text: 'Olive has left the company.',
  });
  expect([again.outcome, await suppressed(OLD)]).toEqual(['confirmed', true]);
  expect(await risk()).toContain('champion_departure');
  await told.tell();
  expect((await told.listed(ada)).filter(({ kind }) => kind === 'departure')).toMatchObject([
    { title: 'Olive Back has left Olives', overAt: null },
  ]);
});

it('leaves alone what spoke against an address for another reason', async () => {
  const [ada] = fixture.reps;
  const email = 'una.subscribed@unsubs.example';
  const leadId = await steps.ask({ name: 'Una Subscribed', email, company: 'Unsubs' });
  const worked = await steps.work(leadId);
  invariant(worked, 'the lead is worked');
  const { store, workspaceId, clock } = fixture;
  await fixture.run(ada, markChampion, { personId: worked.personId, tier: 'key' });
  await store.inWorkspace(workspaceId, (tx) => suppress(tx, [email], 'unsubscribed', clock.now()));
  const { departureId } = await fixture.run(fixture.admin, report, {
    witness: 'bounce',
    personId: worked.personId,
    address: email,
    status: '550 5.1.1',
  });
  await fixture.run(ada, undo, { id: departureId ?? '' });
  expect(await suppressed(email)).toBe(true);
});
