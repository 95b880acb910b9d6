import { Done, Instant, pageOf } from '@penstock/kernel/contract';
import { DomainError } from '@penstock/kernel/domain-error';
import { maybeOne, type Tx } from '@penstock/store/tx';
import { command, query } from '@penstock/workspace/operation';
import { z } from 'zod';

import * as sql from '../alerts/alert-statements.ts';
import { manifestsIn, type Catalogue } from '../described-providers.ts';
import { alertWords } from '../model/alert-words.ts';
import { ALERT_KINDS } from '../model/alerts.ts';

const AlertView = z.object({
  id: z.string(),
  kind: z.enum(ALERT_KINDS),
  /** What is amiss, in a sentence with its figures. */
  what: z.string(),
  /** What to do about it. */
  remedy: z.string(),
  /** Ids of what it is about, and the vendor’s. */
  about: z.record(z.string(), z.string()),
  figures: z.record(z.string(), z.number()),
  openedAt: Instant,
  closedAt: Instant.nullable(),
  acknowledgedBy: z.string().nullable(),
  acknowledgedAt: Instant.nullable(),
});

async function inWords(
  tx: Tx,
  catalogue: Catalogue,
  rows: readonly sql.AlertRow[],
): Promise<z.input<typeof AlertView>[]> {
  const manifests = rows.length === 0 ? [] : await manifestsIn(tx, catalogue);
  const nameOf = new Map(manifests.map(({ id, name }) => [id, name]));
  return rows.map(({ name, ...row }) => {
    const provider = row.about['provider'] ?? '';
    return { ...row, ...alertWords({ ...row, name }, nameOf.get(provider) ?? provider) };
  });
}

/** Alerts about money and providers: what is amiss now, what was, and who has seen it. */
export const alertOperations = (catalogue: Catalogue) => ({
  list: query({
    name: 'enrichment.alerts',
    lane: 'hot',
    permission: 'enrichment.read',
    summary:
      'What is amiss with money and providers just now; those that nobody has acknowledged come first.',
    input: z.object({}),
    output: z.object({ items: z.array(AlertView) }),
    async run({ tx }) {
      return { items: await inWords(tx, catalogue, await tx.rows(sql.listOpenAlerts)) };
    },
  }),
  closed: query({
    name: 'enrichment.closedAlerts',
    lane: 'hot',
    permission: 'enrichment.read',
    summary: 'Alerts whose cause is gone, newest first.',
    input: z.object({ cursor: z.uuid().nullish() }),
    output: pageOf(AlertView),
    async run({ tx }, { cursor }) {
      const rows = await tx.rows(sql.listClosedAlerts, cursor ?? null, PAGE);
      const items = await inWords(tx, catalogue, rows);
      return { items, nextCursor: rows.length === PAGE ? (rows.at(-1)?.id ?? null) : null };
    },
  }),
});

const PAGE = 50;

export const acknowledgeAlert = command({
  name: 'enrichment.acknowledgeAlert',
  lane: 'hot',
  permission: 'enrichment.run',
  summary:
    'Say that somebody has seen an alert and looks after it. It closes by itself when its cause is gone.',
  input: z.object({ id: z.uuid() }),
  output: Done,
  async run({ tx, actor, now }, { id }) {
    const done = await tx.rows(sql.acknowledgeAlert, id, actor.id, now);
    if (done.length === 0) {
      const found = await maybeOne(tx, sql.findAlert, id);
      if (!found) throw new DomainError('not_found', 'id: there is no such alert in this workspace.');
      throw new DomainError(
        'conflict',
        found.closedAt === null
          ? 'Somebody has acknowledged this alert already.'
          : 'This alert has closed by itself already.',
      );
    }
    return {
      output: { id },
      audit: { action: 'alert.acknowledged', subjectKind: 'alert', subjectId: id },
      events: [{ kind: 'alert.acknowledged', payload: { alertId: id } }],
    };
  },
});
