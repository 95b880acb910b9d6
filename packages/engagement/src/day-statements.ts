import { statement } from '@penstock/store/statement';

type PromiseRow = {
  id: string;
  kind: 'task' | 'next_step';
  title: string;
  accountId: string;
  accountName: string;
  dealId: string | null;
  dueAt: Date;
};

/** Open tasks and booked calls of a member ($2), and next steps of their open deals, that are due until $3; soonest first. */
export const readPromises = statement<PromiseRow>(
  'read_promises_of_member',
  `select * from (
     (select t.id, 'task' as kind, case when t.subject = '' then initcap(t.kind) else t.subject end as title, t.account_id as "accountId", a.name as "accountName",
        t.deal_id as "dealId", t.due_at as "dueAt"
      from activity t join account a on a.workspace_id = t.workspace_id and a.id = t.account_id
      where t.workspace_id = $1 and t.member_id = $2 and t.due_at is not null and t.done_at is null and t.due_at <= $3 order by t.due_at limit $4)
     union all
     (select d.id, 'next_step', d.next_step, d.account_id, a.name, d.id, d.next_step_due_at
      from deal d join account a on a.workspace_id = d.workspace_id and a.id = d.account_id
      where d.workspace_id = $1 and d.owner_id = $2 and d.next_step_due_at is not null and d.next_step <> '' and d.stage_type = 'open' and d.merged_into_id is null
        and not d.is_test and d.next_step_due_at <= $3 order by d.next_step_due_at limit $4)
   ) promises order by "dueAt", id`,
);

export const readZone = statement<{ timeZone: string }>(
  'read_time_zone_of_member',
  `select coalesce((select m.time_zone from member m where m.workspace_id = $1 and m.id = $2), w.time_zone) as "timeZone" from workspace w where w.workspace_id = $1`,
);
