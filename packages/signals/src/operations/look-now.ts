import { Done, Instant } from '@penstock/kernel/contract';
import { DomainError } from '@penstock/kernel/domain-error';
import { maybeOne, type Tx } from '@penstock/store/tx';
import { command, query } from '@penstock/workspace/operation';
import { z } from 'zod';

import { makeSearchDue } from '../board-finding-statements.ts';
import { BoardFinding, findingOf } from '../board-finding-view.ts';
import * as sql from '../look-statements.ts';
import { LEAST_GAP_MS, whyNotNow } from '../model/look-again.ts';
import { dayOf, whyResting } from '../model/source-day.ts';
import { nameOfSource } from '../model/source-name.ts';
import { COMPANY_PRESS_SOURCE } from '../poll-press.ts';
import { COMPANY_SITES_SOURCE } from '../read-company-site.ts';
import { readUsage } from '../source-figures.ts';

const OfAccount = z.object({
  source: z.string(),
  name: z.string(),
  what: z.string(),
  lookedAt: Instant.nullable(),
  dueAt: Instant,
  isFailing: z.boolean(),
  fault: z.string(),
  known: z.int().nullable(),
  /** Signals of this source at the account. */
  signals: z.int(),
  active: z.boolean(),
  /** Why it is not looked at at once; null if it can be. */
  notNow: z.string().nullable(),
  /** The page of the company's own site that led to it; empty where somebody named it. */
  foundOn: z.string(),
});
/** What is looked at, and the looking for a job board; null for an account without a domain. */
const Looks = z.object({ items: z.array(OfAccount), finding: BoardFinding.nullable() });

export const sourcesOfAccount = query({
  name: 'sources.ofAccount',
  lane: 'hot',
  permission: 'account.read',
  summary:
    'What is looked at for an account alone (job boards, records of its domain, press, paid sources), when it was and what it gave.',
  input: z.object({ accountId: z.uuid() }),
  output: Looks,
  run: ({ tx, now }, { accountId }) => looksOf(tx, accountId, now),
});

async function looksOf(tx: Tx, accountId: string, now: Date): Promise<z.input<typeof Looks>> {
  const rows = await tx.rows(sql.sourcesOfAccount, accountId);
  const signals = new Map(
    (await tx.rows(sql.signalsOfSources, accountId)).map((row) => [row.source, row.signals]),
  );
  const resting = await restingSources(tx, now);
  const items = rows.map(({ failures, costs, ...row }) => ({
    ...row,
    name: nameOfSource(row.source, null),
    isFailing: failures > 0,
    signals: signals.get(row.source) ?? 0,
    notNow: whyNotNow({ ...row, costs, resting: resting.get(row.source) ?? null }, now),
  }));
  return { items, finding: await findingOf(tx, accountId, resting.get(COMPANY_SITES_SOURCE) ?? null, now) };
}

/** Sources that get no more requests today, with the reason. */
async function restingSources(tx: Tx, now: Date): Promise<Map<string, string>> {
  const usage = await tx.rows(readUsage, dayOf(now));
  return new Map(
    usage.flatMap((use) => {
      const why = whyResting(use, use);
      return why === null ? [] : [[use.source, why]];
    }),
  );
}

/** Lets the watchers look before they would have. */
type Waking = { wake: () => void };

export const lookNowOperations = (deps: Waking) => ({
  lookNow: lookNowOperation(deps),
  lookAtAccount: lookAtAccountOperation(deps),
});

const lookNowOperation = ({ wake }: Waking) =>
  command({
    name: 'sources.lookNow',
    lane: 'hot',
    permission: 'providers.manage',
    summary: 'Look at a source at once, within its limit of the day and what it asked for.',
    input: z.strictObject({ id: z.uuid() }),
    output: Done,
    afterCommit: wake,
    async run({ tx, now }, { id }) {
      const source = await maybeOne(tx, sql.readLook, id);
      if (!source) throw new DomainError('not_found', 'There is no such source. Look for it under Sources.');
      const resting = (await restingSources(tx, now)).get(source.source) ?? null;
      const why = whyNotNow({ ...source, fault: source.lastFault, costs: false, resting }, now);
      if (why !== null)
        throw new DomainError(
          'conflict',
          `${nameOfSource(source.source, source.name)} is not looked at now: ${why}.`,
        );
      await tx.rows(sql.lookNow, id, now);
      return {
        output: { id },
        audit: { action: 'source.looked_at', subjectKind: 'source_watch', subjectId: id },
        events: [{ kind: 'source.changed', payload: { watchId: id } }],
      };
    },
  });

const lookAtAccountOperation = ({ wake }: Waking) =>
  command({
    name: 'sources.lookAtAccount',
    lane: 'hot',
    permission: 'account.write',
    summary:
      'Look at once at what is looked at for an account alone: its job boards (or its own site for one), the records of its domain, the press. What costs keeps its cadence.',
    input: z.strictObject({ accountId: z.uuid() }),
    output: Looks.extend({ due: z.array(z.string()) }),
    afterCommit: wake,
    async run({ tx, now }, { accountId }) {
      const before = new Date(now.getTime() - LEAST_GAP_MS);
      const resting = [...(await restingSources(tx, now)).keys()];
      const values = [accountId, now, before, resting] as const;
      const due = [
        ...(await tx.rows(sql.makeBoardsDue, ...values)),
        ...(await tx.rows(sql.makeDomainDue, ...values)),
        ...(await tx.rows(sql.makePressDue, ...values)),
        ...(await tx.rows(makeSearchDue, ...values)),
      ].map(({ source }) => source);
      await tx.rows(
        sql.wakeWatches,
        ['dns', COMPANY_PRESS_SOURCE, COMPANY_SITES_SOURCE].filter((one) => due.includes(one)),
        now,
      );
      const looks = await looksOf(tx, accountId, now);
      if (looks.items.length === 0 && due.length === 0 && looks.finding?.active !== true)
        throw new DomainError(
          'not_found',
          'Nothing is looked at for this account alone. Give it a domain and an owner, or watch its job board under Sources.',
        );
      return {
        output: { due: due.map((source) => nameOfSource(source, null)), ...looks },
        audit: {
          action: 'account.looked_at',
          subjectKind: 'account',
          subjectId: accountId,
          detail: { sources: due.length },
        },
        events: [{ kind: 'source.changed', payload: { accountId } }],
      };
    },
  });
