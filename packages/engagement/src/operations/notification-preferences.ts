import { Done, Instant } from '@penstock/kernel/contract';
import { DomainError } from '@penstock/kernel/domain-error';
import { statement } from '@penstock/store/statement';
import { maybeOne } from '@penstock/store/tx';
import { TimeZone } from '@penstock/workspace/contracts';
import { actorMay } from '@penstock/workspace/model/actor';
import { command, query } from '@penstock/workspace/operation';
import { z } from 'zod';

import type { Chat } from '../chat-port.ts';
import { NOTIFICATION_KINDS } from '../model/notification-kinds.ts';
import { DEFAULT_PREFERENCES, KINDS_TOLD } from '../model/notification-preferences.ts';
import { NotificationPreferences, preferencesOf } from '../notifications/preferences-contract.ts';
import { readSlack } from './manage-slack.ts';
import { readHook } from './manage-slack-hook.ts';
import { memberOf } from './read-notifications.ts';

const readChoice = statement<{ timeZone: string; email: string; body: unknown }>(
  'read_notification_preferences',
  `select m.time_zone as "timeZone", m.email, p.body from member m
   left join notification_preference p on p.workspace_id = m.workspace_id and p.member_id = m.id where m.workspace_id = $1 and m.id = $2`,
);
const saveChoice = statement(
  'save_notification_preferences',
  `with zone as (update member set time_zone = $4 where workspace_id = $1 and id = $2)
   insert into notification_preference (workspace_id, member_id, body, updated_at) values ($1, $2, $3::jsonb, $5)
   on conflict (workspace_id, member_id) do update set body = excluded.body, updated_at = excluded.updated_at`,
);
/** The last message by each way, and the next. */
const lastMessages = statement<{
  channel: 'mail' | 'slack';
  state: z.output<typeof MessageState>;
  code: string;
  at: Date;
}>(
  'read_last_notification_messages',
  `(select distinct on (channel) channel, state, last_code as code, coalesce(settled_at, sending_at, created_at) as at from notification_message
     where workspace_id = $1 and member_id = $2 and state in ('sent', 'failed', 'unknown') order by channel, created_at desc)
   union all
   (select channel, state, last_code, due_at from notification_message where workspace_id = $1 and member_id = $2 and state = 'waiting')`,
);

const MessageState = z.enum(['waiting', 'sending', 'sent', 'failed', 'unknown', 'dropped']);
const Message = z.object({
  channel: z.enum(['mail', 'slack']),
  state: MessageState,
  code: z.string(),
  /** When it leaves if it waits, else what became of it when. */
  at: Instant,
});

export const readNotificationPreferences = query({
  name: 'notifications.preferences',
  lane: 'hot',
  permission: 'queue.read',
  summary: 'Of what the caller is told, by which ways, and when they want to be left alone.',
  input: z.object({}),
  output: z.object({
    preferences: NotificationPreferences,
    timeZone: z.string(),
    email: z.string(),
    /** Kinds that the caller’s role may see. */
    kinds: z.array(z.enum(['signal', 'departure', 'service_level', 'alert'])),
    slack: z.object({ connected: z.boolean(), team: z.string(), fault: z.string() }),
    /** A channel of the caller's own. */
    hook: z.object({ connected: z.boolean(), lastFour: z.string(), fault: z.string() }),
    messages: z.array(Message),
  }),
  async run({ tx, actor }) {
    const found = await maybeOne(tx, readChoice, actor.id);
    const slack = await maybeOne(tx, readSlack);
    const hook = await maybeOne(tx, readHook, actor.id);
    return {
      preferences: found ? preferencesOf(found.body) : DEFAULT_PREFERENCES,
      timeZone: found?.timeZone ?? 'UTC',
      email: found?.email ?? '',
      kinds: KINDS_TOLD.filter((kind) => actorMay(actor, NOTIFICATION_KINDS[kind].needs)),
      slack: { connected: slack !== null, team: slack?.team ?? '', fault: slack?.fault ?? '' },
      hook: { connected: hook !== null, lastFour: hook?.lastFour ?? '', fault: hook?.fault ?? '' },
      messages: await tx.rows(lastMessages, actor.id),
    };
  },
});

export const saveNotificationPreferences = command({
  name: 'notifications.savePreferences',
  lane: 'hot',
  permission: 'queue.read',
  summary: 'Choose of what one is told, by which ways, and when not; with the time zone that it is meant in.',
  input: z.strictObject({ preferences: NotificationPreferences, timeZone: TimeZone }),
  output: Done,
  async run({ tx, actor, now }, { preferences, timeZone }) {
    const memberId = memberOf(actor);
    await tx.rows(saveChoice, memberId, JSON.stringify(preferences), timeZone, now);
    return {
      output: { id: memberId },
      audit: { action: 'notification.preferences_saved', subjectKind: 'member', subjectId: memberId },
      events: [
        { kind: 'notification.changed', payload: { memberId } },
        { kind: 'settings.changed', payload: { what: 'members' } },
      ],
    };
  },
});

/** Who the caller is in Slack, by their address. */
export function findInSlackOperation(deps: { chatOf: (workspaceId: string, secretSealed: string) => Chat }) {
  return command({
    name: 'notifications.findInSlack',
    lane: 'hot',
    permission: 'queue.read',
    summary: 'Look the caller up in the workspace’s Slack by their address.',
    input: z.strictObject({}),
    output: z.object({ slackChannel: z.string() }),
    // Slack is asked before the transaction, not in it.
    async prepare({ store, actor }) {
      const { workspaceId } = actor;
      const memberId = memberOf(actor);
      const { slack, found } = await store.reading(workspaceId, async (tx) => ({
        slack: await maybeOne(tx, readSlack),
        found: await maybeOne(tx, readChoice, memberId),
      }));
      if (!slack || !found)
        throw new DomainError(
          'conflict',
          'Slack is not connected. Ask RevOps to connect it in Settings → Notifications.',
        );
      const answer = await deps.chatOf(workspaceId, slack.secretSealed).findByEmail(found.email);
      if (!answer.ok) throw new DomainError('not_found', notFound(answer.code));
      return { slackChannel: answer.id };
    },
    run({ actor, prepared }) {
      const memberId = memberOf(actor);
      return Promise.resolve({
        output: prepared,
        audit: { action: 'notification.found_in_slack', subjectKind: 'member', subjectId: memberId },
      });
    },
  });
}

const notFound = (code: string): string =>
  code === 'users_not_found'
    ? 'Nobody in Slack has your address. Enter your member id: your profile in Slack → ⋮ → Copy member ID.'
    : `Slack answers: ${code}. Try again later, or ask RevOps to connect Slack anew.`;
