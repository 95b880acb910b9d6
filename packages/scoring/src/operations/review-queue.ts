import { Instant } from '@penstock/kernel/contract';
import { SIGNAL_KINDS } from '@penstock/signals/model/signal-kind';
import { query } from '@penstock/workspace/operation';
import { z } from 'zod';

import { dayCapacity } from '../model/queue-definition.ts';
import { queueDefinitions } from '../queue-definitions.ts';
import { outreachOutcomes, queueLoad } from '../review-statements.ts';

const DAY_MS = 86_400_000;
const WEEK_MS = 7 * DAY_MS;

const Outcome = z.object({
  /** Null: without a signal before it. */
  kind: z.string().nullable(),
  label: z.string(),
  source: z.string().nullable(),
  outreach: z.int(),
  replies: z.int(),
  meetings: z.int(),
});

const Counted = z.object({ outreach: z.int(), replies: z.int(), meetings: z.int() });
const NOTHING = { outreach: 0, replies: 0, meetings: 0 };

const labels = new Map<string, string>(
  Object.entries(SIGNAL_KINDS).map(([kind, { label }]) => [kind, label]),
);

/** Whether signals pay: what came of outreach with each kind of signal before it, and without any (R028). */
export const signalOutcomes = query({
  name: 'queue.outcomes',
  lane: 'hot',
  permission: 'report.read',
  summary:
    'Replies and meetings after outreach, by the kind and source of the signal before it, and without one.',
  input: z.object({
    days: z.coerce.number().int().min(1).max(365).default(90),
    signalWithinDays: z.coerce.number().int().min(1).max(180).default(30),
  }),
  output: z.object({
    since: Instant,
    items: z.array(Outcome),
    /** Each call and mail counted once. */
    withSignal: Counted,
    withoutSignal: Counted,
  }),
  async run({ tx, now }, input) {
    const since = new Date(now.getTime() - input.days * DAY_MS);
    const rows = await tx.rows(outreachOutcomes, since, input.signalWithinDays);
    const counted = (signalled: boolean) =>
      rows.find((row) => row.kind === null && row.signalled === signalled) ?? NOTHING;
    return {
      since,
      withSignal: counted(true),
      withoutSignal: counted(false),
      items: rows
        .filter((row) => row.kind !== null || !row.signalled)
        .map((row) => ({
          ...row,
          label: row.kind === null ? 'No signal before' : (labels.get(row.kind) ?? row.kind),
        })),
    };
  },
});

/** Who has how much, what nobody has touched, and how long. */
export const readLoad = query({
  name: 'queue.load',
  lane: 'hot',
  permission: 'report.read',
  summary:
    'Open, claimed and untouched items of each member beside what they work in a day, and what they closed within a week.',
  input: z.object({}),
  output: z.object({
    asOf: Instant,
    items: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        /** Items that the person works in a day: the most that one of their queues asks; null for nobody. */
        capacity: z.int().nullable(),
        open: z.int(),
        inbound: z.int(),
        claimed: z.int(),
        untouched: z.int(),
        oldestUntouchedAt: Instant.nullable(),
        doneThisWeek: z.int(),
      }),
    ),
  }),
  async run({ tx, now }) {
    const rows = await tx.rows(queueLoad, now, new Date(now.getTime() - WEEK_MS));
    const queues = await queueDefinitions(tx);
    return {
      asOf: now,
      items: rows.map((row) => ({ ...row, capacity: row.id === '' ? null : dayCapacity(queues, row) })),
    };
  },
});
