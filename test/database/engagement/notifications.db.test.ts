import { erasePerson } from '@penstock/accounts/operations/manage-personal-data';
import { DEFAULT_PREFERENCES } from '@penstock/engagement/model/notification-preferences';
import {
  countNotifications,
  listNotifications,
  markAllNotifications,
  markNotifications,
} from '@penstock/engagement/operations/read-notifications';
import { newId } from '@penstock/kernel/ids';
import { invariant } from '@penstock/kernel/invariant';
import { scoringPort } from '@penstock/scoring/rescore';
import { saveChampionPolicy } from '@penstock/signals/operations/champion-policy';
import { markChampion } from '@penstock/signals/operations/manage-champions';
import { reportDepartureOperation } from '@penstock/signals/operations/report-departure';
import type { Actor } from '@penstock/workspace/model/actor';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { outsideFixture, type OutsideFixture } from '../outside-fixture.ts';
import { MONDAY, workspaceFixture, type WorkspaceFixture } from '../workspace-fixture.ts';
import { leadSteps } from './lead-steps.ts';
import { notificationSteps } from './notification-steps.ts';

const HOUR_MS = 3_600_000;

let fixture: WorkspaceFixture;
let world: OutsideFixture;
let steps: ReturnType<typeof leadSteps>;
let told: ReturnType<typeof notificationSteps>;
beforeAll(async () => {
  fixture = await workspaceFixture();
  await fixture.crowd();
  world = await outsideFixture(fixture);
  steps = leadSteps(fixture);
  told = notificationSteps(fixture, world);
});
beforeEach(() => told.begin());
afterAll(async () => {
  await world[Symbol.asyncDispose]();
  await fixture[Symbol.asyncDispose]();
});

const happen = (kind: string, payload: object) =>
  steps.rows(
    'insert into outbox_event (workspace_id, id, kind, payload, recorded_at) values ($1, $2, $3, $4, $5)',
    fixture.workspaceId,
    newId(fixture.clock.now()),
    kind,
    payload,
    fixture.clock.now(),
  );

describe('who is told', () => {
  it('whoever owns the account, sells to it or has taken it up, once each, whatever runs twice', async () => {
    const [owner, seller, claimer] = fixture.reps;
    const accountId = await told.accountOf(owner);
    await told.record(accountId, {
      eventKey: 'first',
      occurredAt: new Date(MONDAY.getTime() - 40 * 24 * HOUR_MS),
    });
    await steps.rows(
      `insert into deal (workspace_id, id, account_id, owner_id, name, pipeline_version_id, stage, stage_type, state, value_minor, currency, source, stage_entered_at, created_at, updated_at)
       select $1, $2, $3, $4, 'Deal', d.published_version_id, 'prospecting', 'open', 'active', 1, 'USD', 'inbound', $5, $5, $5 from document d where d.kind = 'pipeline'`,
      fixture.workspaceId,
      newId(MONDAY),
      accountId,
      seller.id,
      MONDAY,
    );
    await steps.rows(
      'update queue_item set claimed_by = $1, claim_expires_at = $2 where account_id = $3',
      claimer.id,
      MONDAY,
      accountId,
    );
    expect(await told.tell()).toBe(0);
    await told.record(accountId);
    const rounds = await Promise.all([told.tell(), told.tell()]);
    expect(rounds.reduce<number>((sum, count) => sum + (count ?? 0), 0)).toBe(3);
    for (const who of [owner, seller, claimer])
      expect(await told.listed(who)).toMatchObject([
        { kind: 'signal', title: 'They raised $5M.', account: { id: accountId }, readAt: null },
      ]);
    expect(await told.listed(fixture.manager)).toEqual([]);
    await steps.rows('update notification_cursor set position = 0');
    await told.tell();
    expect(await told.listed(owner)).toHaveLength(1);
  });

  it('nobody of weak or test signals, nobody who was deactivated, nobody of what they have switched off', async () => {
    const [ada, bo, cy] = fixture.reps;
    await told.prefer(bo, {
      kinds: { ...DEFAULT_PREFERENCES.kinds, signal: { console: false, mail: true, slack: true } },
    });
    await steps.rows('update member set active = false where id = $1', cy.id);
    await told.record(await told.accountOf(ada), { strength: 0.4 });
    await told.record(await told.accountOf(ada), { isTest: true });
    await told.record(await told.accountOf(bo));
    await told.record(await told.accountOf(cy));
    await told.record(await told.accountOf(null));
    expect(await told.tell()).toBe(0);
    await steps.rows('update member set active = true where id = $1', cy.id);
  });

  it('of money those whose role sees it; an alert that closes is over', async () => {
    const alertId = newId(MONDAY);
    await steps.rows(
      `insert into alert (workspace_id, id, kind, subject, about, figures, opened_at, changed_at) values ($1, $2, 'provider_failing', 'x', '{"provider":"hunter","capability":"find-email"}', '{"faults":5}', $3, $3)`,
      fixture.workspaceId,
      alertId,
      MONDAY,
    );
    await happen('alert.opened', { alertId, kind: 'balance_low', subjectId: 'hunter' });
    await told.tell();
    expect(await told.listed(fixture.admin)).toMatchObject([
      { kind: 'alert', title: 'Hunter does not work: 5 faults in a row at find email.', overAt: null },
    ]);
    expect([...(await told.listed(fixture.manager)), ...(await told.listed(fixture.reps[0]))]).toEqual([]);
    await happen('alert.closed', { alertId });
    await told.tell();
    expect(await told.listed(fixture.admin)).toMatchObject([{ overAt: MONDAY.toISOString() }]);
  });

  it('of a missed service level the owner, of nobody’s item the managers, once', async () => {
    await told.tell();
    const leadId = await steps.ask();
    await steps.work(leadId);
    const [item] = await steps.rows<{ id: string; owner_id: string }>(
      'select id, owner_id from queue_item where lead_id = $1',
      leadId,
    );
    invariant(item, 'the lead is in the queue');
    const owner = fixture.reps.find(({ id }) => id === item.owner_id);
    invariant(owner, 'it was routed');
    fixture.clock.advanceMs(4 * 60_000);
    expect(await told.tell()).toBe(0);
    fixture.clock.advanceMs(4 * 60_000);
    await told.tell();
    const levels = async (who: Actor) =>
      (await told.listed(who)).filter(({ kind }) => kind === 'service_level');
    expect(await levels(owner)).toMatchObject([
      {
        title: expect.stringContaining('has waited for more than 5 min'),
        detail: 'Queue “Inbound now”',
        path: `/queue/${item.id}`,
      },
    ]);
    fixture.clock.advanceMs(2 * 60_000);
    await told.tell();
    expect(await levels(owner)).toHaveLength(1);
    await steps.rows('update queue_item set owner_id = null where id = $1', item.id);
    await steps.rows(`delete from notification where kind = 'service_level'`);
    await steps.rows('update notification_cursor set levels_at = $1', MONDAY);
    await told.tell();
    expect([await levels(owner), await levels(fixture.manager)]).toMatchObject([
      [],
      [{ kind: 'service_level' }],
    ]);
  });

  it('of a departure once it is certain, and of an erased person nobody any more', async () => {
    const [ada] = fixture.reps;
    const report = reportDepartureOperation({ scoring: scoringPort });
    await fixture.run(fixture.admin, saveChampionPolicy, {
      note: 'Our interest: keep a relation that exists. Only business contacts; they can object.',
      active: true,
    });
    const email = 'nora.left@leavers.example';
    const leadId = await steps.ask({ name: 'Nora Left', email, company: 'Leavers' });
    const worked = await steps.work(leadId);
    invariant(worked, 'the lead is worked');
    const { personId, accountId } = worked;
    await steps.rows('update account set owner_id = $1 where id = $2', ada.id, accountId);
    await fixture.run(ada, markChampion, { personId, tier: 'key' });
    await fixture.run(fixture.admin, report, { witness: 'vendor', personId, vendor: 'pdl' });
    await told.tell();
    expect((await told.listed(ada)).filter(({ kind }) => kind === 'departure')).toEqual([]);
    await fixture.run(fixture.admin, report, {
      witness: 'bounce',
      personId,
      address: email,
      status: '550 5.1.1',
    });
    await told.tell();
    expect(await told.listed(ada)).toMatchObject([
      { kind: 'departure', title: 'Nora Left has left Leavers', path: expect.stringMatching(/^\/signals\//) },
    ]);
    await fixture.run(fixture.admin, erasePerson, { id: personId, confirmName: 'Nora Left' });
    expect(await told.listed(ada)).toEqual([]);
  });
});

describe('in the console', () => {
  it('they are counted, paged, marked and marked back, one’s own only', async () => {
    const [ada, bo] = fixture.reps;
    for (let at = 0; at < 3; at += 1) await told.record(await told.accountOf(ada));
    await told.tell();
    const { items, nextCursor } = await fixture.run(ada, listNotifications, { limit: 2 });
    const rest = await fixture.run(ada, listNotifications, { limit: 2, cursor: nextCursor });
    expect([items.length, rest.items.length, rest.nextCursor]).toEqual([2, 1, null]);
    const [first] = items;
    invariant(first, 'there is a first one');
    const unread = async () => (await fixture.run(ada, countNotifications, {})).unread;
    expect(await unread()).toBe(3);
    await expect(fixture.run(bo, markNotifications, { ids: [first.id], read: true })).rejects.toThrow(
      /no such notification/,
    );
    await fixture.run(ada, markNotifications, { ids: [first.id], read: true });
    expect([
      await unread(),
      (await fixture.run(ada, listNotifications, { unread: true })).items.length,
    ]).toEqual([2, 2]);
    await fixture.run(ada, markNotifications, { ids: [first.id], read: false });
    expect(await unread()).toBe(3);
    await told.record(await told.accountOf(ada));
    await told.tell();
    expect(await fixture.run(ada, markAllNotifications, { upTo: first.id })).toEqual({ marked: 3 });
    expect(await unread()).toBe(1);
  });
});
