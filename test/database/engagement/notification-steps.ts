import { DEFAULT_PREFERENCES, type Preferences } from '@penstock/engagement/model/notification-preferences';
import { sendDueNotifications } from '@penstock/engagement/notifications/send-messages';
import { tellOfEvents } from '@penstock/engagement/notifications/tell-of-events';
import { saveNotificationPreferences } from '@penstock/engagement/operations/notification-preferences';
import { listNotifications } from '@penstock/engagement/operations/read-notifications';
import { newId } from '@penstock/kernel/ids';
import { scoringPort } from '@penstock/scoring/rescore';
import { recordSignals, type NewSignal } from '@penstock/signals/record-signals';
import type { Actor } from '@penstock/workspace/model/actor';

import type { OutsideFixture } from '../outside-fixture.ts';
import { MONDAY, type WorkspaceFixture } from '../workspace-fixture.ts';
import { leadSteps } from './lead-steps.ts';

export const PUBLIC_URL = 'https://penstock.example';

let made = 0;

/** Steps of what members are told, for a workspace. */
export function notificationSteps(fixture: WorkspaceFixture, world: OutsideFixture) {
  const { store, workspaceId, clock } = fixture;
  const { rows } = leadSteps(fixture);
  const sendDeps = {
    store,
    clock,
    mailFor: world.outside.mailFor,
    chatFor: world.outside.chatFor,
    hookFor: world.outside.hookFor,
    publicUrl: PUBLIC_URL,
  };
  /** One round of the worker, once the relay has numbered what was committed. */
  const tell = async (): Promise<number | null> => {
    while ((await store.dueWork.numberEvents(1_000)).numbered > 0);
    return tellOfEvents({ store, clock }, workspaceId, await store.dueWork.lastPosition());
  };
  return {
    sendDeps,
    tell,
    send: () => sendDueNotifications(sendDeps),
    /** Everything so far is told, and forgotten. */
    async begin(): Promise<void> {
      await tell();
      for (const table of [
        'notification',
        'notification_message',
        'notification_preference',
        'notification_mute',
        'slack_hook',
      ])
        await rows(`delete from ${table}`);
      clock.set(MONDAY);
      world.sandbox.control.reset();
    },
    /** An account of a member's own. */
    async accountOf(owner: Actor | null): Promise<string> {
      made += 1;
      const id = newId(MONDAY);
      const data = {
        workspaceId,
        id,
        name: `Account ${made}`,
        ownerId: owner?.id ?? null,
        state: 'active',
        origin: 'manual',
        createdAt: MONDAY,
        updatedAt: MONDAY,
      };
      await store.withRecords(workspaceId, ({ db }) => db.account.create({ data }));
      return id;
    },
    record: (accountId: string, more: Partial<NewSignal> = {}) => {
      const signal: NewSignal = {
        accountId,
        kind: 'funding',
        eventKey: `event/${accountId}`,
        strength: 0.7,
        summary: 'They raised $5M.',
        facts: {},
        source: 'test',
        isTest: false,
        occurredAt: clock.now(),
        evidence: null,
        ...more,
      };
      return store.inWorkspace(workspaceId, (tx) => recordSignals(tx, [signal], clock.now(), scoringPort));
    },
    listed: async (who: Actor) => (await fixture.run(who, listNotifications, {})).items,
    prefer: (who: Actor, more: Partial<Preferences>, timeZone = 'UTC') =>
      fixture.run(who, saveNotificationPreferences, {
        preferences: {
          ...DEFAULT_PREFERENCES,
          quiet: { from: null, to: null, weekends: false },
          ...more,
        },
        timeZone,
      }),
    messages: () =>
      rows<{ channel: string; state: string; last_code: string; due_at: Date | null }>(
        `select channel, state, last_code, due_at from notification_message where state <> 'dropped' order by created_at, id`,
      ),
  };
}
