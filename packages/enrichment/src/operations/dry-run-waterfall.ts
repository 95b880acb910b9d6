import { suppressedOf } from '@penstock/accounts/suppression';
import { statement } from '@penstock/store/statement';
import type { Tx } from '@penstock/store/tx';
import { query } from '@penstock/workspace/operation';
import { z } from 'zod';

import { readCallsOf, readObservationsOf } from '../list-run/list-run-statements.ts';
import { planPerson, type PersonState } from '../plan-person.ts';
import type { ProviderAdapter } from '../provider-port.ts';
import { readCredentials, type ObservationRow, type PersonToEnrich } from '../run-statements.ts';
import { choosePeople, waterfallVersion } from './start-list-run.ts';

const readPeople = statement<PersonToEnrich>(
  'read_people_for_dry_run',
  `select p.id, p.account_id as "accountId", p.given_name as "givenName", p.family_name as "familyName", p.email_key as "emailKey",
     a.name as "companyName", a.domain as "companyDomain", coalesce(p.country, a.country) as country, a.industry, a.employee_count as employees, p.erased_at is not null as erased
   from person p left join account a on a.workspace_id = p.workspace_id and a.id = p.account_id
   where p.workspace_id = $1 and p.id = any($2::uuid[]) order by p.id`,
);

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
export const dryRunOperation = ({ adapters }: { adapters: ReadonlyMap<string, ProviderAdapter> }) =>
  query({
    name: 'enrichment.dryRunWaterfall',
    lane: 'hot',
    permission: 'enrichment.run',
    summary: 'Who would be asked for whom and why, or why not, by a version of the waterfall. Free.',
    input: z.object({
      versionId: z.uuid(),
      field: z.enum(['work_email', 'mobile', 'title']).default('work_email'),
      limit: z.coerce.number().int().min(1).max(50).default(20),
    }),
    output: z.object({ items: z.array(DryRow) }),
    async run({ tx, now }, { versionId, field, limit }) {
      const { waterfall } = await waterfallVersion(tx, versionId);
      const states = await statesOf(tx, await tx.rows(choosePeople, null, field, limit), now);
      return { items: states.map((state) => dryRow(adapters, { ...state, waterfall })) };
    },
  });

type Known = Omit<PersonState, 'waterfall'>;

async function statesOf(tx: Tx, chosen: readonly { id: string }[], now: Date): Promise<Known[]> {
  const ids = chosen.map(({ id }) => id);
  const people = await tx.rows(readPeople, ids);
  const suppressed = await suppressedOf(
    tx,
    people.flatMap(({ emailKey }) => emailKey ?? []),
  );
  const credentials = await tx.rows(readCredentials);
  const [calls, observations] = [await tx.rows(readCallsOf, ids), await tx.rows(readObservationsOf, ids)];
  return people
    .filter(({ emailKey }) => emailKey === null || !suppressed.has(emailKey))
    .map((person) => ({
      person,
      credentials,
      calls: calls.filter(({ personId }) => personId === person.id),
      observations: withOwnEmail(
        person,
        observations.filter(({ personId }) => personId === person.id),
        now,
      ),
      failed: new Set<string>(),
      now,
    }));
}

/** The address by which a person is known is there to be verified, as in a real run. */
function withOwnEmail(person: PersonToEnrich, observations: ObservationRow[], now: Date): ObservationRow[] {
  if (person.emailKey === null || observations.some(({ field }) => field === 'work_email'))
    return observations;
  return [
    ...observations,
    {
      id: person.id,
      field: 'work_email',
      value: person.emailKey,
      provider: 'form',
      confidence: null,
      verification: null,
      lineType: null,
      occurredAt: now,
      expiresAt: null,
    },
  ];
}

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
  reservedAt: now,
});
