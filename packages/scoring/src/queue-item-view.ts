import type { Tx } from '@penstock/store/tx';
import type { z } from 'zod';

import type { QueueItem } from './contracts.ts';
import { contributions, priorityOf, signalScore, type IntentModel } from './model/intent.ts';
import { readContactValues, type ContactValue, type QueueRow } from './queue-statements.ts';
import { massesOf } from './rescore.ts';

export type QueueItemView = z.input<typeof QueueItem>;

const SHOWN_CONTRIBUTIONS = 3;

/** Rank of a row at a moment: what the page is ordered by. */
export function exactPriority(
  model: IntentModel,
  row: QueueRow,
  asOf: Date,
): { signal: number; priority: number } {
  const signal = signalScore(model, massesOf(row), asOf);
  return { signal, priority: priorityOf(model, signal, row.fit ?? 0) };
}

/** Rows as a rep sees them; one more query for all their contacts. */
export async function viewItems(
  tx: Tx,
  model: IntentModel,
  rows: readonly QueueRow[],
  asOf: Date,
  maxContributions: number = SHOWN_CONTRIBUTIONS,
): Promise<QueueItemView[]> {
  const personIds = rows.flatMap((row) => (row.personId === null ? [] : [row.personId]));
  const values = personIds.length === 0 ? [] : await tx.rows(readContactValues, personIds);
  return rows.map((row) => {
    const { signal, priority } = exactPriority(model, row, asOf);
    return {
      id: row.id,
      band: row.band === 0 ? 'inbound' : 'ranked',
      state: row.state,
      reason: row.reason,
      priority,
      signalScore: signal,
      fit: row.fit ?? 0,
      account: {
        id: row.accountId,
        name: row.accountName,
        domain: row.domain,
        state: row.accountState,
        industry: row.industry,
        employeeCount: row.employeeCount,
        country: row.country,
      },
      lead: leadOf(row),
      contact: contactOf(row, values),
      owner: row.ownerId === null ? null : { id: row.ownerId, name: row.ownerName ?? '' },
      claim: claimOf(row, asOf),
      contributions: contributions(model, massesOf(row), asOf).slice(0, maxContributions),
      createdAt: row.createdAt,
    };
  });
}

function leadOf(row: QueueRow): QueueItemView['lead'] {
  if (row.leadId === null || row.leadReceivedAt === null) return null;
  return {
    id: row.leadId,
    intent: row.leadIntent ?? '',
    receivedAt: row.leadReceivedAt,
    firstHumanTouchAt: row.firstTouchAt,
  };
}

function claimOf(row: QueueRow, asOf: Date): QueueItemView['claim'] {
  if (row.claimedBy === null || row.claimExpiresAt === null || row.claimExpiresAt <= asOf) return null;
  return { memberId: row.claimedBy, name: row.claimedByName ?? '', expiresAt: row.claimExpiresAt };
}

function contactOf(row: QueueRow, values: readonly ContactValue[]): QueueItemView['contact'] {
  if (row.personId === null) return null;
  const own = new Map(
    values.filter((value) => value.subjectId === row.personId).map((value) => [value.field, value]),
  );
  const email = own.get('work_email');
  const mobile = own.get('mobile');
  return {
    personId: row.personId,
    name: [row.givenName, row.familyName].filter(Boolean).join(' ') || 'Unknown name',
    title: own.get('title')?.value ?? null,
    email: email?.value ?? row.emailKey,
    emailVerification: email?.verification ?? null,
    phone: mobile?.value ?? null,
    phoneLineType: mobile?.lineType ?? null,
    doNotCall: row.doNotCall ?? false,
  };
}
