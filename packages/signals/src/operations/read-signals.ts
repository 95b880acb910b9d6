import { DomainError } from '@penstock/kernel/domain-error';
import { Cursor, Done, Instant, Named, pageOf } from '@penstock/kernel/contract';
import { decodeCursor, encodeCursor, NEWEST, TimePosition } from '@penstock/kernel/page-cursor';
import { statement } from '@penstock/store/statement';
import { maybeOne, one, type Tx } from '@penstock/store/tx';
import { command, query } from '@penstock/workspace/operation';
import { z } from 'zod';

import { SIGNAL_KINDS } from '../model/signal-kind.ts';
import type { SignalKind } from '../source-port.ts';
import { nameOfSource } from '../model/source-name.ts';
import {
  countAccountsOf,
  listByAccount,
  listByKind,
  readRow,
  type SignalRecord,
} from '../signal-list-statements.ts';
import { departureOfSignal, DepartureView } from './departure-of-signal.ts';

const KINDS = Object.keys(SIGNAL_KINDS) as [SignalKind, ...SignalKind[]];
const Kind = z.enum(KINDS);
export const Verdict = z.enum(['useful', 'known', 'wrong_company', 'junk']);

/** Accounts up to which their own signals are read rather than all. */
const FEW_ACCOUNTS = 2_000;
const SIZES = ['1-49', '50-199', '200-999', '1000+'] as const;
/** From, and below. */
const EMPLOYEES: Readonly<Record<(typeof SIZES)[number], readonly [number, number | null]>> = {
  '1-49': [1, 50],
  '50-199': [50, 200],
  '200-999': [200, 1_000],
  '1000+': [1_000, null],
};

const SignalRow = z.object({
  id: z.string(),
  kind: Kind,
  label: z.string(),
  effect: z.enum(['opportunity', 'risk', 'both']),
  strength: z.number(),
  summary: z.string(),
  source: z.string(),
  account: z.object({ id: z.string(), name: z.string(), owner: Named.nullable() }),
  occurredAt: Instant,
  recordedAt: Instant,
  expired: z.boolean(),
  /** It was told by mistake and taken back. */
  withdrawn: z.boolean(),
  evidence: z.object({ url: z.string(), quote: z.string() }).nullable(),
  /** Everybody who told of it, by name of the source. */
  toldBy: z.array(z.string()),
  /** What the caller said of it. */
  verdict: Verdict.nullable(),
});

const readEvidence = statement<{
  url: string;
  quote: string;
  quoteStart: number;
  context: string;
  contentHash: string;
  fetchedAt: Date;
  source: string;
  sourceName: string | null;
  told: string;
}>(
  'read_evidence_of_signal',
  `select e.url, e.quote, e.quote_start as "quoteStart", e.context, e.content_hash as "contentHash", e.fetched_at as "fetchedAt",
     coalesce(r.source, '') as source, w.name as "sourceName", coalesce(r.summary, '') as told
   from evidence e left join signal_report r on r.workspace_id = e.workspace_id and r.own_id = e.signal_id
   left join source_watch w on w.workspace_id = r.workspace_id and w.source = r.source
   where e.workspace_id = $1 and e.signal_id = any(array(select own_id from signal_report where workspace_id = $1 and signal_id = $2) || $2::uuid)
   order by e.fetched_at`,
);

const view = (row: SignalRecord): z.input<typeof SignalRow> => ({
  id: row.id,
  kind: row.kind,
  label: SIGNAL_KINDS[row.kind].label,
  effect: SIGNAL_KINDS[row.kind].effect,
  strength: row.strength,
  summary: row.summary,
  source: row.source,
  account: {
    id: row.accountId,
    name: row.accountName,
    owner: row.ownerId === null ? null : { id: row.ownerId, name: row.ownerName ?? '' },
  },
  occurredAt: row.occurredAt,
  recordedAt: row.recordedAt,
  expired: row.expired,
  withdrawn: row.withdrawn,
  evidence: row.url === null ? null : { url: row.url, quote: row.quote ?? '' },
  toldBy:
    row.toldBy.length === 0
      ? [nameOfSource(row.source, row.sourceName)]
      : row.toldBy.map((source, at) => nameOfSource(source, row.tellerNames[at] ?? null)),
  verdict: row.verdict,
});

export const listSignals = query({
  name: 'signals.list',
  lane: 'hot',
  permission: 'signal.read',
  summary: 'What happened at accounts, as recorded, newest first, with its evidence.',
  input: z.object({
    kind: Kind.optional(),
    effect: z.enum(['opportunity', 'risk']).optional(),
    minStrength: z.coerce.number().min(0).max(1).default(0),
    /** Accounts of the caller only. */
    mine: z.coerce.boolean().default(false),
    ownerId: z.string().max(100).optional(),
    accountId: z.uuid().optional(),
    /** Accounts of this list only. */
    listId: z.uuid().optional(),
    country: z
      .string()
      .trim()
      .toUpperCase()
      .regex(/^[A-Z]{2}$/, 'is not a two-letter country code')
      .optional(),
    /** Employees of the account. */
    size: z.enum(SIZES).optional(),
    cursor: Cursor.nullish(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  output: pageOf(SignalRow),
  async run({ tx, actor }, input) {
    const after = input.cursor ? decodeCursor(TimePosition, input.cursor) : NEWEST;
    const kinds = KINDS.filter(
      (kind) =>
        (input.kind === undefined || kind === input.kind) &&
        (input.effect === undefined ||
          SIGNAL_KINDS[kind].effect === 'both' ||
          SIGNAL_KINDS[kind].effect === input.effect),
    );
    const owner = input.mine ? actor.id : (input.ownerId ?? null);
    const [least, below] = input.size ? EMPLOYEES[input.size] : [null, null];
    const rows = await tx.rows(
      (await isOfFew(tx, owner, input)) ? listByAccount : listByKind,
      after.id,
      kinds,
      input.minStrength,
      owner,
      input.accountId ?? null,
      input.limit,
      actor.id,
      input.listId ?? null,
      input.country ?? null,
      least,
      below,
    );
    const last = rows.length === input.limit ? rows.at(-1) : undefined;
    return {
      items: rows.map(view),
      nextCursor: last ? encodeCursor({ at: last.recordedAt.toISOString(), id: last.id }) : null,
    };
  },
});

/** Whether so few accounts are asked about that each is looked at; which way is taken changes the time, never the answer. */
async function isOfFew(
  tx: Tx,
  owner: string | null,
  { accountId, listId }: { accountId?: string | undefined; listId?: string | undefined },
): Promise<boolean> {
  if (accountId !== undefined) return true;
  if (owner === null && listId === undefined) return false;
  const { accounts } = await one(tx, countAccountsOf, owner, listId ?? null, FEW_ACCOUNTS + 1);
  return accounts <= FEW_ACCOUNTS;
}

export const getSignal = query({
  name: 'signals.get',
  lane: 'hot',
  permission: 'signal.read',
  summary: 'One signal: what was said, where, what it does and what to do about it.',
  input: z.object({ id: z.uuid() }),
  output: SignalRow.extend({
    facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
    halfLifeDays: z.number(),
    play: z.string(),
    contradictedBy: z.array(z.string()),
    /** Who left or arrived, for signals about champions. */
    departure: DepartureView.nullable(),
    sources: z.array(
      z.object({
        url: z.string(),
        quote: z.string(),
        quoteStart: z.int(),
        context: z.string(),
        contentHash: z.string(),
        fetchedAt: Instant,
        /** Who told it and how, where several tell of the event; else empty. */
        source: z.string(),
        told: z.string(),
      }),
    ),
  }),
  async run({ tx, actor, now }, { id }) {
    const row = await maybeOne(tx, readRow, id, actor.id);
    if (!row) throw new DomainError('not_found', 'There is no such signal. Look for it in the feed.');
    const kind = SIGNAL_KINDS[row.kind];
    return {
      ...view(row),
      facts: row.facts,
      halfLifeDays: kind.halfLifeDays,
      play: kind.play,
      contradictedBy: kind.contradictedBy.map((other) => SIGNAL_KINDS[other].label),
      departure: row.source === 'champions' ? await departureOfSignal(tx, actor, row.id, now) : null,
      sources: (await tx.rows(readEvidence, row.id)).map(({ sourceName, ...evidence }) => ({
        ...evidence,
        source: nameOfSource(evidence.source, sourceName),
      })),
    };
  },
});

const upsertVerdict = statement<{ signalId: string }>(
  'upsert_signal_verdict',
  `insert into signal_verdict (workspace_id, signal_id, member_id, verdict, decided_at)
   select s.workspace_id, s.id, $3, $4, $5::timestamptz from signal s where s.workspace_id = $1 and s.id = $2
   on conflict (workspace_id, signal_id, member_id) do update set verdict = excluded.verdict, decided_at = excluded.decided_at
   returning signal_id as "signalId"`,
);

export const judgeSignal = command({
  name: 'signals.judge',
  lane: 'hot',
  permission: 'queue.work',
  summary:
    'Say whether a signal was useful, known already, of the wrong company, or junk. It makes the precision of its source and kind.',
  input: z.strictObject({ id: z.uuid(), verdict: Verdict }),
  output: Done,
  async run({ tx, actor, now }, { id, verdict }) {
    if (actor.kind !== 'member')
      throw new DomainError('forbidden', 'Only a member can judge a signal. Sign in as a person.');
    if ((await maybeOne(tx, upsertVerdict, id, actor.id, verdict, now)) === null)
      throw new DomainError('not_found', 'There is no such signal. Look for it in the feed.');
    return {
      output: { id },
      audit: { action: 'signal.judged', subjectKind: 'signal', subjectId: id, detail: { verdict } },
      events: [],
    };
  },
});
