import { Done, Instant, InstantInput } from '@penstock/kernel/contract';
import { DomainError } from '@penstock/kernel/domain-error';
import { statement } from '@penstock/store/statement';
import { maybeOne } from '@penstock/store/tx';
import { command, query } from '@penstock/workspace/operation';
import { z } from 'zod';

import { showOf } from '../notifications/tell-members.ts';
import { memberOf } from './read-notifications.ts';

const readMutes = statement<{ accountId: string; accountName: string; until: Date | null }>(
  'read_notification_mutes',
  `select u.account_id as "accountId", a.name as "accountName", u.until from notification_mute u
   join account a on a.workspace_id = u.workspace_id and a.id = u.account_id
   where u.workspace_id = $1 and u.member_id = $2 and (u.until is null or u.until > $3::timestamptz) order by a.name limit 1000`,
);
const accountThere = statement<{ id: string }>(
  'account_to_mute',
  `select id from account where workspace_id = $1 and id = $2 and merged_into_id is null`,
);
const saveMute = statement(
  'save_notification_mute',
  `insert into notification_mute (workspace_id, member_id, account_id, until, created_at) values ($1, $2, $3, $4, $5)
   on conflict (workspace_id, member_id, account_id) do update set until = excluded.until`,
);
const dropMute = statement<{ accountId: string }>(
  'drop_notification_mute',
  'delete from notification_mute where workspace_id = $1 and member_id = $2 and account_id = $3 returning account_id as "accountId"',
);
/** Those that have ended. */
const forgetMutes = statement(
  'forget_notification_mutes',
  'delete from notification_mute where workspace_id = $1 and member_id = $2 and until <= $3::timestamptz',
);

const LONGEST_MS = 3 * 366 * 86_400_000;

export const listMutes = query({
  name: 'notifications.mutes',
  lane: 'hot',
  permission: 'queue.read',
  summary: 'Accounts of whose news the caller is not told.',
  input: z.object({}),
  output: z.object({
    items: z.array(z.object({ accountId: z.string(), accountName: z.string(), until: Instant.nullable() })),
  }),
  run: async ({ tx, actor, now }) => ({ items: await tx.rows(readMutes, memberOf(actor), now) }),
});

export const muteAccount = command({
  name: 'notifications.mute',
  lane: 'hot',
  permission: 'queue.read',
  summary:
    'Not be told of the signals and departures of an account, until a moment or for good. Missed service levels are told all the same.',
  input: z.strictObject({ accountId: z.uuid(), until: InstantInput.nullable() }),
  output: Done,
  async run({ tx, actor, now }, { accountId, until }) {
    const memberId = memberOf(actor);
    if (until !== null && until <= now)
      throw new DomainError('invalid', 'until: has passed already. Choose a later moment, or none for good.');
    if (until !== null && until.getTime() > now.getTime() + LONGEST_MS)
      throw new DomainError('invalid', 'until: is more than three years away. Send none for good.');
    if (!(await maybeOne(tx, accountThere, accountId)))
      throw new DomainError('not_found', 'accountId: there is no such account.');
    await tx.rows(forgetMutes, memberId, now);
    await tx.rows(saveMute, memberId, accountId, until, now);
    await showOf(tx, [memberId], now);
    return {
      output: { id: accountId },
      audit: { action: 'notification.muted', subjectKind: 'account', subjectId: accountId },
    };
  },
});

export const unmuteAccount = command({
  name: 'notifications.unmute',
  lane: 'hot',
  permission: 'queue.read',
  summary: 'Be told of an account again. What happened meanwhile is not told afterwards.',
  input: z.strictObject({ accountId: z.uuid() }),
  output: Done,
  async run({ tx, actor, now }, { accountId }) {
    const memberId = memberOf(actor);
    if (!(await maybeOne(tx, dropMute, memberId, accountId)))
      throw new DomainError('not_found', 'accountId: this account is not muted.');
    await showOf(tx, [memberId], now);
    return {
      output: { id: accountId },
      audit: { action: 'notification.unmuted', subjectKind: 'account', subjectId: accountId },
    };
  },
});
