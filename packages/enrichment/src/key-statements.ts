import { statement } from '@penstock/store/statement';

import type { BlockReason } from './model/blocks.ts';
import type { KeyUse } from './model/keys.ts';
import type { RateLimit } from './provider-port.ts';
import { SPENT } from './spend-sums.ts';

export type KeyRow = {
  id: string;
  provider: string;
  label: string;
  lastFour: string;
  limits: RateLimit[] | null;
  use: KeyUse;
  balanceCredits: number | null;
  balanceAt: Date | null;
  calls: number;
};
/** Keys in the order in which they are used; calls up to $2. */
export const readKeys = statement<KeyRow>(
  'read_provider_keys',
  `with ${SPENT}
   select c.id, c.provider, c.label, c.last_four as "lastFour", c.limits, coalesce(t.key_use, 'order') as use, c.balance_credits as "balanceCredits", c.balance_at as "balanceAt",
     coalesce(l.calls, 0) as calls
   from provider_credential c left join provider_terms t on t.workspace_id = $1 and t.provider = c.provider
   left join (select credential_id, sum(calls)::int as calls from spent group by credential_id) l on l.credential_id = c.id
   where c.workspace_id = $1 and c.active order by c.provider, c.position, c.created_at`,
);

export type Block = { credentialId: string; reason: BlockReason; until: Date };
export const readBlocks = statement<Block>(
  'read_provider_blocks',
  `select distinct on (credential_id) credential_id as "credentialId", reason, blocked_until as until from provider_block
   where workspace_id = $1 and blocked_until > $2 order by credential_id, blocked_until desc`,
);

/** A new key comes last; one that is saved anew keeps its place. */
export const upsertKey = statement<{ id: string }>(
  'upsert_credential',
  `insert into provider_credential (workspace_id, id, provider, label, secret_sealed, last_four, created_at, limits, position)
   values ($1, $2, $3, $4, $5, $6, $7, $8::jsonb, (select coalesce(max(position), -1) + 1 from provider_credential where workspace_id = $1 and provider = $3 and active))
   on conflict (workspace_id, provider, label) do update set secret_sealed = excluded.secret_sealed, last_four = excluded.last_four, active = true, limits = excluded.limits,
     position = case when provider_credential.active then provider_credential.position else excluded.position end
   returning id`,
);
export const noteBalance = statement(
  'note_key_balance',
  'update provider_credential set balance_credits = $3, balance_at = $4 where workspace_id = $1 and id = $2',
);

export const lockKeys = statement<{ id: string }>(
  'lock_provider_keys',
  'select id from provider_credential where workspace_id = $1 and provider = $2 and active order by id for update',
);
export const placeKeys = statement(
  'place_provider_keys',
  `update provider_credential c set position = p.at - 1 from unnest($2::uuid[]) with ordinality as p (id, at) where c.workspace_id = $1 and c.id = p.id`,
);
export const setKeyUse = statement(
  'set_key_use',
  `insert into provider_terms (workspace_id, provider, key_use, updated_by, updated_at) values ($1, $2, $3, $4, $5)
   on conflict (workspace_id, provider) do update set key_use = excluded.key_use, updated_by = excluded.updated_by, updated_at = excluded.updated_at`,
);
export const setKeyLimits = statement<{ provider: string }>(
  'set_key_limits',
  'update provider_credential set limits = $3::jsonb where workspace_id = $1 and id = $2 and active returning provider',
);
/** Kept for the calls that are under way with it, and for the ledger; nothing new is asked with it. */
export const removeKey = statement<{ provider: string }>(
  'remove_provider_key',
  'update provider_credential set active = false where workspace_id = $1 and id = $2 and active returning provider',
);
/** Secrets of removed keys, once no call and no ticket needs them any more. */
export const forgetSecrets = statement(
  'forget_secrets_of_removed_keys',
  `update provider_credential c set secret_sealed = '' where c.workspace_id = $1 and not c.active and c.secret_sealed <> ''
     and not exists (select 1 from spend_ledger l where l.workspace_id = $1 and l.credential_id = c.id and l.state = 'reserved')
     and not exists (select 1 from provider_ticket t where t.workspace_id = $1 and t.credential_id = c.id and t.state in ('asked', 'waiting'))`,
);
