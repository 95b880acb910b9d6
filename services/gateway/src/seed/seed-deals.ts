import { newId } from '@penstock/kernel/ids';
import { insertChange } from '@penstock/pipeline/deal-statements';
import { publishedPipeline } from '@penstock/pipeline/pipeline-document';
import { statement } from '@penstock/store/statement';
import type { Store } from '@penstock/store/store';
import type { World } from '@penstock/sandbox/world/world';

import { DAY_MS, drawn } from './drawn-signals.ts';
import { dealActivities, seedActivities } from './seed-activities.ts';
import { accountIdOf, isKnown, personIdOf } from './seed-world.ts';

const seedDeal = statement<{ id: string }>(
  'seed_deal',
  `insert into deal (workspace_id, id, account_id, person_id, owner_id, name, pipeline_version_id, stage, stage_type, state, value_minor, currency,
     expected_close_on, next_step, source, stage_entered_at, created_at, updated_at)
   values ($1, $2, $3, $4, $5, $6, $7, $8, 'open', 'active', $9, 'USD', $10::date, $11, $12, $13, $14, $13)`,
);

const COUNT = 36;
const TALK_DAYS = 8;
const NEXT_STEPS = [
  'Call about the budget',
  'Send the comparison',
  'Agree on a demo date',
  'Introduce to security',
  '',
];
const SOURCES = ['inbound', 'outbound', 'referral', 'event'] as const;

/** Open deals as an imported pipeline would have them: in several stages, with different ages and values. */
export async function seedDeals(
  store: Store,
  workspaceId: string,
  world: World,
  ownerIds: readonly string[],
  now: Date,
): Promise<void> {
  const companies = world.companies.filter((_, index) => isKnown(index)).slice(0, COUNT * 3);
  const people = Map.groupBy(world.people, (person) => person.companyKey);
  await store.inWorkspace(workspaceId, async (tx) => {
    const { versionId, template } = await publishedPipeline(tx);
    const open = template.stages.filter((stage) => stage.type === 'open');
    for (const [index, company] of companies.filter((_, at) => at % 3 === 0).entries()) {
      const draw = (what: string) => drawn('deal', what, company.key);
      const createdAt = new Date(now.getTime() - (5 + draw('age') * 80) * DAY_MS);
      const enteredAt = new Date(createdAt.getTime() + (now.getTime() - createdAt.getTime()) * draw('moved'));
      const stage = open[Math.floor(draw('stage') ** 1.6 * open.length)] ?? open[0];
      const ownerId = ownerIds[index % ownerIds.length];
      const person = people.get(company.key)?.[0];
      if (!stage || !ownerId) continue;
      const id = newId(createdAt);
      const name = `${company.name} · ${company.employees > 500 ? 'platform' : 'team'}`;
      await tx.rows(
        seedDeal,
        id,
        accountIdOf(company),
        person ? personIdOf(person.key) : null,
        ownerId,
        name,
        versionId,
        stage.key,
        Math.round((4_000 + draw('value') ** 2 * 140_000) / 100) * 10_000,
        new Date(now.getTime() + (draw('close') * 100 - 10) * DAY_MS).toISOString().slice(0, 10),
        NEXT_STEPS[Math.floor(draw('step') * NEXT_STEPS.length)] ?? '',
        SOURCES[Math.floor(draw('source') * SOURCES.length)] ?? 'outbound',
        enteredAt,
        createdAt,
      );
      await tx.rows(insertChange, ...changeOf(id, createdAt, 'created', null, open[0]?.key ?? stage.key));
      if (stage !== open[0])
        await tx.rows(insertChange, ...changeOf(id, enteredAt, 'moved', open[0]?.key ?? null, stage.key));
      const talks = talksBetween(createdAt, enteredAt);
      await tx.rows(
        seedActivities,
        JSON.stringify(dealActivities({ id, accountId: accountIdOf(company), ownerId, name }, talks)),
      );
    }
  });
}

const changeOf = (dealId: string, at: Date, kind: string, from: string | null, to: string) =>
  [newId(at), dealId, kind, from, to, 'imported, unproven', '{}', 'system', 'sandbox', at] as const;

/** Before a deal came to its present stage people talked about every eight days. */
function talksBetween(createdAt: Date, enteredAt: Date) {
  const days = (enteredAt.getTime() - createdAt.getTime()) / DAY_MS;
  return Array.from({ length: Math.floor(days / TALK_DAYS) }, (_, index) => {
    const from = new Date(createdAt.getTime() + index * TALK_DAYS * DAY_MS);
    return {
      from,
      to: new Date(from.getTime() + TALK_DAYS * DAY_MS),
      reply: 0.5,
      meeting: index === 0 ? 0.15 : 0.4,
    };
  });
}
