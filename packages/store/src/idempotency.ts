import { hash } from 'node:crypto';

import { DomainError } from '@penstock/kernel/domain-error';

import { statement } from './statement.ts';
import { one, type Tx } from './tx.ts';

const claimKey = statement<{ key: string }>(
  'claim_idempotency_key',
  `insert into idempotency_key (workspace_id, operation, key, request_hash, response, created_at)
   values ($1, $2, $3, $4, 'null', $5) on conflict do nothing returning key`,
);
const readKey = statement<{ requestHash: string; response: unknown }>(
  'read_idempotency_key',
  `select request_hash as "requestHash", response from idempotency_key where workspace_id = $1 and operation = $2 and key = $3`,
);
const storeResponse = statement(
  'store_idempotent_response',
  `update idempotency_key set response = $4::jsonb where workspace_id = $1 and operation = $2 and key = $3`,
);

/** Stable digest of a request's body; equal bodies have equal digests whatever the order of their keys. */
export function digestOf(value: unknown): string {
  return hash('sha256', canonical(value), 'base64url');
}

function canonical(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value instanceof Date) return JSON.stringify(value);
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
  return `{${entries
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, inner]) => `${JSON.stringify(key)}:${canonical(inner)}`)
    .join(',')}}`;
}

/**
 * Runs `work` once per key: the key is claimed first in the same transaction, so that a second request with it waits
 * for the first to commit and gets its answer.
 * @throws DomainError `idempotency_mismatch` if the key was used with another body
 */
export async function onceForKey<Answer>(
  tx: Tx,
  request: { operation: string; key: string; body: unknown; now: Date },
  work: () => Promise<Answer>,
): Promise<{ answer: Answer; repeated: boolean }> {
  const { operation, key } = request;
  const digest = digestOf(request.body);
  const claimed = await tx.rows(claimKey, operation, key, digest, request.now);
  if (claimed.length === 0) {
    const earlier = await one(tx, readKey, operation, key);
    if (earlier.requestHash !== digest) {
      throw new DomainError(
        'idempotency_mismatch',
        'This Idempotency-Key was already used with a different body. Use a new key for a new request.',
      );
    }
    // Safe: written below from the same operation's answer.
    return { answer: earlier.response as Answer, repeated: true };
  }
  const answer = await work();
  await tx.rows(storeResponse, operation, key, JSON.stringify(answer));
  return { answer, repeated: false };
}
