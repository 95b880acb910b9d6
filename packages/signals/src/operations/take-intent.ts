import { findOrCreateAccount } from '@penstock/accounts/identify-company';
import { companyNameKey } from '@penstock/accounts/model/company-name';
import { command } from '@penstock/workspace/operation';
import { z } from 'zod';

import { readIntentRow, type IntentRow } from '../model/intent-row.ts';
import { recordSignals, type NewSignal } from '../record-signals.ts';
import type { ScoringPort } from '../scoring-port.ts';

export const INTENT_ROWS_AT_ONCE = 200;

const Columns = z.strictObject({
  domain: z.int().min(0).nullable(),
  company: z.int().min(0).nullable(),
  kind: z.int().min(0).nullable(),
  topic: z.int().min(0).nullable(),
  score: z.int().min(0).nullable(),
  date: z.int().min(0).nullable(),
});

/** Rows of a vendor's file: the good ones are told, each once however often the file is sent. */
export function takeIntentOperation(deps: { scoring: ScoringPort }) {
  return command({
    name: 'signals.takeIntent',
    lane: 'hot',
    permission: 'providers.manage',
    summary:
      'Take rows of intent (content consumption, competitor research, category search): which cell of each row is what, and the rows.',
    input: z.strictObject({
      columns: Columns,
      rows: z
        .array(z.array(z.string().max(2_000)).max(300))
        .min(1, 'holds no row')
        .max(INTENT_ROWS_AT_ONCE),
    }),
    output: z.object({
      items: z.array(z.object({ outcome: z.enum(['recorded', 'repeated', 'refused']), problem: z.string() })),
    }),
    async run({ tx, now }, { columns, rows }) {
      const read = rows.map((cells) => readIntentRow(cells, columns, now));
      const good = read.flatMap((one) => ('row' in one ? [one.row] : []));
      const signals = new Map<IntentRow, NewSignal>();
      // Two files with common companies take them in one order, and wait instead of deadlocking.
      for (const row of good.toSorted((a, b) => (identityOf(a) < identityOf(b) ? -1 : 1))) {
        const mention = {
          name: row.company || (row.domain ?? ''),
          formerNames: [],
          domain: row.domain,
          ids: [],
          country: null,
          region: null,
          city: null,
        };
        const as = { state: 'proposed', origin: 'signal', isTest: false, ownerId: null, now } as const;
        const { accountId } = await findOrCreateAccount(tx, mention, as);
        signals.set(row, toSignal(row, accountId));
      }
      const recorded = await recordSignals(tx, [...signals.values()], now, deps.scoring);
      const fresh = new Set(recorded.map(({ eventKey }) => eventKey));
      const items = read.map((one) => {
        if ('problem' in one) return { outcome: 'refused' as const, problem: one.problem };
        const key = signals.get(one.row)?.eventKey ?? '';
        // The first row of an event is the one that was recorded.
        return { outcome: fresh.delete(key) ? ('recorded' as const) : ('repeated' as const), problem: '' };
      });
      return {
        output: { items },
        audit: {
          action: 'intent.taken',
          subjectKind: 'workspace',
          subjectId: tx.workspaceId,
          detail: { rows: rows.length, recorded: recorded.length },
        },
      };
    },
  });
}

const identityOf = ({ domain, company }: IntentRow): string => domain ?? companyNameKey(company);

const TOLD = {
  content_spike: 'reads much about',
  competitor_research: 'looks into',
  category_search: 'searches for',
} as const;

function toSignal(row: IntentRow, accountId: string): NewSignal {
  const day = row.occurredAt.toISOString().slice(0, 10);
  return {
    accountId,
    kind: row.kind,
    eventKey: ['intent', identityOf(row), row.kind, row.topic.toLowerCase(), day].join('/'),
    strength: row.strength,
    summary: `${row.company || (row.domain ?? 'A company')} ${TOLD[row.kind]} ${row.topic || 'what we sell'}.`,
    facts: { topic: row.topic === '' ? null : row.topic, day },
    source: 'intent',
    isTest: false,
    occurredAt: row.occurredAt,
    evidence: null,
  };
}
