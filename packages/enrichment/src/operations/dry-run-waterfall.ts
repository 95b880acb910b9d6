import { query } from '@penstock/workspace/operation';
import { z } from 'zod';

import { adaptersIn, type Catalogue } from '../described-providers.ts';
import { drawAskable } from '../choose-people.ts';
import { MOST_RECORDS } from '../model/list-run.ts';
import { planPerson, type PersonState } from '../plan-person.ts';
import type { ProviderAdapter } from '../provider-port.ts';
import { MissingField, waterfallVersion } from './start-list-run.ts';

const Step = z.object({ provider: z.string(), capability: z.string(), reason: z.string() });
const DryRow = z.object({
  personId: z.string(),
  name: z.string(),
  company: z.string().nullable(),
  /** Who would be asked, in this order, as long as nobody knows anything. */
  asked: z.array(Step.extend({ priceMicros: z.int() })),
  skipped: z.array(Step),
  stop: z.string(),
  /** If every one of these calls were charged. */
  mostMicros: z.int(),
});

/** The planner asked about a few people, with nobody else being asked: nothing is called, written or paid. */
export const dryRunOperation = (catalogue: Catalogue) =>
  query({
    name: 'enrichment.dryRunWaterfall',
    lane: 'hot',
    permission: 'enrichment.run',
    summary:
      'Who would be asked for whom and why, or why not, by a version of the waterfall, for people drawn at random. Free.',
    input: z.object({
      versionId: z.uuid(),
      field: MissingField.default('work_email'),
      limit: z.coerce.number().int().min(1).max(50).default(20),
    }),
    output: z.object({
      items: z.array(DryRow),
      /** Drawn, but nobody may or can be asked for them. */
      leftOut: z.int(),
    }),
    async run({ tx, now }, { versionId, field, limit }) {
      const { waterfall } = await waterfallVersion(tx, versionId);
      const adapters = await adaptersIn(tx, catalogue);
      const { people, leftOut } = await drawAskable(
        tx,
        { field, limit: MOST_RECORDS },
        { seed: 'dry run', waterfall, adapters, most: limit, now },
      );
      return { items: people.map((person) => dryRow(adapters, { ...person, waterfall })), leftOut };
    },
  });

function dryRow(adapters: ReadonlyMap<string, ProviderAdapter>, state: PersonState): z.input<typeof DryRow> {
  const { person } = state;
  const asked: z.input<typeof DryRow>['asked'] = [];
  const failed = new Set<string>();
  let calls = state.calls;
  for (;;) {
    const { plan } = planPerson(adapters, { ...state, calls, failed });
    const { next } = plan;
    if (next === null)
      return {
        personId: person.id,
        name: `${person.givenName} ${person.familyName}`.trim(),
        company: person.companyName,
        asked,
        skipped: plan.skipped.filter(({ provider, capability }) => !failed.has(`${provider}/${capability}`)),
        stop: plan.stop,
        mostMicros: asked.reduce((sum, { priceMicros }) => sum + priceMicros, 0),
      };
    const { provider, capability, priceMicros, reason } = next;
    asked.push({ provider, capability: capability.id, priceMicros, reason });
    failed.add(`${provider}/${capability.id}`);
    // Counts against the ceiling as the real call would.
    calls = [...calls, callOf(person.id, priceMicros, state.now)];
  }
}

const callOf = (id: string, micros: number, now: Date): PersonState['calls'][number] => ({
  ledgerId: id,
  callKey: 'dry/run',
  runId: id,
  state: 'charged',
  answered: true,
  chargedMicros: micros,
  reservedMicros: micros,
  parked: false,
  reservedAt: now,
});
