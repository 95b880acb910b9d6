import { Done } from '@penstock/kernel/contract';
import { DomainError } from '@penstock/kernel/domain-error';
import { statement } from '@penstock/store/statement';
import { maybeOne, one } from '@penstock/store/tx';
import { command } from '@penstock/workspace/operation';
import { z } from 'zod';

import type { Chat } from '../chat-port.ts';

export type SlackRow = { secretSealed: string; team: string; fault: string };
export const readSlack = statement<SlackRow>(
  'read_slack_connection',
  'select secret_sealed as "secretSealed", team, fault from slack_connection where workspace_id = $1',
);
const saveSlack = statement(
  'save_slack_connection',
  `insert into slack_connection (workspace_id, secret_sealed, last_four, team, saved_by, saved_at) values ($1, $2, $3, $4, $5, $6)
   on conflict (workspace_id) do update set secret_sealed = excluded.secret_sealed, last_four = excluded.last_four, team = excluded.team, fault = '',
     saved_by = excluded.saved_by, saved_at = excluded.saved_at`,
);
const dropSlack = statement<{ team: string }>(
  'drop_slack_connection',
  'delete from slack_connection where workspace_id = $1 returning team',
);
export const kindOfWorkspace = statement<{ kind: 'sandbox' | 'real' }>(
  'read_kind_for_slack',
  'select kind from workspace where workspace_id = $1',
);

const SANDBOX_TOKEN = /^xoxb-sandbox-/;
const changed = [{ kind: 'settings.changed', payload: { what: 'slack' } }] as const;

/** The token of the workspace's own app in Slack, kept once Slack has taken it. */
export function connectSlackOperation(deps: {
  chat: (workspaceId: string, token: string) => Chat;
  seal: (secret: string) => string;
}) {
  return command({
    name: 'notifications.connectSlack',
    lane: 'hot',
    permission: 'providers.manage',
    summary:
      'Connect the workspace to Slack by the bot token of an app with chat:write, im:write and users:read.email. It is kept encrypted once Slack takes it.',
    input: z.strictObject({
      token: z
        .string()
        .trim()
        .max(300)
        .regex(/^xoxb-[A-Za-z0-9-]{8,}$/, 'is no bot token: those begin with xoxb-'),
    }),
    output: z.object({ team: z.string() }),
    // Slack is asked before the transaction, not in it.
    async prepare({ store, actor: { workspaceId } }, { token }) {
      const { kind } = await store.reading(workspaceId, (tx) => one(tx, kindOfWorkspace));
      if ((kind === 'sandbox') !== SANDBOX_TOKEN.test(token))
        throw new DomainError(
          kind === 'sandbox' ? 'sandbox_only' : 'invalid',
          kind === 'sandbox'
            ? 'The sandbox takes no real token. Use one that begins with "xoxb-sandbox-", or make a real workspace.'
            : 'token: is one of the sandbox. Copy the bot token of your own app from Slack.',
        );
      const answer = await deps.chat(workspaceId, token).check();
      if (!answer.ok)
        throw new DomainError(
          'invalid',
          `token: Slack does not take it (${answer.code}). Nothing was stored.`,
          {
            issues: [
              {
                field: 'token',
                problem: `is refused: ${answer.code}`,
                remedy: 'Copy it anew from the app’s page in Slack.',
              },
            ],
          },
        );
      return { team: answer.team };
    },
    async run({ tx, actor, now, prepared: { team } }, { token }) {
      await tx.rows(saveSlack, deps.seal(token), token.slice(-4), team, actor.id, now);
      return {
        output: { team },
        audit: { action: 'slack.connected', subjectKind: 'workspace', subjectId: tx.workspaceId },
        events: changed,
      };
    },
  });
}

export const disconnectSlack = command({
  name: 'notifications.disconnectSlack',
  lane: 'hot',
  permission: 'providers.manage',
  summary: 'Forget the token of Slack. What waits to be told there is not.',
  input: z.strictObject({}),
  output: Done,
  async run({ tx }) {
    if (!(await maybeOne(tx, dropSlack))) throw new DomainError('not_found', 'Slack is not connected.');
    return {
      output: { id: tx.workspaceId },
      audit: { action: 'slack.disconnected', subjectKind: 'workspace', subjectId: tx.workspaceId },
      events: changed,
    };
  },
});
