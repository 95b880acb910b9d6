import { missingRoles } from '@penstock/accounts/missing-roles';
import { companyNameKey } from '@penstock/accounts/model/company-name';
import { asOfOfCursor, decodeCursor, encodeCursor } from '@penstock/kernel/page-cursor';
import { compareRanked, exactPage } from '@penstock/scoring/model/exact-page';
import type { IntentModel } from '@penstock/scoring/model/intent';
import { accountRisk } from '@penstock/scoring/model/risk';
import { massesOf } from '@penstock/scoring/rescore';
import { scoreDocuments } from '@penstock/scoring/score-documents';
import { stalledDeals } from '@penstock/scoring/stalled-deals';
import { one, type Tx } from '@penstock/store/tx';
import { query } from '@penstock/workspace/operation';
import type { Actor } from '@penstock/workspace/model/actor';
import { z } from 'zod';

import { DealPage } from '../contracts.ts';
import { exactSignal, recentSignals, viewDeal } from '../deal-view.ts';
import {
  countDeals,
  readDeals,
  readDealsOf,
  readDealsToSort,
  readDealsToWeigh,
  type DealRecord,
  type DealToSort,
} from '../deal-statements.ts';
import { dealRisk } from '../model/deal-risk.ts';
import { LATE_STEP_DAYS, pipelineWorth, WORTH_DAYS } from '../model/pipeline-worth.ts';
import { stageOf, type PipelineTemplate } from '../model/stage.ts';
import { publishedPipeline } from '../pipeline-document.ts';
import { winProbabilities } from '../win-model-document.ts';

const BATCH = 200;
/** Where bounds say so little that a batch is not enough, many more batches would not be either. */
const FURTHER = 9;

const ListInput = z.object({
  order: z.enum(['signal', 'value', 'stage', 'age', 'risk']).default('signal'),
  direction: z.enum(['asc', 'desc']).default('desc'),
  stage: z.string().max(40).optional(),
  owner: z.string().max(100).optional(),
  search: z.string().trim().max(120).optional(),
  /** Only stalled deals whose account shows intent again. */
  reactivating: z.stringbool().or(z.boolean()).default(false),
  /** Say who is missing of each deal's buying committee. */
  committee: z.stringbool().or(z.boolean()).default(false),
  cursor: z.string().max(500).nullish(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});
const PageCursor = z.object({ asOf: z.iso.datetime(), exact: z.number(), id: z.string() });
type Ranked = DealRecord & { exact: number };

/** Open deals, by default in the order of the account's signal score as of `asOf`. */
export const listDeals = query({
  name: 'deals.list',
  lane: 'hot',
  permission: 'deal.read',
  summary: 'Open deals (or those of one stage), exactly ordered; signal score first by default.',
  input: ListInput,
  output: DealPage,
  async run({ tx, actor, now }, input) {
    const after = input.cursor ? decodeCursor(PageCursor, input.cursor) : null;
    const asOf = after ? asOfOfCursor(after.asOf, now) : now;
    const { template } = await publishedPipeline(tx);
    const { intent } = await scoreDocuments(tx);
    const reviving = input.reactivating
      ? await stalledDeals(tx, intent, { owners: actor.visibleOwnerIds, reviving: true }, asOf)
      : null;
    const filter = filterOf(actor, input, reviving && revivingIds(reviving));
    const stages = template.stages.map((stage) => stage.key);
    const rank = rankOf(input, intent, asOf);
    const readBatch = async (offset: number): Promise<Ranked[]> => {
      const count = offset === 0 ? BATCH : FURTHER * offset;
      const rows = await tx.rows(readDeals, ...filter, input.order, stages, offset, count);
      return rows.map((row) => ({
        ...row,
        exact: rank(row),
        bound: input.order === 'signal' ? row.bound : row.rank,
      }));
    };
    const rows =
      input.direction === 'asc' || input.order === 'risk'
        ? await sorted(tx, { ...input, filter, stages, intent, rank }, after)
        : (await exactPage({ limit: input.limit, after, readBatch })).rows;
    const last = rows.length === input.limit ? rows.at(-1) : undefined;
    const recent = await recentSignals(tx, rows, asOf);
    const open = rows.filter((deal) => deal.stageType === 'open').map((deal) => deal.id);
    const known = {
      recent,
      wins: await winProbabilities(tx, open, asOf),
      stalled: reviving ?? (await stalledDeals(tx, intent, { ids: open, owners: null }, asOf)),
      missing: input.committee
        ? await missingRoles(
            tx,
            rows.map(({ accountId }) => accountId),
            asOf,
          )
        : null,
    };
    return {
      asOf,
      items: rows.map((deal) => viewDeal(deal, template, intent, asOf, known)),
      nextCursor: last ? encodeCursor({ asOf: asOf.toISOString(), exact: last.exact, id: last.id }) : null,
      ...(await one(tx, countDeals, ...filter)),
      worth: after ? null : await worthOf(tx, filter, template, asOf),
    };
  },
});

async function worthOf(tx: Tx, filter: ReturnType<typeof filterOf>, template: PipelineTemplate, asOf: Date) {
  const deals = await tx.rows(readDealsToWeigh, ...filter, asOf, WORTH_DAYS, LATE_STEP_DAYS);
  return pipelineWorth(
    deals.map((deal) => ({ ...deal, probability: stageOf(template, deal.stage)?.probability ?? 0 })),
    asOf,
  );
}

const revivingIds = (stalled: Awaited<ReturnType<typeof stalledDeals>>): string[] =>
  [...stalled.values()].flatMap(({ dealId, reactivation }) => (reactivation ? [dealId] : []));

function filterOf(actor: Actor, input: z.output<typeof ListInput>, ids: readonly string[] | null) {
  const key = companyNameKey(input.search ?? '');
  return [actor.visibleOwnerIds, input.stage ?? '', input.owner ?? '', key, `${key}\uFFFF`, ids] as const;
}

function rankOf(input: z.output<typeof ListInput>, intent: IntentModel, asOf: Date) {
  return (deal: DealToSort): number => {
    switch (input.order) {
      case 'value':
      case 'stage':
      case 'age':
        return deal.rank;
      case 'risk':
        return dealRisk(deal, accountRisk(intent, massesOf(deal), asOf), asOf)?.risk ?? -1;
      case 'signal':
        return exactSignal(intent, deal, asOf);
    }
  };
}

/** Lowest first and by risk can't use a stored bound: of every deal what its order follows from is read, and of those on the page the rest. */
async function sorted(
  tx: Tx,
  how: {
    order: z.output<typeof ListInput>['order'];
    direction: 'asc' | 'desc';
    limit: number;
    filter: ReturnType<typeof filterOf>;
    stages: readonly string[];
    intent: IntentModel;
    rank: (deal: DealToSort) => number;
  },
  after: { exact: number; id: string } | null,
): Promise<Ranked[]> {
  const { order, direction, limit, filter, stages, intent, rank } = how;
  const sign = direction === 'asc' ? -1 : 1;
  const compare: typeof compareRanked = (a, b) => sign * compareRanked(a, b);
  const counting = order === 'risk' ? Object.keys(intent.risk) : null;
  const all = (await tx.rows(readDealsToSort, ...filter, order, stages, counting))
    .map((deal) => ({ id: deal.id, exact: rank(deal) }))
    .toSorted(compare);
  const start = after === null ? 0 : all.findIndex((row) => compare(row, after) > 0);
  const page = start === -1 ? [] : all.slice(start, start + limit);
  const rows = await tx.rows(
    readDealsOf,
    page.map(({ id }) => id),
  );
  const known = new Map(rows.map((row) => [row.id, row]));
  return page.flatMap(({ id, exact }) => {
    const row = known.get(id);
    return row ? [{ ...row, exact }] : [];
  });
}
