import { one, maybeOne, type Tx } from '@penstock/store/tx';
import { scoreDocuments } from '@penstock/scoring/score-documents';
import { winProbability, type WinModel } from '@penstock/scoring/model/win-probability';
import type { Facts } from '@penstock/scoring/model/win-encoding';
import { z } from 'zod';

import { dealFactsThen, type DealThen } from './model/deal-facts.ts';
import { publishedWinModel, readMomentsNow, readWinModelBody, type KnownThen } from './win-statements.ts';

const Logistic = z.object({ intercept: z.number(), weights: z.array(z.number()) });
const Column = z.discriminatedUnion('kind', [
  z.object({
    fact: z.string(),
    kind: z.literal('number'),
    at: z.int(),
    mean: z.number(),
    deviation: z.number(),
    unknownShare: z.number(),
  }),
  z.object({
    fact: z.string(),
    kind: z.literal('category'),
    places: z.record(z.string(), z.object({ at: z.int(), share: z.number() })),
  }),
]);
const Bin = z.object({
  from: z.number(),
  to: z.number(),
  count: z.int(),
  predicted: z.number(),
  observed: z.number(),
});
const Leak = z.object({ fact: z.string(), alone: z.number(), without: z.number() });
const Rested = { count: z.int(), won: z.int(), lost: z.int() };
const Period = { since: z.iso.datetime().nullable(), until: z.iso.datetime().nullable() };

/** What was learned, with what it rests on; instead of a model that there is too little, or no skill in it. */
export const WinModelBody = z.discriminatedUnion('state', [
  z.object({ state: z.literal('too_few'), needed: z.int(), ...Rested, ...Period }),
  z.object({ state: z.literal('no_skill'), area: z.number(), areaLow: z.number(), ...Rested, ...Period }),
  z.object({
    state: z.literal('ready'),
    area: z.number(),
    areaLow: z.number(),
    brier: z.number(),
    calibration: z.array(Bin),
    leaks: z.array(Leak),
    encoding: z.object({ columns: z.array(Column), width: z.int() }),
    logistic: Logistic,
    stretch: Logistic,
    ...Rested,
    ...Period,
  }),
]);
export type WinModelBody = z.output<typeof WinModelBody>;
export type ReadyModel = Extract<WinModelBody, { state: 'ready' }>;
// A body is a model with its period: what a model has, a body has to keep.
export const bodyOf = (model: WinModel, period: { since: Date | null; until: Date | null }): WinModelBody =>
  WinModelBody.parse({
    ...model,
    since: period.since?.toISOString() ?? null,
    until: period.until?.toISOString() ?? null,
  });

export type Learned = { versionId: string; number: number; publishedAt: Date; model: WinModelBody };

const MOST_KEPT = 100;
const kept = new Map<string, WinModelBody>();

/** What the workspace has learned last; null before it has. A version never changes, so each is parsed once by this process. */
export async function learnedModel(tx: Tx): Promise<Learned | null> {
  const published = await maybeOne(tx, publishedWinModel);
  if (!published) return null;
  const known = kept.get(published.versionId);
  if (known) return { ...published, model: known };
  const model = WinModelBody.parse((await one(tx, readWinModelBody, published.versionId)).body);
  if (kept.size >= MOST_KEPT) kept.clear();
  kept.set(published.versionId, model);
  return { ...published, model };
}

export function dealThen(row: KnownThen): DealThen {
  const signals = (row.kinds ?? []).flatMap((kind, index) => {
    const strength = row.strengths?.[index];
    const halfLifeDays = row.halfLives?.[index];
    const occurredAt = row.occurred?.[index];
    return strength !== undefined && halfLifeDays !== undefined && occurredAt
      ? [{ kind, strength, halfLifeDays, occurredAt }]
      : [];
  });
  return { ...row, signals };
}

/** What is known now of deals, by their id. */
export async function dealFactsNow(tx: Tx, ids: readonly string[], now: Date): Promise<Map<string, Facts>> {
  if (ids.length === 0) return new Map();
  const { intent } = await scoreDocuments(tx);
  const rows = await tx.rows(readMomentsNow, ids, now);
  return new Map(rows.map((row) => [row.dealId, dealFactsThen(dealThen(row), intent)]));
}

/** Probability that each deal is won, by what the workspace has learned; empty where it has learned nothing that holds. */
export async function winProbabilities(
  tx: Tx,
  ids: readonly string[],
  now: Date,
): Promise<ReadonlyMap<string, number>> {
  const learned = await learnedModel(tx);
  if (learned?.model.state !== 'ready') return new Map();
  const { model } = learned;
  const facts = await dealFactsNow(tx, ids, now);
  return new Map([...facts].map(([id, known]) => [id, winProbability(model, known)]));
}
