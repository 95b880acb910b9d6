import { namesOfAccount } from '@penstock/accounts/item-names';
import { statement } from '@penstock/store/statement';

import { boundOf, downTheBound, lowerBoundTo } from './bound-slots.ts';
import type { Standing } from './model/priority.ts';
import { IN_FORCE, STANDING } from './standing-statements.ts';

/** What an item is ranked by. */
export type RankedRow = Standing & {
  id: string;
  band: number;
  bound: number;
  /** When the bound was last set by a change of the item or its account. */
  boundAt: Date;
  fit: number | null;
  kinds: string[] | null;
  values: number[] | null;
  halfLives: number[] | null;
  at: Date[] | null;
  /** Whether its account has an open deal; false where nobody asked. */
  hasOpenDeal: boolean;
  ownerId: string | null;
  claimedBy: string | null;
  /** Of its owner; null where nobody asked, as is the country of its account. */
  teamId: string | null;
  country: string | null;
  /** Lists of its account; empty where nobody asked. */
  lists: string[];
};

export type ShownRow = {
  id: string;
  state: 'open' | 'snoozed' | 'done';
  reason: string;
  passedReason: string;
  passedByName: string | null;
  createdAt: Date;
  accountId: string;
  accountName: string;
  domain: string | null;
  accountState: string;
  industry: string | null;
  employeeCount: number | null;
  country: string | null;
  leadId: string | null;
  leadIntent: string | null;
  leadReceivedAt: Date | null;
  firstTouchAt: Date | null;
  ownerId: string | null;
  ownerName: string | null;
  claimedBy: string | null;
  claimedByName: string | null;
  claimExpiresAt: Date | null;
  personId: string | null;
  givenName: string | null;
  familyName: string | null;
  emailKey: string | null;
  doNotCall: boolean | null;
  title: string | null;
  workEmail: string | null;
  workEmailVerification: string | null;
  mobile: string | null;
  mobileLineType: string | null;
};
export type QueueRow = RankedRow & ShownRow;

const rankedBy = (rank: string): string =>
  `q.id, q.band, ${rank} as bound, q.updated_at as "boundAt", s.fit, s.mass_kinds as kinds, s.mass_values as values, s.mass_half_lives as "halfLives", s.mass_at as at, ${STANDING}`;
const SCORE = `left join account_score s on s.workspace_id = q.workspace_id and s.account_id = q.account_id and s.intent_version_id = ${IN_FORCE}
  left join lateral (select st.* from account_standing st where st.workspace_id = q.workspace_id and st.account_id = q.account_id offset 0) st on true`;

const SHOWN = `q.id, q.state, q.reason, q.passed_reason as "passedReason", (select m.name from member m where m.workspace_id = q.workspace_id and m.id = q.passed_by) as "passedByName", q.created_at as "createdAt",
  a.id as "accountId", a.name as "accountName", a.domain, a.state as "accountState", a.industry, a.employee_count as "employeeCount", a.country,
  l.id as "leadId", l.intent as "leadIntent", l.received_at as "leadReceivedAt", case when q.lead_id is not null then (select e.occurred_at from lead_event e where e.workspace_id = q.workspace_id and e.lead_id = q.lead_id and e.kind = 'first_human_touch') end as "firstTouchAt",
  q.owner_id as "ownerId", (select m.name from member m where m.workspace_id = q.workspace_id and m.id = q.owner_id) as "ownerName", q.claimed_by as "claimedBy", (select m.name from member m where m.workspace_id = q.workspace_id and m.id = q.claimed_by) as "claimedByName", q.claim_expires_at as "claimExpiresAt",
  p.id as "personId", p.given_name as "givenName", p.family_name as "familyName", p.email_key as "emailKey", p.do_not_call as "doNotCall",
  known.title, known.work_email as "workEmail", known.work_email_verification as "workEmailVerification", known.mobile, known.mobile_line_type as "mobileLineType"`;

/**
 * One row of each table per item, looked up by its key ("offset 0" and the queries in the list above keep it so): joined at once, the planner
 * compares each item with every member and every person of a workspace whose tables look small. The contact is chosen first.
 */
const JOINS = `join account a on a.workspace_id = q.workspace_id and a.id = q.account_id
  left join lateral (select l.id, l.intent, l.received_at, l.person_id from lead l where l.workspace_id = q.workspace_id and l.id = q.lead_id offset 0) l on true
  left join lateral (
    select coalesce(l.person_id, (select b.id from person b where b.workspace_id = q.workspace_id and b.account_id = q.account_id and b.erased_at is null order by b.created_at limit 1)) as id
    offset 0
  ) contact on true
  left join lateral (
    select p.id, p.given_name, p.family_name, p.email_key, p.do_not_call from person p where p.workspace_id = q.workspace_id and p.id = contact.id offset 0
  ) p on true
  left join lateral (
    select max(v.value) filter (where v.field = 'title') as title, max(v.value) filter (where v.field = 'work_email') as work_email,
      max(v.verification) filter (where v.field = 'work_email') as work_email_verification,
      max(v.value) filter (where v.field = 'mobile') as mobile, max(v.line_type) filter (where v.field = 'mobile') as mobile_line_type
    from visible_value v where v.workspace_id = q.workspace_id and v.subject_id = contact.id and v.field in ('work_email', 'mobile', 'title')
  ) known on true`;

/** What `$2 … $11` ask of an item. */
const CHOSEN = `q.is_test = $7 and q.band >= $11 and q.band <= $2
       and ($3::text[] is null or q.owner_id is null or q.owner_id = any($3::text[]))
       and ($4::text <> 'mine' or q.owner_id = $5 or q.claimed_by = $5)
       and ($4::text <> 'for_me' or q.claimed_by = $5 or (q.claimed_by is null and (q.owner_id is null or q.owner_id = $5)))
       and ($4::text <> 'team' or q.owner_id is null or q.owner_id in (
         select m.id from member m where m.workspace_id = $1 and (m.id = $5 or m.team_id = (select own.team_id from member own where own.workspace_id = $1 and own.id = $5))))
       and ($4::text <> 'unclaimed' or q.claimed_by is null)
       and ($6::text = '' or strpos(q.names, $6) > 0)
       and ($10::uuid[] is null or q.account_id = any($10::uuid[]))`;
const OF_ITEM = 'q.id, q.workspace_id, q.account_id, q.owner_id, q.claimed_by, q.band, q.updated_at';
const SOME = 'offset $8 limit $9';

/** What the rows of an inner query are ranked by, in its order; the best alone are joined. */
const ranked = (items: string): string =>
  `select ${rankedBy('q.bound')}, $12::boolean and exists (select 1 from deal d where d.workspace_id = q.workspace_id and d.account_id = q.account_id and d.stage_type = 'open' and d.merged_into_id is null) as "hasOpenDeal", q.owner_id as "ownerId", q.claimed_by as "claimedBy",
     case when $12::boolean then (select m.team_id from member m where m.workspace_id = q.workspace_id and m.id = q.owner_id) end as "teamId",
     case when $12::boolean then (select a.country from account a where a.workspace_id = q.workspace_id and a.id = q.account_id) end as country,
     case when $12::boolean then array(select m.list_id::text from account_list_member m where m.workspace_id = q.workspace_id and m.account_id = q.account_id) else '{}' end as lists from (
     ${items}
   ) q ${SCORE} order by q.band, q.bound desc, q.id`;

/**
 * Open items down the stored bound, inbound requests first: only what ranks them. $2 last band, $3 owners that are seen (null: all),
 * $4 'all' | 'mine' | 'for_me' (mine, or nobody's yet) | 'team' | 'unclaimed', $5 the asking member, $6 what their names have to hold ('' for anything),
 * $7 tests instead of real work, $8 offset, $9 limit, $10 the only accounts (null: all), $11 first band, $12 whether open deals, teams,
 * countries and lists are looked up. The inner query walks the index; only its
 * rows are joined.
 */
export const rankQueue = statement<RankedRow>('rank_queue', ranked(downTheBound(OF_ITEM, CHOSEN, SOME)));

/**
 * What a defined queue asks for, as far as rows alone can tell, so that few are read and judged in vain: $13 open deals ('any' | 'with_open' |
 * 'without_open'), $14 kinds of which something has to have happened (null: none is asked), $15 the least bound of the signal score (null: any).
 * Asked row by row on the way down: no table is read whole.
 */
const ASKED = `
       and ($13::text = 'any' or ($13::text = 'with_open') = exists (
         select 1 from deal d where d.workspace_id = q.workspace_id and d.account_id = q.account_id and d.stage_type = 'open' and d.merged_into_id is null))
       and (($14::text[] is null and $15::float8 is null) or coalesce((
         select ($14::text[] is null or s.mass_kinds && $14::text[]) and ($15::float8 is null or s.signal_bound >= $15::float8)
         from account_score s where s.workspace_id = q.workspace_id and s.account_id = q.account_id and s.intent_version_id = ${IN_FORCE}), false))`;

export const rankDefinedQueue = statement<RankedRow>(
  'rank_defined_queue',
  ranked(downTheBound(OF_ITEM, CHOSEN + ASKED, SOME)),
);

/**
 * The same in an order of its own, $16: 'waiting' (who entered first; milliseconds until a day that never comes, so that it falls
 * as the others do) or 'signal' (down the bound of the signal score). No index holds these: all that the filters leave is sorted.
 */
export const rankDefinedQueueOtherwise = statement<RankedRow>(
  'rank_defined_queue_otherwise',
  ranked(`select ${OF_ITEM}, case when $16::text = 'waiting' then (253402300799000 - floor(extract(epoch from q.created_at) * 1000))::float8 else coalesce((
       select s.signal_bound from account_score s where s.workspace_id = q.workspace_id and s.account_id = q.account_id and s.intent_version_id = ${IN_FORCE}), 0) end as bound
     from queue_item q where q.workspace_id = $1 and q.state = 'open' and ${CHOSEN}${ASKED} order by q.band, bound desc, q.id ${SOME}`),
);

/** What follows in this transaction may be lost in a crash: it waits for no disk. */
export const mayBeLost = statement(
  'may_be_lost',
  `select set_config('synchronous_commit', 'off', true) where $1::uuid is not null`,
);
/** Lower bounds of items that nobody has changed or is changing: $2 ids, $3 bounds as they were read, $4 since when they stood, $5 new ones. */
export const tightenBounds = statement(
  'tighten_queue_bounds',
  `with free as (
     select q.id, t.bound from unnest($2::uuid[], $3::float8[], $4::timestamptz[], $5::float8[]) as t (id, read, since, bound)
     join queue_item q on q.workspace_id = $1 and q.id = t.id and ${boundOf('q')} = t.read and q.updated_at = t.since
     for no key update of q skip locked)
   update queue_item q set ${lowerBoundTo('free.bound')} from free
   where q.workspace_id = $1 and q.id = free.id`,
);

/** Accounts whose name begins with a key; null if there are more than $4 of them. */
export const accountsNamed = statement<{ ids: string[] | null }>(
  'accounts_named_for_queue',
  `select case when count(*) <= $4 then coalesce(array_agg(id), '{}') end as ids from (
     select account_id as id from account_name_key where workspace_id = $1 and key >= $2 and key < $3 limit $4::int + 1) named`,
);

/** What a rep sees of items, beside what they are ranked by. */
export const showQueueItems = statement<ShownRow>(
  'show_queue_items',
  `select ${SHOWN} from queue_item q ${JOINS} where q.workspace_id = $1 and q.id = any($2::uuid[])`,
);

/** Whether there is any open test that this person would see; only then the queue offers them. */
export const anyTests = statement<{ hasTests: boolean }>(
  'any_open_tests',
  `select exists (${downTheBound('1', 'q.is_test and ($2::text[] is null or q.owner_id is null or q.owner_id = any($2::text[]))', 'limit 1')}) as "hasTests"`,
);

export const readQueueItem = statement<QueueRow>(
  'read_queue_item',
  `select ${rankedBy(boundOf('q'))}, false as "hasOpenDeal", null as "teamId", '{}'::text[] as lists, ${SHOWN} from queue_item q ${SCORE} ${JOINS} where q.workspace_id = $1 and q.id = $2
     and ($3::text[] is null or q.owner_id is null or q.owner_id = any($3::text[]) or q.claimed_by = any($3::text[]))`,
);

/** The same of several, whoever sees them. */
export const readQueueItems = statement<QueueRow>(
  'read_queue_items',
  `select ${rankedBy(boundOf('q'))}, false as "hasOpenDeal", null as "teamId", '{}'::text[] as lists, ${SHOWN} from queue_item q ${SCORE} ${JOINS} where q.workspace_id = $1 and q.id = any($2::uuid[])`,
);
export const releaseItem = statement<{ id: string; leadId: string | null }>(
  'release_queue_item',
  `update queue_item set claimed_by = null, claim_expires_at = null, updated_at = $4
   where workspace_id = $1 and id = $2 and claimed_by = $3 returning id, lead_id as "leadId"`,
);
export const snoozeItem = statement<{ id: string }>(
  'snooze_queue_item',
  `update queue_item set state = 'snoozed', snoozed_until = $3, wakes_on_signal = $6, claimed_by = null, claim_expires_at = null, updated_at = $4
   where workspace_id = $1 and id = $2 and state = 'open' and (claimed_by is null or claimed_by = $5) returning id`,
);
export const completeItem = statement<{ id: string }>(
  'complete_queue_item',
  `update queue_item set state = 'done', outcome = $3, claimed_by = null, claim_expires_at = null, updated_at = $4
   where workspace_id = $1 and id = $2 and state in ('open', 'snoozed') and (claimed_by is null or claimed_by = $5) returning id`,
);
export const reopenItem = statement<{ id: string }>(
  'reopen_queue_item',
  `update queue_item set state = 'open', outcome = '', snoozed_until = null, wakes_on_signal = false, updated_at = $3,
     bound_0 = coalesce(bound_0, bound_1), bound_1 = coalesce(bound_1, bound_0),
     names = ${namesOfAccount('queue_item.workspace_id', 'queue_item.account_id')}
   where workspace_id = $1 and id = $2 and state in ('done', 'snoozed')
     and (lead_id is not null or not exists (
       select 1 from queue_item other where other.workspace_id = $1 and other.account_id = queue_item.account_id and other.lead_id is null
         and other.id <> queue_item.id and other.state in ('open', 'snoozed')))
   returning id`,
);
/** Leases that ran out are given back; items whose snooze ended wake up. */
export const releaseExpired = statement<{ id: string; leadId: string | null }>(
  'release_expired_claims',
  `update queue_item set claimed_by = null, claim_expires_at = null, state = 'open', snoozed_until = null, wakes_on_signal = false, updated_at = $3
   where workspace_id = $1 and id = any($2::uuid[])
     and ((claimed_by is not null and claim_expires_at <= $3) or (state = 'snoozed' and snoozed_until <= $3))
   returning id, lead_id as "leadId"`,
);

/** Who leaves holds nothing any more: what they had claimed is free, and what was theirs in the queue is nobody's. */
export const giveBackAll = statement<{ id: string; leadId: string | null; wasClaimed: boolean }>(
  'give_back_queue_items_of_member',
  `update queue_item q set claimed_by = nullif(q.claimed_by, $2), claim_expires_at = case when q.claimed_by = $2 then null else q.claim_expires_at end,
     owner_id = nullif(q.owner_id, $2), updated_at = $3
   from queue_item was where was.workspace_id = $1 and was.id = q.id and q.workspace_id = $1 and q.state in ('open', 'snoozed') and (q.claimed_by = $2 or q.owner_id = $2)
   returning q.id, q.lead_id as "leadId", coalesce(was.claimed_by = $2, false) as "wasClaimed"`,
);
export const activeMember = statement<{ id: string; name: string }>(
  'active_member_of_queue',
  'select id, name from member where workspace_id = $1 and id = $2 and active',
);
/** To another owner, if nobody else is working on it; who gives it away has it no longer. */
export const passOnItem = statement<{ id: string }>(
  'pass_on_queue_item',
  `update queue_item set owner_id = $3, passed_by = $4, passed_reason = $5, claimed_by = null, claim_expires_at = null, updated_at = $6
   where workspace_id = $1 and id = $2 and state = 'open' and (claimed_by is null or claimed_by = $4 or claim_expires_at <= $6) returning id`,
);
/** Something new at their accounts wakes items that were put away until then. */
export const wakeOnSignal = statement<{ id: string; accountId: string }>(
  'wake_queue_items_on_signal',
  `update queue_item set state = 'open', snoozed_until = null, wakes_on_signal = false, updated_at = $3
   where workspace_id = $1 and account_id = any($2::uuid[]) and state = 'snoozed' and wakes_on_signal
   returning id, account_id as "accountId"`,
);
