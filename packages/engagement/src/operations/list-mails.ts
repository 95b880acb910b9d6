import { statement } from '@penstock/store/statement';
import { query } from '@penstock/workspace/operation';
import { z } from 'zod';

import { MailRow } from '../contracts.ts';

const readMails = statement<z.input<typeof MailRow>>(
  'read_outgoing_mails',
  `select id, purpose, lead_id as "leadId", queue_item_id as "queueItemId", state, from_name as "fromName", to_name as "toName", to_address as "toAddress", subject, body_text as "bodyText",
     last_code as "lastCode", created_at as "createdAt", settled_at as "settledAt"
   from outgoing_mail where workspace_id = $1 and ($2::text[] is null or member_id = any($2::text[])) order by created_at desc, id desc limit 200`,
);

export const listMails = query({
  name: 'mails.list',
  lane: 'hot',
  permission: 'outbox.read',
  summary: 'The last 200 outgoing mails with what is known of their fate.',
  input: z.object({}),
  output: z.object({ items: z.array(MailRow) }),
  run: async ({ tx, actor }) => ({ items: await tx.rows(readMails, actor.visibleOwnerIds) }),
});
