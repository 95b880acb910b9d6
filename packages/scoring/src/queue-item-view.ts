import type { z } from 'zod';

import type { QueueItem } from './contracts.ts';
import { contributions, signalScore, type IntentModel, type Mass } from './model/intent.ts';
import { priorityOf } from './model/priority.ts';
import type { QueueRow, RankedRow, ShownRow } from './queue-statements.ts';
import { massesOf } from './rescore.ts';

export type QueueItemView = z.input<typeof QueueItem>;

const SHOWN_CONTRIBUTIONS = 3;

/** What a row is worth at a moment. */
export type Worth = { masses: Mass[]; signal: number; priority: number };

/** Rank of a row at a moment: what the page is ordered by. */
export function exactPriority(model: IntentModel, row: RankedRow, asOf: Date): Worth {
  const masses = massesOf(row);
  const signal = signalScore(model, masses, asOf);
  const priority = priorityOf(model, { masses, fit: row.fit ?? 0, standing: row, signal }, asOf);
  return { masses, signal, priority };
}

/** An item as a rep sees it at a moment. */
export function viewItem(
  model: IntentModel,
  row: QueueRow,
  asOf: Date,
  { maxContributions = SHOWN_CONTRIBUTIONS }: { maxContributions?: number } = {},
): QueueItemView {
  const worth = exactPriority(model, row, asOf);
  return viewApart(model, { ranked: row, shown: row, worth, maxContributions }, asOf);
}

/** The same of a page, which reads what ranks its items apart from what is shown of them. */
export function viewApart(
  model: IntentModel,
  item: {
    ranked: Pick<RankedRow, 'band' | 'fit'>;
    shown: ShownRow;
    worth: Worth;
    /** Instead of the reason that the item holds. */
    reason?: string | undefined;
    maxContributions?: number;
  },
  asOf: Date,
): QueueItemView {
  const { ranked, shown: row, worth, reason = row.reason, maxContributions = SHOWN_CONTRIBUTIONS } = item;
  const { masses, signal, priority } = worth;
  return {
    id: row.id,
    band: ranked.band === 0 ? 'inbound' : 'ranked',
    state: row.state,
    reason,
    passedOn: row.passedByName === null ? null : { by: row.passedByName, reason: row.passedReason },
    priority,
    signalScore: signal,
    fit: ranked.fit ?? 0,
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
    contact: contactOf(row),
    owner: row.ownerId === null ? null : { id: row.ownerId, name: row.ownerName ?? '' },
    claim: claimOf(row, asOf),
    contributions: contributions(model, masses, asOf).slice(0, maxContributions),
    createdAt: row.createdAt,
  };
}

function leadOf(row: ShownRow): QueueItemView['lead'] {
  if (row.leadId === null || row.leadReceivedAt === null) return null;
  return {
    id: row.leadId,
    intent: row.leadIntent ?? '',
    receivedAt: row.leadReceivedAt,
    firstHumanTouchAt: row.firstTouchAt,
  };
}

function claimOf(row: ShownRow, asOf: Date): QueueItemView['claim'] {
  if (row.claimedBy === null || row.claimExpiresAt === null || row.claimExpiresAt <= asOf) return null;
  return { memberId: row.claimedBy, name: row.claimedByName ?? '', expiresAt: row.claimExpiresAt };
}

function contactOf(row: ShownRow): QueueItemView['contact'] {
  if (row.personId === null) return null;
  return {
    personId: row.personId,
    name: [row.givenName, row.familyName].filter(Boolean).join(' ') || 'Unknown name',
    title: row.title,
    email: row.workEmail ?? row.emailKey,
    emailVerification: row.workEmailVerification,
    // Who asked not to be called has no number in the queue: a call can't begin by accident.
    phone: row.doNotCall ? null : row.mobile,
    phoneLineType: row.doNotCall ? null : row.mobileLineType,
    doNotCall: row.doNotCall ?? false,
  };
}
