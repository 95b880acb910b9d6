import { newId } from '@penstock/kernel/ids';
import type { Stage } from '@penstock/pipeline/model/stage';
import { publishedPipeline } from '@penstock/pipeline/pipeline-document';
import type { World } from '@penstock/sandbox/world/world';
import { statement } from '@penstock/store/statement';
import type { Store } from '@penstock/store/store';

import { DAY_MS, drawn } from './drawn-signals.ts';
import { dealActivities, seedActivities } from './seed-activities.ts';
import { seedSeenBefore, seenBefore } from './seed-seen-before.ts';
import { accountIdOf, isKnown } from './seed-world.ts';

const seedDecided = statement(
  'seed_decided_deals',
  `insert into deal (workspace_id, id, account_id, owner_id, name, pipeline_version_id, stage, stage_type, state, value_minor, currency, source, lost_reason, stage_entered_at, created_at, updated_at)
   select $1::uuid, d.id, d.account_id, d.owner_id, d.name, $3::uuid, d.stage, d.stage, 'closed', d.value_minor, 'USD', d.source, d.lost_reason, d.decided_at, d.created_at, d.decided_at
   from jsonb_to_recordset($2::jsonb) as d (id uuid, account_id uuid, owner_id text, name text, stage text, value_minor bigint, source text, lost_reason text, decided_at timestamptz, created_at timestamptz)`,
);
const seedMoves = statement(
  'seed_moves_of_decided_deals',
  `insert into deal_change (workspace_id, id, deal_id, kind, from_stage, to_stage, reason, detail, actor_kind, actor_id, occurred_at, recorded_at)
   select $1::uuid, c.id, c.deal_id, c.kind, c.from_stage, c.to_stage, 'imported, unproven', '{}', 'system', 'sandbox', c.at, c.at
   from jsonb_to_recordset($2::jsonb) as c (id uuid, deal_id uuid, kind text, from_stage text, to_stage text, at timestamptz)`,
);

const COUNT = 160;
const SPAN_DAYS = 420;
const SOURCES = ['referral', 'inbound', 'event', 'outbound'] as const;
/** Log-odds that a source adds: who was recommended buys more often. About one deal in three is won. */
const LIFT = { referral: 1.1, inbound: 0.6, event: -0.2, outbound: -1 } as const;
/** Shares of stages in which somebody answers, and in which one meets: buyers talk more, but others talk as well. */
const WON_TALKS = { first: { reply: 0.6, meeting: 0.2 }, later: { reply: 0.75, meeting: 0.6 } };
const LOST_TALKS = { first: { reply: 0.4, meeting: 0.1 }, later: { reply: 0.5, meeting: 0.35 } };
const LOST = ['Chose a competitor', 'No budget this year', 'No decision', 'Champion left'] as const;

/** Deals that were decided within the last fourteen months, so that a probability to close has something to learn from. */
export async function seedOutcomes(
  store: Store,
  workspaceId: string,
  world: World,
  ownerIds: readonly string[],
  now: Date,
): Promise<void> {
  await store.inWorkspace(workspaceId, async (tx) => {
    const { versionId, template } = await publishedPipeline(tx);
    const decided = outcomesOf(world, template.stages, ownerIds, now);
    await tx.rows(seedDecided, JSON.stringify(decided.map(({ deal }) => deal)), versionId);
    await tx.rows(seedMoves, JSON.stringify(decided.flatMap(({ moves }) => moves)));
    await tx.rows(seedActivities, JSON.stringify(decided.flatMap(({ activities }) => activities)));
    await seedSeenBefore(
      tx,
      decided.flatMap(({ signals }) => signals),
      now,
    );
  });
}

/** Each decided deal with how it went through the stages, what was done on it, and what had been seen before it was opened. */
export function outcomesOf(world: World, stages: readonly Stage[], ownerIds: readonly string[], now: Date) {
  const companies = world.companies.filter((_, index) => isKnown(index));
  const open = stages.filter((stage) => stage.type === 'open');
  return Array.from({ length: COUNT }, (_, index) => {
    const company = companies[(index * 11) % companies.length];
    const ownerId = ownerIds[index % ownerIds.length];
    return company && ownerId ? [outcomeOf({ index, company, ownerId, open, now })] : [];
  }).flat();
}

function outcomeOf(about: {
  index: number;
  company: World['companies'][number];
  ownerId: string;
  open: readonly Stage[];
  now: Date;
}) {
  const { index, company, ownerId, open, now } = about;
  const draw = (what: string) => drawn('outcome', what, index);
  const source = SOURCES[Math.floor(draw('source') * SOURCES.length)] ?? 'outbound';
  const valueMinor = Math.round((4_000 + draw('value') ** 2 * 140_000) / 100) * 10_000;
  const chance = 1 / (1 + Math.exp(-(LIFT[source] - valueMinor / 9_000_000)));
  const won = draw('won') < chance;
  // Who is won goes all the way; who is lost stops on it, and is given up late.
  const passed = won ? open : open.slice(0, 1 + Math.floor(draw('reached') ** 1.4 * open.length));
  const createdAt = now.getTime() - (40 + draw('age') * (SPAN_DAYS - 40)) * DAY_MS;
  const daysPerStage = 4 + draw('pace') * 8;
  const enteredAt = (at: number) => new Date(createdAt + at * daysPerStage * DAY_MS);
  const decidedAt = new Date(
    Math.min(
      enteredAt(passed.length).getTime() + (won ? 0 : draw('late') * 8 * DAY_MS),
      now.getTime() - DAY_MS,
    ),
  );
  const id = newId(new Date(createdAt));
  const name = `${company.name} · ${won ? 'first order' : 'pilot'}`;
  const accountId = accountIdOf(company);
  return {
    signals: seenBefore({ index, company, accountId, won }, new Date(createdAt)),
    activities: dealActivities(
      { id, accountId, ownerId, name },
      passed.map((_, at) => ({
        from: enteredAt(at),
        to: at === passed.length - 1 ? decidedAt : enteredAt(at + 1),
        ...(won ? WON_TALKS : LOST_TALKS)[at === 0 ? 'first' : 'later'],
      })),
    ),
    deal: {
      id,
      account_id: accountId,
      owner_id: ownerId,
      name,
      stage: won ? 'won' : 'lost',
      value_minor: valueMinor,
      source,
      lost_reason: won ? null : reasonOf(draw('why')),
      decided_at: decidedAt,
      created_at: new Date(createdAt),
    },
    moves: movesOf(id, [...passed.map(({ key }) => key), won ? 'won' : 'lost'], (at) =>
      at === passed.length ? decidedAt : enteredAt(at),
    ),
  };
}

const movesOf = (dealId: string, stages: readonly string[], enteredAt: (at: number) => Date) =>
  stages.map((stage, at) => ({
    id: newId(enteredAt(at)),
    deal_id: dealId,
    kind: at === 0 ? 'created' : 'moved',
    from_stage: at === 0 ? null : stages[at - 1],
    to_stage: stage,
    at: enteredAt(at),
  }));

const reasonOf = (draw: number): string => LOST[Math.floor(draw * LOST.length)] ?? LOST[0];
