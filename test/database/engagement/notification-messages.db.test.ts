import { sendNotifications } from '@penstock/engagement/notifications/send-messages';
import { connectSlackOperation } from '@penstock/engagement/operations/manage-slack';
import { connectHookOperation, disconnectHook } from '@penstock/engagement/operations/manage-slack-hook';
import { listMutes, muteAccount, unmuteAccount } from '@penstock/engagement/operations/mute-accounts';
import {
  findInSlackOperation,
  readNotificationPreferences,
} from '@penstock/engagement/operations/notification-preferences';
import { markNotifications } from '@penstock/engagement/operations/read-notifications';
import { openVendorSender } from '@penstock/gateway/vendor-sender';
import { armFaultPoint, disarmFaultPoints } from '@penstock/kernel/fault-point';
import { invariant } from '@penstock/kernel/invariant';
import { openText, sealText } from '@penstock/kernel/seal';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { outsideFixture, workerConfiguration, type OutsideFixture } from '../outside-fixture.ts';
import { MONDAY, SECRET_KEY, workspaceFixture, type WorkspaceFixture } from '../workspace-fixture.ts';
import { leadSteps } from './lead-steps.ts';
import { notificationSteps, PUBLIC_URL } from './notification-steps.ts';

const HOUR_MS = 3_600_000;

let fixture: WorkspaceFixture;
let world: OutsideFixture;
let steps: ReturnType<typeof leadSteps>;
let told: ReturnType<typeof notificationSteps>;
let vendors: ReturnType<typeof openVendorSender>;
beforeAll(async () => {
  fixture = await workspaceFixture();
  await fixture.crowd();
  world = await outsideFixture(fixture);
  steps = leadSteps(fixture);
  told = notificationSteps(fixture, world);
  vendors = openVendorSender(workerConfiguration(fixture, world.sandbox), fixture.store, fixture.clock);
});
beforeEach(() => told.begin());
afterEach(() => disarmFaultPoints());
afterAll(async () => {
  await vendors.close();
  await world[Symbol.asyncDispose]();
  await fixture[Symbol.asyncDispose]();
});

describe('a digest', () => {
  it('gathers what was not read, leaves at the hour of the member, once', async () => {
    const [ada] = fixture.reps;
    await told.prefer(ada, { mail: 'daily', mailHour: 8 }, 'America/New_York');
    await told.record(await told.accountOf(ada), { summary: 'Read before it leaves.' });
    await told.tell();
    const [{ id } = { id: '' }] = await told.listed(ada);
    await fixture.run(ada, markNotifications, { ids: [id], read: true });
    await told.record(await told.accountOf(ada));
    await told.record(await told.accountOf(ada), { summary: 'Another one.' });
    await told.tell();
    await told.send();
    expect(world.sandbox.control.outbox()).toEqual([]);
    expect(await told.messages()).toMatchObject([
      { channel: 'mail', state: 'waiting', due_at: new Date('2026-11-23T13:00:00Z') },
    ]);
    fixture.clock.set(new Date('2026-11-23T13:00:00Z'));
    await Promise.all([told.send(), told.send()]);
    const mails = world.sandbox.control.outbox();
    expect(mails).toMatchObject([
      {
        to: ['ada-rep@seller.example'],
        subject: 'Another one. and 1 more',
        text: expect.stringContaining(`${PUBLIC_URL}/signals/`),
      },
    ]);
    expect(mails[0]?.text).not.toContain('Read before');
    await told.send();
    expect(world.sandbox.control.outbox()).toHaveLength(1);
  });

  it('waits for a server that certainly did not take it, and is not sent again where nobody knows', async () => {
    const [ada] = fixture.reps;
    await told.prefer(ada, { mail: 'hourly' });
    world.sandbox.control.scriptSmtp({ fault: 'defer_451' });
    world.sandbox.control.scriptSmtp({ fault: 'crash_after_data' });
    await told.record(await told.accountOf(ada));
    await told.tell();
    fixture.clock.advanceMs(HOUR_MS);
    await told.send();
    expect(await told.messages()).toMatchObject([{ state: 'waiting' }]);
    // What happens meanwhile goes with it.
    await told.record(await told.accountOf(ada));
    await told.tell();
    fixture.clock.advanceMs(HOUR_MS);
    await told.send();
    expect(await told.messages()).toMatchObject([{ state: 'unknown' }]);
    fixture.clock.advanceMs(HOUR_MS);
    await told.send();
    expect(world.sandbox.control.outbox()).toHaveLength(1);
    expect((await fixture.run(ada, readNotificationPreferences, {})).messages).toMatchObject([
      { channel: 'mail', state: 'unknown' },
    ]);
  });

  it('that a dying worker left half done is unknown, and stays so', async () => {
    const [ada] = fixture.reps;
    await told.prefer(ada, { mail: 'hourly' });
    await told.record(await told.accountOf(ada));
    await told.tell();
    fixture.clock.advanceMs(HOUR_MS);
    armFaultPoint('notification.sending', 'throw');
    await expect(told.send()).rejects.toThrow(/fault point/);
    await told.send();
    expect(await told.messages()).toMatchObject([{ state: 'sending' }]);
    fixture.clock.advanceMs(4 * 60_000);
    await told.send();
    await told.send();
    expect(await told.messages()).toMatchObject([{ state: 'unknown', last_code: 'interrupted' }]);
    expect(world.sandbox.control.outbox()).toEqual([]);
  });

  it('is not sent to somebody who was deactivated or has switched it off', async () => {
    const [ada, bo] = fixture.reps;
    for (const who of [ada, bo]) {
      await told.prefer(who, { mail: 'hourly' });
      await told.record(await told.accountOf(who));
    }
    await told.tell();
    await told.prefer(ada, { mail: 'off' });
    await steps.rows('update member set active = false where id = $1', bo.id);
    fixture.clock.advanceMs(HOUR_MS);
    await told.send();
    await steps.rows('update member set active = true where id = $1', bo.id);
    expect([await told.messages(), world.sandbox.control.outbox()]).toEqual([[], []]);
  });
});

describe('Slack', () => {
  const connect = (token = 'xoxb-sandbox-0000') =>
    fixture.run(
      fixture.admin,
      connectSlackOperation({ chat: vendors.chat, seal: (secret) => sealText(SECRET_KEY, secret) }),
      { token },
    );
  const find = findInSlackOperation({
    chatOf: (workspaceId, sealed) => vendors.chat(workspaceId, openText(SECRET_KEY, sealed)),
  });

  it('is connected by a token that Slack takes, and finds people by their address', async () => {
    await expect(fixture.run(fixture.reps[0], find, {})).rejects.toThrow(/not connected/);
    await expect(connect('xoxp-1234567890')).rejects.toThrow(/token: is no bot token/);
    await expect(connect('xoxb-1234567890')).rejects.toThrow(/sandbox takes no real token/);
    world.sandbox.control.failSlack('account_inactive');
    await expect(connect()).rejects.toThrow(/account_inactive.*Nothing was stored/);
    expect(await connect()).toEqual({ team: 'Penstock demo' });
    expect(await fixture.run(fixture.reps[0], find, {})).toEqual({
      slackChannel: expect.stringMatching(/^U0[A-Z0-9]{6}$/),
    });
    const stored = await steps.rows('select secret_sealed from slack_connection');
    expect(JSON.stringify(stored)).not.toContain('xoxb');
  });

  it('is told at once, at the end of quiet hours, and what it was told is not mailed as well', async () => {
    await connect();
    const [ada] = fixture.reps;
    await told.prefer(ada, {
      slackChannel: '#sales',
      mail: 'hourly',
      quiet: { from: 8 * 60, to: 10 * 60 + 30, weekends: false },
    });
    await told.record(await told.accountOf(ada), { summary: 'A & B <raised>.' });
    await told.tell();
    await told.send();
    expect(world.sandbox.control.slack()).toEqual([]);
    fixture.clock.set(new Date('2026-11-23T10:30:00Z'));
    await told.send();
    expect(world.sandbox.control.slack()).toMatchObject([
      { channel: '#sales', text: expect.stringContaining('|A &amp; B &lt;raised&gt;.>') },
    ]);
    fixture.clock.advanceMs(2 * HOUR_MS);
    await told.send();
    expect(world.sandbox.control.outbox()).toEqual([]);
    expect(world.sandbox.control.slack()).toHaveLength(1);
  });

  it('is waited for when it asks for a pause; what it refuses is said, and mailed', async () => {
    await connect();
    const [ada] = fixture.reps;
    await told.prefer(ada, { slackChannel: '#sales', mail: 'hourly' });
    world.sandbox.control.script({ vendor: 'slack', fault: '429_retry_after' });
    await told.record(await told.accountOf(ada));
    await told.tell();
    await told.send();
    expect((await told.messages()).filter(({ channel }) => channel === 'slack')).toMatchObject([
      { state: 'waiting', last_code: 'ratelimited', due_at: new Date(MONDAY.getTime() + 30_000) },
    ]);
    fixture.clock.advanceMs(30_000);
    world.sandbox.control.failSlack('token_revoked');
    await told.send();
    expect(world.sandbox.control.slack()).toEqual([]);
    const { slack, messages } = await fixture.run(ada, readNotificationPreferences, {});
    expect(slack).toMatchObject({ connected: true, fault: 'token_revoked' });
    expect(messages).toContainEqual(
      expect.objectContaining({ channel: 'slack', state: 'failed', code: 'token_revoked' }),
    );
    fixture.clock.advanceMs(HOUR_MS);
    await told.send();
    expect(world.sandbox.control.outbox()).toHaveLength(1);
  });

  it('that took a message and fell silent is not told again', async () => {
    await connect();
    const [ada] = fixture.reps;
    await told.prefer(ada, { slackChannel: 'U0ADA' });
    world.sandbox.control.failSlack('fatal_error');
    await told.record(await told.accountOf(ada));
    await told.tell();
    const [due] = await fixture.store.dueWork.dueMessages(fixture.clock.now(), 1);
    invariant(due, 'it is due');
    expect(await sendNotifications(told.sendDeps, due)).toBe('unknown');
    expect(await sendNotifications(told.sendDeps, due)).toBeNull();
    expect(world.sandbox.control.slack()).toEqual([]);
  });
});

describe('a channel of one’s own', () => {
  const connect = (url: string) => {
    const hook = connectHookOperation({
      hook: vendors.hook,
      seal: (secret) => sealText(SECRET_KEY, secret),
    });
    return fixture.run(fixture.reps[0], hook, { url });
  };
  const at = (bot: string, team = 'T0SANDBOX') =>
    `https://hooks.slack.com/services/${team}/${bot}/sandboxsecret`;

  it('is written to once Slack has taken a first message, and its address is kept encrypted', async () => {
    const [ada] = fixture.reps;
    for (const [url, why] of [
      [at('B0GONE'), /no_service/],
      [at('B0SALES', 'T123'), /sandbox takes no real webhook/],
      ['https://hooks.slack.example/services/T0SANDBOX/B0SALES/sandboxsecret', /no incoming webhook/],
      ['https://hooks.slack.com/services/T0SANDBOX/B0SALES/../../api', /no incoming webhook/],
    ] as const)
      await expect(connect(url)).rejects.toThrow(why);
    expect(await steps.rows('select from slack_hook')).toEqual([]);
    await connect(at('B0SALES'));
    expect(JSON.stringify(await steps.rows('select * from slack_hook'))).not.toContain('sandboxsecret');
    expect(world.sandbox.control.slack()).toMatchObject([
      { channel: 'webhook B0SALES', text: expect.stringContaining('Penstock writes') },
    ]);
    await told.prefer(ada, {});
    await told.record(await told.accountOf(ada), { summary: 'Into a channel of her own.' });
    await told.tell();
    await told.send();
    expect(world.sandbox.control.slack()[0]).toMatchObject({
      channel: 'webhook B0SALES',
      text: expect.stringContaining('Into a channel of her own.'),
    });
    await fixture.run(ada, disconnectHook, {});
    await told.record(await told.accountOf(ada), { summary: 'No more.' });
    await told.tell();
    await told.send();
    expect(world.sandbox.control.slack()).toHaveLength(2);
    await expect(fixture.run(ada, disconnectHook, {})).rejects.toThrow(/No channel/);
  });

  it('that is gone is said, and keeps nobody else from being told', async () => {
    const [ada] = fixture.reps;
    await connect(at('B0SALES'));
    await steps.rows(
      'update slack_hook set secret_sealed = $1',
      sealText(SECRET_KEY, '/services/T0SANDBOX/B0ARCHIVED/x'),
    );
    await told.prefer(ada, {});
    await told.record(await told.accountOf(ada));
    await told.tell();
    await told.send();
    const mine = await fixture.run(ada, readNotificationPreferences, {});
    expect(mine.hook).toEqual({ connected: true, lastFour: 'cret', fault: 'channel_is_archived' });
    expect(mine.messages).toMatchObject([{ channel: 'slack', state: 'failed', code: 'channel_is_archived' }]);
  });
});

describe('an account that a member has muted', () => {
  it('is told to the others, and to them again after its time or once they say so', async () => {
    const [ada] = fixture.reps;
    await told.prefer(ada, { mail: 'daily', mailHour: 8 });
    const loud = await told.accountOf(ada);
    const quiet = await told.accountOf(ada);
    const until = new Date(MONDAY.getTime() + 48 * HOUR_MS);
    // What waits for a digest already is left out of it.
    await told.record(quiet, { summary: 'Waits for the digest.' });
    await told.record(loud, { summary: 'Goes with it.' });
    await told.tell();
    const mute = (when: Date | null) =>
      fixture.run(ada, muteAccount, { accountId: quiet, until: when?.toISOString() ?? null });
    await mute(until);
    fixture.clock.set(new Date(MONDAY.getTime() + 24 * HOUR_MS));
    await told.send();
    expect(world.sandbox.control.outbox()).toMatchObject([
      { subject: expect.stringContaining('Goes with it.') },
    ]);
    await told.record(quiet, { eventKey: 'second', summary: 'While it is muted.' });
    await told.tell();
    const shown = async () => (await told.listed(ada)).map(({ title }) => title).join();
    expect(await shown()).not.toContain('While it is muted.');
    expect((await fixture.run(ada, listMutes, {})).items).toMatchObject([{ accountId: quiet }]);
    fixture.clock.set(new Date(until.getTime() + 1));
    expect((await fixture.run(ada, listMutes, {})).items).toEqual([]);
    await told.record(quiet, { eventKey: 'third', summary: 'After its time.' });
    await told.tell();
    expect(await shown()).toContain('After its time.');
    await mute(null);
    await told.record(quiet, { eventKey: 'fourth', summary: 'Muted for good.' });
    await told.tell();
    await fixture.run(ada, unmuteAccount, { accountId: quiet });
    await told.record(quiet, { eventKey: 'fifth', summary: 'Heard again.' });
    await told.tell();
    expect(await shown()).toContain('Heard again.');
    expect(await shown()).not.toContain('Muted for good.');
  });

  it('refuses what has passed, is not there, or is not muted', async () => {
    const [ada] = fixture.reps;
    const accountId = await told.accountOf(ada);
    const mute = (until: Date | null, id = accountId) =>
      fixture.run(ada, muteAccount, { accountId: id, until: until?.toISOString() ?? null });
    await expect(mute(MONDAY)).rejects.toThrow(/until: has passed/);
    await expect(mute(new Date('2040-01-01T00:00:00Z'))).rejects.toThrow(/three years/);
    await expect(mute(null, fixture.workspaceId)).rejects.toThrow(/no such account/);
    await expect(fixture.run(ada, unmuteAccount, { accountId })).rejects.toThrow(/not muted/);
  });
});
