import { DomainError } from '@penstock/kernel/domain-error';
import { newId } from '@penstock/kernel/ids';
import { Done, plainText } from '@penstock/kernel/contract';
import { statement } from '@penstock/store/statement';
import { maybeOne, one } from '@penstock/store/tx';
import { z } from 'zod';

import { actorMay } from '../model/actor.ts';
import { command, query } from '../operation.ts';

/** Pages whose address holds a view. */
const PAGES = ['queue', 'leads', 'signals', 'accounts', 'pipeline'] as const;
const MOST_VIEWS = 100;

/** What stands in the address of a page; the page takes of it what it knows. */
const Search = z
  .record(z.string().max(40), z.union([z.string().max(200), z.number(), z.boolean()]))
  .refine((search) => Object.keys(search).length <= 20, 'holds more than 20 settings');
const Page = z.enum(PAGES);

type Row = {
  id: string;
  name: string;
  search: z.output<typeof Search>;
  shared: boolean;
  memberId: string;
  by: string;
};
const readViews = statement<Row>(
  'read_saved_views',
  `select v.id, v.name, v.search, v.shared, v.member_id as "memberId", m.name as by
   from saved_view v join member m on m.workspace_id = v.workspace_id and m.id = v.member_id
   where v.workspace_id = $1 and v.page = $2 and (v.member_id = $3 or v.shared) order by v.member_id <> $3, lower(v.name), v.id limit ${MOST_VIEWS * 2}`,
);
const saveRow = statement<{ id: string }>(
  'save_view',
  `insert into saved_view (workspace_id, id, member_id, page, name, search, shared, created_at, updated_at) values ($1, $2, $3, $4, $5, $6::jsonb, $7, $8, $8)
   on conflict (workspace_id, member_id, page, lower(name)) do update set name = excluded.name, search = excluded.search, shared = excluded.shared, updated_at = excluded.updated_at
   returning id`,
);
const countViews = statement<{ count: number }>(
  'count_saved_views',
  'select count(*)::int as count from saved_view where workspace_id = $1 and member_id = $2 and page = $3',
);
const removeRow = statement<{ id: string }>(
  'remove_view',
  'delete from saved_view where workspace_id = $1 and id = $2 and (member_id = $3 or (shared and $4)) returning id',
);

/** One's own views of a page, then those that others share. */
export const listViews = query({
  name: 'views.list',
  lane: 'hot',
  permission: 'queue.read',
  summary: 'The saved views of a page: one’s own, then those that others share.',
  input: z.object({ page: Page }),
  output: z.object({
    items: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        search: Search,
        shared: z.boolean(),
        mine: z.boolean(),
        by: z.string(),
        /** Whether this caller may take it away. */
        removable: z.boolean(),
      }),
    ),
  }),
  async run({ tx, actor }, { page }) {
    const rows = await tx.rows(readViews, page, actor.id);
    const tidies = actorMay(actor, 'icp.edit');
    return {
      items: rows.map(({ memberId, ...view }) => {
        const mine = memberId === actor.id;
        return { ...view, mine, removable: mine || tidies };
      }),
    };
  },
});

export const saveView = command({
  name: 'views.save',
  lane: 'hot',
  permission: 'queue.read',
  summary: 'Give a view of a page a name, for oneself or for everybody; the same name replaces it.',
  input: z.object({
    page: Page,
    name: plainText(60).pipe(z.string().min(1, 'is missing')),
    search: Search,
    shared: z.boolean().default(false),
  }),
  output: Done,
  async run({ tx, actor, now }, { page, name, search, shared }) {
    if (actor.kind !== 'member')
      throw new DomainError('forbidden', 'Only a person can save a view. Sign in as a member.');
    if ((await one(tx, countViews, actor.id, page)).count >= MOST_VIEWS)
      throw new DomainError('conflict', `You have ${MOST_VIEWS} views of this page. Remove one first.`);
    const saved = await one(
      tx,
      saveRow,
      newId(now),
      actor.id,
      page,
      name,
      JSON.stringify(search),
      shared,
      now,
    );
    return {
      output: saved,
      audit: {
        action: 'view.saved',
        subjectKind: 'saved_view',
        subjectId: saved.id,
        detail: { page, shared },
      },
      events: [{ kind: 'settings.changed', payload: { what: 'views' } }],
    };
  },
});

export const removeView = command({
  name: 'views.remove',
  lane: 'hot',
  permission: 'queue.read',
  summary: 'Take a saved view away: one’s own, or as RevOps any shared one.',
  input: z.object({ id: z.uuid() }),
  output: Done,
  async run({ tx, actor }, { id }) {
    if (!(await maybeOne(tx, removeRow, id, actor.id, actorMay(actor, 'icp.edit'))))
      throw new DomainError('not_found', 'There is no such view, or it is somebody else’s.');
    return {
      output: { id },
      audit: { action: 'view.removed', subjectKind: 'saved_view', subjectId: id },
      events: [{ kind: 'settings.changed', payload: { what: 'views' } }],
    };
  },
});
