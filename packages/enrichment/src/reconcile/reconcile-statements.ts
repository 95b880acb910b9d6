import { statement } from '@penstock/store/statement';

import { lowestIdOf } from '../id-range.ts';

export type KeyToLookAt = {
  id: string;
  provider: string;
  secretSealed: string;
  /** Nobody has looked for long. */
  due: boolean;
  /** When it lay between calls last. */
  keptAt: Date | null;
  /** Asked since, of a key that is not used any more. */
  askedSince: boolean;
};
/** Keys that nobody has looked at since $2; those that nobody has since $3 are due. Removed ones are few: their calls are found one by one. */
export const keysToLookAt = statement<KeyToLookAt>(
  'read_keys_to_look_at',
  `select c.id, c.provider, c.secret_sealed as "secretSealed", c.active and (c.balance_at is null or c.balance_at < $3) as due, b.at as "keptAt",
     not c.active and exists (select 1 from spend_ledger l where l.workspace_id = $1 and l.credential_id = c.id and l.reserved_at > coalesce(b.at, to_timestamp(0))
       and l.id >= greatest($4::uuid, ${lowestIdOf('coalesce(b.at, to_timestamp(0))')})) as "askedSince"
   from provider_credential c
   left join lateral (select max(at) as at from key_balance where workspace_id = $1 and credential_id = c.id) b on true
   where c.workspace_id = $1 and c.secret_sealed <> '' and (c.balance_at is null or c.balance_at < $2)
   order by c.id`,
);

export type LatelyAsked = { credentialId: string; newest: string | null; lastAt: Date | null; busy: boolean };
/**
 * What was asked with each key by calls whose ids are not below $2: one pass over them for all keys. A key is busy if something is under way
 * with it, or was since $3, or there was a call since $4 of which nobody knows whether the vendor is still at it.
 */
export const readLatelyAsked = statement<LatelyAsked>(
  'read_lately_asked_keys',
  `select credential_id as "credentialId", max(newest) as newest, max(at) as "lastAt", bool_or(busy) as busy from (
     select credential_id, id::text as newest, reserved_at as at, coalesce(settled_at, reserved_at) >= $3 as busy from spend_ledger where workspace_id = $1 and id >= $2::uuid
     union all select credential_id, null, null, true from spend_ledger where workspace_id = $1 and state = 'reserved'
     union all select credential_id, null, null, true from spend_ledger where workspace_id = $1 and state = 'unknown' and reserved_at >= $4
   ) l group by credential_id`,
);

export const insertBalance = statement(
  'insert_key_balance',
  'insert into key_balance (workspace_id, id, credential_id, credits, at) values ($1, $2, $3, $4, $5)',
);

export const dropBalances = statement(
  'drop_old_key_balances',
  'delete from key_balance where workspace_id = $1 and at < $2',
);

export type WindowRow = {
  /** The later of the two looks. */
  at: Date;
  wentCredits: number;
  capability: string | null;
  /** Credits that are known, and money of calls whose vendor named none. */
  knownCredits: number;
  knownMicros: number;
  /** Calls under way: the window tells nothing. */
  open: number;
  unknownIds: string[];
  unknownMicros: number[];
};
/** Windows between looks at a key since $3 (ids since $4), with the calls in between: each window by its own range of ids ("offset 0" keeps it so). */
export const readWindows = statement<WindowRow>(
  'read_balance_windows',
  `with looks as (
     select at, lag(at) over (order by at) as before_at, lag(credits) over (order by at) - credits as went from key_balance
     where workspace_id = $1 and credential_id = $2 and at >= $3)
   select k.at, k.went as "wentCredits", l.capability,
     coalesce(sum(l.vendor_credits) filter (where l.state in ('charged', 'reconciled', 'released')), 0)::float8 as "knownCredits",
     coalesce(sum(l.charged_micros) filter (where l.vendor_credits is null and l.state in ('charged', 'reconciled')), 0)::bigint as "knownMicros",
     (count(*) filter (where l.state = 'reserved'))::int as open,
     coalesce(array_agg(l.id order by l.id) filter (where l.state = 'unknown'), '{}') as "unknownIds",
     coalesce(array_agg(l.reserved_micros::float8 order by l.id) filter (where l.state = 'unknown'), '{}') as "unknownMicros"
   from looks k left join lateral (
     select * from spend_ledger c where c.workspace_id = $1 and c.credential_id = $2 and c.id >= greatest($4::uuid, ${lowestIdOf('k.before_at')})
       and c.id < ${lowestIdOf(`k.at + interval '1 millisecond'`)} and c.reserved_at > k.before_at and c.reserved_at <= k.at offset 0) l on true
   where k.before_at is not null group by k.at, k.went, l.capability order by k.at`,
);

export const anyUnknown = statement<{ unknown: boolean }>(
  'any_unknown_calls_of_key',
  `select exists (select 1 from spend_ledger where workspace_id = $1 and credential_id = $2 and state = 'unknown') as unknown`,
);

/** Their answer says by itself what became of them; this says how it was had. */
export const markLookedUp = statement(
  'mark_call_looked_up',
  `update spend_ledger set settled_by = 'look_up', note = '' where workspace_id = $1 and id = $2 and state = 'unknown'`,
);

export const noteCalls = statement(
  'note_unknown_calls',
  `update spend_ledger set note = $3 where workspace_id = $1 and id = any($2::uuid[]) and state = 'unknown' and note <> $3`,
);

/** Unknown calls of some capabilities that nobody has looked up again since $4, taken by this worker. */
export const takeToLookUp = statement<{
  id: string;
  callKey: string;
  personId: string;
  credentialId: string;
  provider: string;
  capability: string;
}>(
  'take_unknown_to_look_up',
  `update spend_ledger l set looked_at = $5
   from (select id from spend_ledger where workspace_id = $1 and state = 'unknown' and provider || '/' || capability = any($2::text[])
     and reserved_at < $3 and (looked_at is null or looked_at < $4) order by id limit 20 for update skip locked) u
   where l.workspace_id = $1 and l.id = u.id
   returning l.id, l.call_key as "callKey", l.person_id as "personId", l.credential_id as "credentialId", l.provider, l.capability`,
);
