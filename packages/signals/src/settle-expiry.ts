import { statement } from '@penstock/store/statement';
import type { Tx } from '@penstock/store/tx';

import { SIGNAL_KINDS } from './model/signal-kind.ts';
import type { RecordedSignal } from './record-signals.ts';

/** Earlier signals of the account that the new ones end. */
const expireEarlier = statement<{ accountId: string }>(
  'expire_earlier_signals',
  `update signal s set expired_by_id = e.id
   from unnest($2::uuid[], $3::uuid[], $4::text[], $5::timestamptz[]) as e (id, account_id, kind, occurred_at)
   where s.workspace_id = $1 and s.account_id = e.account_id and s.kind = e.kind and s.occurred_at < e.occurred_at and s.expired_by_id is null
   returning s.account_id as "accountId"`,
);
const ENDING = Object.entries(SIGNAL_KINDS).flatMap(([kind, facts]) =>
  facts.expires.length > 0 ? [kind] : [],
);

/** New signals that something already recorded has ended: they arrived late. The kinds are written out for the index of those that end. */
const expireLate = statement<{ accountId: string }>(
  'expire_late_signals',
  `update signal s set expired_by_id = e.id
   from unnest($2::uuid[], $3::uuid[], $4::text[]) as l (id, account_id, ended_by)
   join signal e on e.workspace_id = $1 and e.account_id = l.account_id and e.kind = l.ended_by and e.kind in (${ENDING.map((kind) => `'${kind}'`).join(', ')})
   where s.workspace_id = $1 and s.id = any($2::uuid[]) and s.id = l.id and e.occurred_at > s.occurred_at and s.expired_by_id is null
   returning s.account_id as "accountId"`,
);

/**
 * Ends what later news of the same account makes void (a hiring freeze ends hiring), in whichever order they arrive.
 * @returns the accounts whose masses have to be rebuilt
 */
export async function settleExpiry(tx: Tx, recorded: readonly RecordedSignal[]): Promise<string[]> {
  const ends = recorded.flatMap((signal) =>
    SIGNAL_KINDS[signal.kind].expires.map((kind) => ({ ...signal, ended: kind })),
  );
  const late = recorded.flatMap((signal) =>
    Object.entries(SIGNAL_KINDS).flatMap(([kind, facts]) =>
      facts.expires.includes(signal.kind) ? [{ ...signal, endedBy: kind }] : [],
    ),
  );
  const changed = [
    ...(ends.length === 0
      ? []
      : await tx.rows(
          expireEarlier,
          ends.map((one) => one.id),
          ends.map((one) => one.accountId),
          ends.map((one) => one.ended),
          ends.map((one) => one.occurredAt),
        )),
    ...(late.length === 0
      ? []
      : await tx.rows(
          expireLate,
          late.map((one) => one.id),
          late.map((one) => one.accountId),
          late.map((one) => one.endedBy),
        )),
  ];
  return [...new Set(changed.map((row) => row.accountId))].toSorted();
}
