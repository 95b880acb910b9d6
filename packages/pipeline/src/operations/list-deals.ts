import { companyNameKey } from '@penstock/accounts/model/company-name';
import { asOfOfCursor, decodeCursor, encodeCursor } from '@penstock/kernel/page-cursor';
import { compareRanked, exactPage } from '@penstock/scoring/model/exact-page';
import type { IntentModel } from '@penstock/scoring/model/intent';
import { scoreDocuments } from '@penstock/scoring/score-documents';
import { one, type Tx } from '@penstock/store/tx';
import { query } from '@penstock/workspace/operation';
import type { Actor } from '@penstock/workspace/model/actor';
import { z } from 'zod';

import { DealPage } from '../contracts.ts';
import { exactSignal, recentSignals, viewDeal } from '../deal-view.ts';
import { countDeals, readDeals, readDealsToWeigh, type DealRecord } from '../deal-statements.ts';
import { pipelineWorth } from '../model/pipeline-worth.ts';
import { stageOf, type PipelineTemplate } from '../model/stage.ts';
import { publishedPipeline } from '../pipeline-document.ts';
import { winProbabilities } from '../win-model-document.ts';

const BATCH = 200;
const MOST_SORTED = 5_000;
const MOST_WEIGHED = 20_000;

const ListInput = z.object({
  order: z.enum(['signal', 'value', 'stage', 'age']).default('signal'),
  direction: z.enum(['asc', 'desc']).default('desc'),
  stage: z.string().max(40).optional(),
  owner: z.string().max(100).optional(),
  search: z.string().trim().max(120).optional(),
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
    const filter = filterOf(actor, input);
    const stages = template.stages.map((stage) => stage.key);
    const rank = rankOf(input, stages, intent, asOf);
    // Looking further down costs twice as many rows each time, not one look more for each batch.
    const readBatch = async (offset: number, count = Math.max(BATCH, offset)): Promise<Ranked[]> => {
      const rows = await tx.rows(readDeals, ...filter, input.order, stages, offset, count);
      return rows.map((row) => ({
        ...row,
        exact: rank(row),
        bound: input.order === 'signal' ? row.bound : rank(row),
      }));
    };
    const rows =
      input.direction === 'desc'
        ? (await exactPage({ limit: input.limit, after, readBatch: (offset) => readBatch(offset) })).rows
        : await ascending(readBatch, input.limit, after);
    const last = rows.length === input.limit ? rows.at(-1) : undefined;
    const recent = await recentSignals(tx, rows, asOf);
    const open = rows.filter((deal) => deal.stageType === 'open').map((deal) => deal.id);
    const known = { recent, wins: await winProbabilities(tx, open, asOf) };
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
  const deals = await tx.rows(readDealsToWeigh, ...filter, MOST_WEIGHED);
  return pipelineWorth(
    deals.map((deal) => ({ ...deal, probability: stageOf(template, deal.stage)?.probability ?? 0 })),
    asOf,
  );
}

function filterOf(actor: Actor, input: z.output<typeof ListInput>) {
  const key = companyNameKey(input.search ?? '');
  return [actor.visibleOwnerIds, input.stage ?? '', input.owner ?? '', key, `${key}\uFFFF`] as const;
}

function rankOf(
  input: z.output<typeof ListInput>,
  stages: readonly string[],
  intent: IntentModel,
  asOf: Date,
) {
  return (deal: DealRecord): number => {
    switch (input.order) {
      case 'value':
        return deal.valueMinor;
      case 'stage':
        return stages.indexOf(deal.stage) + 1;
      case 'age':
        return -deal.createdAt.getTime() / 1_000;
      case 'signal':
        return exactSignal(intent, deal, asOf);
    }
  };
}

/** Lowest first can't use the stored bound; the deals are read (at most 5,000) and sorted. */
async function ascending(
  readBatch: (offset: number, count: number) => Promise<Ranked[]>,
  limit: number,
  after: { exact: number; id: string } | null,
) {
  const all = await readBatch(0, MOST_SORTED);
  all.sort((a, b) => compareRanked(b, a));
  const start = after === null ? 0 : all.findIndex((row) => compareRanked(row, after) < 0);
  return start === -1 ? [] : all.slice(start, start + limit);
}
