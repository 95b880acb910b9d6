import { pageOf } from '@penstock/kernel/contract';
import { decodeCursor, encodeCursor, NEWEST, TimePosition } from '@penstock/kernel/page-cursor';
import { statement } from '@penstock/store/statement';
import { query } from '@penstock/workspace/operation';
import { z } from 'zod';

import { LeadRow } from '../contracts.ts';

export type LeadRecord = {
  id: string;
  givenName: string;
  familyName: string;
  email: string;
  company: string;
  intent: z.input<typeof LeadRow>['intent'];
  state: z.input<typeof LeadRow>['state'];
  marks: string[];
  isTest: boolean;
  ownerId: string | null;
  ownerName: string | null;
  accountId: string | null;
  accountName: string | null;
  receivedAt: Date;
  firstHumanTouchAt: Date | null;
};

export const LEAD_COLUMNS = `l.id, l.given_name as "givenName", l.family_name as "familyName", l.email, l.company, l.intent, l.state, l.marks, l.is_test as "isTest",
  l.owner_id as "ownerId", o.name as "ownerName", l.account_id as "accountId", a.name as "accountName", l.received_at as "receivedAt",
  t.occurred_at as "firstHumanTouchAt"`;
export const LEAD_JOINS = `left join member o on o.workspace_id = l.workspace_id and o.id = l.owner_id
  left join account a on a.workspace_id = l.workspace_id and a.id = l.account_id
  left join lead_event t on t.workspace_id = l.workspace_id and t.lead_id = l.id and t.kind = 'first_human_touch'`;

const readLeads = statement<LeadRecord>(
  'read_leads',
  `select ${LEAD_COLUMNS} from lead l ${LEAD_JOINS}
   where l.workspace_id = $1 and ($2::text[] is null or l.owner_id is null or l.owner_id = any($2::text[]))
     and ($3::text <> 'mine' or l.owner_id = $4) and ($3::text <> 'unclaimed' or l.state in ('received', 'routed'))
     and (l.received_at, l.id) < ($5::timestamptz, $6::uuid)
   order by l.received_at desc, l.id desc limit $7`,
);

export function viewLead(row: LeadRecord): z.input<typeof LeadRow> {
  return {
    id: row.id,
    name: `${row.givenName} ${row.familyName}`.trim() || row.email.split('@')[0] || 'Unknown name',
    company: row.company,
    intent: row.intent,
    state: row.state,
    marks: row.marks,
    isTest: row.isTest,
    owner: row.ownerId === null ? null : { id: row.ownerId, name: row.ownerName ?? '' },
    account: row.accountId === null ? null : { id: row.accountId, name: row.accountName ?? '' },
    receivedAt: row.receivedAt,
    firstHumanTouchAt: row.firstHumanTouchAt,
  };
}

/** Newest first. */
export const listLeads = query({
  name: 'leads.list',
  lane: 'hot',
  permission: 'lead.read',
  summary: 'Leads, newest first.',
  input: z.object({
    filter: z.enum(['all', 'mine', 'unclaimed']).default('all'),
    cursor: z.string().max(200).nullish(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  output: pageOf(LeadRow),
  async run({ tx, actor }, input) {
    const after = input.cursor ? decodeCursor(TimePosition, input.cursor) : NEWEST;
    const rows = await tx.rows(
      readLeads,
      actor.visibleOwnerIds,
      input.filter,
      actor.id,
      new Date(after.at),
      after.id,
      input.limit,
    );
    const last = rows.length === input.limit ? rows.at(-1) : undefined;
    return {
      items: rows.map(viewLead),
      nextCursor: last ? encodeCursor({ at: last.receivedAt.toISOString(), id: last.id }) : null,
    };
  },
});
