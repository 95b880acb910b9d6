import { Done } from '@penstock/kernel/contract';
import { DomainError } from '@penstock/kernel/domain-error';
import { statement } from '@penstock/store/statement';
import { maybeOne, one } from '@penstock/store/tx';
import { command } from '@penstock/workspace/operation';
import { z } from 'zod';

import type { ChatHook } from '../chat-port.ts';
import { kindOfWorkspace } from './manage-slack.ts';
import { memberOf } from './read-notifications.ts';

export const readHook = statement<{ lastFour: string; fault: string }>(
  'read_slack_hook',
  'select last_four as "lastFour", fault from slack_hook where workspace_id = $1 and member_id = $2',
);
const saveHook = statement(
  'save_slack_hook',
  `insert into slack_hook (workspace_id, member_id, secret_sealed, last_four, saved_at) values ($1, $2, $3, $4, $5)
   on conflict (workspace_id, member_id) do update set secret_sealed = excluded.secret_sealed, last_four = excluded.last_four, fault = '', saved_at = excluded.saved_at`,
);
const dropHook = statement<{ memberId: string }>(
  'drop_slack_hook',
  'delete from slack_hook where workspace_id = $1 and member_id = $2 returning member_id as "memberId"',
);

const ADDRESS =
  /^https:\/\/hooks\.slack\.com(\/services\/T[A-Z0-9]{2,20}\/B[A-Z0-9]{2,20}\/[A-Za-z0-9]{8,60})$/;
const SANDBOX = /\/services\/T0SANDBOX\//;
const HELLO =
  'Penstock writes to this channel from now on: news of accounts, as chosen in Settings → Notifications.';

/** A channel of the caller's own, by its incoming webhook; kept once Slack has taken a first message. */
export function connectHookOperation(deps: {
  hook: (workspaceId: string, path: string) => ChatHook;
  seal: (secret: string) => string;
}) {
  return command({
    name: 'notifications.connectHook',
    lane: 'hot',
    permission: 'queue.read',
    summary:
      'Be told in a channel of one’s own in Slack, by the address of its incoming webhook. A first message is written there; the address is kept encrypted.',
    input: z.strictObject({
      url: z
        .string()
        .trim()
        .max(300)
        .regex(
          ADDRESS,
          'is no incoming webhook of Slack: those begin with https://hooks.slack.com/services/T',
        ),
    }),
    output: Done,
    // Slack is asked before the transaction, not in it.
    async prepare({ store, actor }, { url }) {
      memberOf(actor);
      const { workspaceId } = actor;
      const { kind } = await store.reading(workspaceId, (tx) => one(tx, kindOfWorkspace));
      if ((kind === 'sandbox') !== SANDBOX.test(url))
        throw new DomainError(
          kind === 'sandbox' ? 'sandbox_only' : 'invalid',
          kind === 'sandbox'
            ? 'The sandbox takes no real webhook. Use https://hooks.slack.com/services/T0SANDBOX/B0SALES/sandboxsecret.'
            : 'url: is one of the sandbox. Copy the address of your own webhook from Slack.',
        );
      const path = pathOf(url);
      const told = await deps.hook(workspaceId, path).post(HELLO);
      if (told.outcome !== 'accepted')
        throw new DomainError('invalid', `url: Slack does not take it (${told.code}). Nothing was stored.`, {
          issues: [
            {
              field: 'url',
              problem: `is refused: ${told.code}`,
              remedy: 'Copy it anew from the app’s page in Slack, or try again later.',
            },
          ],
        });
      return { sealed: deps.seal(path) };
    },
    async run({ tx, actor, now, prepared: { sealed } }, { url }) {
      const memberId = memberOf(actor);
      await tx.rows(saveHook, memberId, sealed, url.slice(-4), now);
      return {
        output: { id: memberId },
        audit: { action: 'slack.hook_connected', subjectKind: 'member', subjectId: memberId },
        events: [{ kind: 'notification.changed', payload: { memberId } }],
      };
    },
  });
}

const pathOf = (url: string): string => ADDRESS.exec(url)?.[1] ?? '';

export const disconnectHook = command({
  name: 'notifications.disconnectHook',
  lane: 'hot',
  permission: 'queue.read',
  summary: 'Forget the caller’s own channel in Slack.',
  input: z.strictObject({}),
  output: Done,
  async run({ tx, actor }) {
    const memberId = memberOf(actor);
    if (!(await maybeOne(tx, dropHook, memberId)))
      throw new DomainError('not_found', 'No channel of yours is connected.');
    return {
      output: { id: memberId },
      audit: { action: 'slack.hook_disconnected', subjectKind: 'member', subjectId: memberId },
      events: [{ kind: 'notification.changed', payload: { memberId } }],
    };
  },
});
