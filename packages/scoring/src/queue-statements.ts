import { statement } from '@penstock/store/statement';

export type QueueRow = {
  id: string;
  band: number;
  state: 'open' | 'snoozed' | 'done';
  reason: string;
  bound: number;
  createdAt: Date;
  accountId: string;
  accountName: string;
  domain: string | null;
  accountState: string;
  industry: string | null;
  employeeCount: number | null;
  country: string | null;
  fit: number | null;
  kinds: string[] | null;
  values: number[] | null;
  halfLives: number[] | null;
  at: Date[] | null;
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
};

const COLUMNS = `q.id, q.band, q.state, q.reason, q.priority_bound as bound, q.created_at as "createdAt",
  a.id as "accountId", a.name as "accountName", a.domain, a.state as "accountState", a.industry, a.employee_count as "employeeCount", a.country,
  s.fit, s.mass_kinds as kinds, s.mass_values as values, s.mass_half_lives as "halfLives", s.mass_at as at,
  l.id as "leadId", l.intent as "leadIntent", l.received_at as "leadReceivedAt", touch.occurred_at as "firstTouchAt",
  q.owner_id as "ownerId", o.name as "ownerName", q.claimed_by as "claimedBy", c.name as "claimedByName", q.claim_expires_at as "claimExpiresAt",
  p.id as "personId", p.given_name as "givenName", p.family_name as "familyName", p.email_key as "emailKey", p.do_not_call as "doNotCall"`;

/** The contact is chosen first ("offset 0" keeps it so): below row-level security a join on the coalesce itself reads every person. */
const JOINS = `join account a on a.workspace_id = q.workspace_id and a.id = q.account_id
  left join account_score s on s.workspace_id = q.workspace_id and s.account_id = q.account_id
  left join lead l on l.workspace_id = q.workspace_id and l.id = q.lead_id
  left join lead_event touch on touch.workspace_id = q.workspace_id and touch.lead_id = q.lead_id and touch.kind = 'first_human_touch'
  left join member o on o.workspace_id = q.workspace_id and o.id = q.owner_id
  left join member c on c.workspace_id = q.workspace_id and c.id = q.claimed_by
  left join lateral (
    select coalesce(l.person_id, (select b.id from person b where b.workspace_id = q.workspace_id and b.account_id = q.account_id and b.erased_at is null order by b.created_at limit 1)) as id
    offset 0
  ) contact on true
  left join person p on p.workspace_id = q.workspace_id and p.id = contact.id`;

/**
 * Open items down the stored bound. $2 band, $3 owners that are seen (null: all), $4 'all' | 'mine' | 'unclaimed', $5 the asking
 * member, $6 first name key of a search and $7 the end of its range ('' for none), $8 tests instead of real work, $9 offset, $10 limit.
 * The inner query walks the index; only its rows are joined.
 */
export const readQueue = statement<QueueRow>(
  'read_queue',
  `select ${COLUMNS} from (
     select q.* from queue_item q
     where q.workspace_id = $1 and q.state = 'open' and q.is_test = $8 and q.band = $2
       and ($3::text[] is null or q.owner_id is null or q.owner_id = any($3::text[]))
       and ($4::text <> 'mine' or q.owner_id = $5 or q.claimed_by = $5)
       and ($4::text <> 'unclaimed' or q.claimed_by is null)
       and ($6::text = '' or exists (select 1 from account_name_key k where k.workspace_id = q.workspace_id and k.account_id = q.account_id and k.key >= $6 and k.key < $7))
     order by q.priority_bound desc, q.id offset $9 limit $10
   ) q ${JOINS} order by q.priority_bound desc, q.id`,
);

/** Whether there is any open test that this person would see; only then the queue offers them. */
export const anyTests = statement<{ any: boolean }>(
  'any_open_tests',
  `select exists (select 1 from queue_item where workspace_id = $1 and state = 'open' and is_test
     and ($2::text[] is null or owner_id is null or owner_id = any($2::text[]))) as any`,
);

export const readQueueItem = statement<QueueRow>(
  'read_queue_item',
  `select ${COLUMNS} from queue_item q ${JOINS} where q.workspace_id = $1 and q.id = $2
     and ($3::text[] is null or q.owner_id is null or q.owner_id = any($3::text[]) or q.claimed_by = any($3::text[]))`,
);

export type ContactValue = {
  subjectId: string;
  field: string;
  value: string;
  verification: string | null;
  lineType: string | null;
  usable: boolean;
};

export const readContactValues = statement<ContactValue>(
  'read_contact_values',
  `select subject_id as "subjectId", field, value, verification, line_type as "lineType", usable
   from visible_value where workspace_id = $1 and subject_id = any($2::uuid[]) and field in ('work_email', 'mobile', 'title')`,
);

/** Takes an item if it is free, or renews one's own lease. */
export const claimItem = statement<{ id: string; leadId: string | null; accountId: string }>(
  'claim_queue_item',
  `update queue_item set claimed_by = $3, claim_expires_at = $5, updated_at = $4
   where workspace_id = $1 and id = $2 and state = 'open' and (claimed_by is null or claimed_by = $3 or claim_expires_at <= $4)
   returning id, lead_id as "leadId", account_id as "accountId"`,
);
export const releaseItem = statement<{ id: string; leadId: string | null }>(
  'release_queue_item',
  `update queue_item set claimed_by = null, claim_expires_at = null, updated_at = $4
   where workspace_id = $1 and id = $2 and claimed_by = $3 returning id, lead_id as "leadId"`,
);
export const snoozeItem = statement<{ id: string }>(
  'snooze_queue_item',
  `update queue_item set state = 'snoozed', snoozed_until = $3, claimed_by = null, claim_expires_at = null, updated_at = $4
   where workspace_id = $1 and id = $2 and state = 'open' and (claimed_by is null or claimed_by = $5) returning id`,
);
export const completeItem = statement<{ id: string }>(
  'complete_queue_item',
  `update queue_item set state = 'done', outcome = $3, claimed_by = null, claim_expires_at = null, updated_at = $4
   where workspace_id = $1 and id = $2 and state in ('open', 'snoozed') and (claimed_by is null or claimed_by = $5) returning id`,
);
export const reopenItem = statement<{ id: string }>(
  'reopen_queue_item',
  `update queue_item set state = 'open', outcome = '', snoozed_until = null, updated_at = $3
   where workspace_id = $1 and id = $2 and state in ('done', 'snoozed')
     and (lead_id is not null or not exists (
       select 1 from queue_item other where other.workspace_id = $1 and other.account_id = queue_item.account_id and other.lead_id is null
         and other.id <> queue_item.id and other.state in ('open', 'snoozed')))
   returning id`,
);
/** Leases that ran out are given back; items whose snooze ended wake up. */
export const releaseExpired = statement<{ id: string; leadId: string | null }>(
  'release_expired_claims',
  `update queue_item set claimed_by = null, claim_expires_at = null, state = 'open', snoozed_until = null, updated_at = $3
   where workspace_id = $1 and id = any($2::uuid[])
     and ((claimed_by is not null and claim_expires_at <= $3) or (state = 'snoozed' and snoozed_until <= $3))
   returning id, lead_id as "leadId"`,
);
