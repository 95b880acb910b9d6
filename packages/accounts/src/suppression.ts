import { createHash } from 'node:crypto';

import { statement } from '@penstock/store/statement';
import type { Tx } from '@penstock/store/tx';

import { emailKey } from './model/email-address.ts';

const readSuppression = statement<{ hash: string; reason: string }>(
  'read_suppression',
  'select hash, reason from suppression where workspace_id = $1 and hash = any($2::text[])',
);
const insertSuppression = statement(
  'insert_suppression',
  `insert into suppression (workspace_id, hash, reason, created_at)
   select $1::uuid, hash, $3::text, $4::timestamptz from unnest($2::text[]) as hash on conflict do nothing`,
);

/** Hash under which an address is remembered; salted by the workspace, so that lists of two workspaces can't be compared. */
export function suppressionHash(workspaceId: string, address: string): string {
  return createHash('sha256')
    .update(`${workspaceId}:email:${emailKey(address)}`)
    .digest('base64url');
}

/** True if nobody may look this address up or write to it. Read before every look-up and every mail. */
export async function isSuppressed(tx: Tx, address: string): Promise<boolean> {
  return (await tx.rows(readSuppression, [suppressionHash(tx.workspaceId, address)])).length > 0;
}

/** Those of many addresses that nobody may look up or write to. */
export async function suppressedOf(tx: Tx, addresses: readonly string[]): Promise<Set<string>> {
  if (addresses.length === 0) return new Set();
  const hashes = new Map(addresses.map((address) => [suppressionHash(tx.workspaceId, address), address]));
  const found = await tx.rows(readSuppression, [...hashes.keys()]);
  return new Set(found.flatMap(({ hash }) => hashes.get(hash) ?? []));
}

export async function suppress(
  tx: Tx,
  addresses: readonly string[],
  reason: string,
  now: Date,
): Promise<void> {
  await tx.rows(
    insertSuppression,
    addresses.map((address) => suppressionHash(tx.workspaceId, address)),
    reason,
    now,
  );
}

const insertNewSuppression = statement<{ hash: string }>(
  'suppress_what_is_not_yet',
  `insert into suppression (workspace_id, hash, reason, created_at)
   select $1::uuid, hash, $3::text, $4::timestamptz from unnest($2::text[]) as hash on conflict do nothing returning hash`,
);
const deleteSince = statement(
  'take_suppression_of_reason_back',
  'delete from suppression where workspace_id = $1 and hash = any($2::text[]) and reason = $3 and created_at >= $4::timestamptz',
);
const deleteSuppression = statement(
  'take_suppression_back',
  'delete from suppression where workspace_id = $1 and hash = any($2::text[])',
);

/**
 * Suppresses all addresses of somebody if one of them is.
 * @returns the hashes that were not suppressed before
 */
export async function suppressAllOf(tx: Tx, addresses: readonly string[], now: Date): Promise<string[]> {
  const hashes = [...new Set(addresses.map((address) => suppressionHash(tx.workspaceId, address)))];
  if (hashes.length < 2) return [];
  const [known] = await tx.rows(readSuppression, hashes);
  if (known === undefined) return [];
  return (await tx.rows(insertNewSuppression, hashes, known.reason, now)).map(({ hash }) => hash);
}

/** Takes addresses back that were suppressed for a reason that proved wrong, since a moment; what speaks against them otherwise stays. */
export async function unsuppressSince(
  tx: Tx,
  addresses: readonly string[],
  { reason, since }: { reason: string; since: Date },
): Promise<void> {
  const hashes = addresses.map((address) => suppressionHash(tx.workspaceId, address));
  if (hashes.length > 0) await tx.rows(deleteSince, hashes, reason, since);
}

/** Takes back what was suppressed together with something else, and only that. */
export async function unsuppress(tx: Tx, hashes: readonly string[]): Promise<void> {
  if (hashes.length > 0) await tx.rows(deleteSuppression, hashes);
}
