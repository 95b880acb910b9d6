import { findOrCreateAccount } from '@penstock/accounts/identify-company';
import { recordPerson } from '@penstock/accounts/record-person';
import { createCallGate } from '@penstock/enrichment/call-gate/call-gate';
import { createLateCalls } from '@penstock/enrichment/late-calls';
import { runWaterfall } from '@penstock/enrichment/run-waterfall';
import { listRuns } from '@penstock/enrichment/operations/list-runs';
import type { RunResult, WaterfallDeps } from '@penstock/enrichment/waterfall-run';
import { newId } from '@penstock/kernel/ids';
import { invariant } from '@penstock/kernel/invariant';
import { providerCatalogue } from '@penstock/providers/registry';
import type { Sandbox } from '@penstock/sandbox/create-sandbox';
import { knowledgeOf, type FinderVendor } from '@penstock/sandbox/world/knowledge';
import type { WorldPerson } from '@penstock/sandbox/world/world';
import { refreshScores } from '@penstock/scoring/rescore';

import { outsideFixture } from '../outside-fixture.ts';
import { catalogueRows } from '../store/catalogue.ts';
import { workspaceFixture, type WorkspaceFixture } from '../workspace-fixture.ts';

export type LedgerLine = {
  provider: string;
  state: string;
  charged: number;
  credits: number | null;
  outcome: string;
};

export type WaterfallFixture = AsyncDisposable & {
  workspace: WorkspaceFixture;
  sandbox: Sandbox;
  deps: WaterfallDeps;
  /** Puts somebody of the invented world into the workspace, known by name and company, or by address too. */
  meet(person: WorldPerson, known?: { email: boolean }): Promise<string>;
  /** Faults of earlier runs are forgotten: no test finds a provider blocked by another. */
  run(personId: string, runId?: string): Promise<RunResult>;
  forgetFaults(): Promise<void>;
  /** Steps of a run in their order, `decision provider`, with what came of it. */
  trace(personId: string): Promise<{ step: string; outcome: string; reason: string }[]>;
  ledger(personId?: string): Promise<LedgerLine[]>;
  values(
    personId: string,
  ): Promise<Record<string, { value: string; verification: string | null; usable: boolean }>>;
};

/** Longer than an answer takes here, shorter than a test wants to wait for one that never comes. */
const PATIENCE_MS = 400;

export async function waterfallFixture(patienceMs = PATIENCE_MS): Promise<WaterfallFixture> {
  const workspace = await workspaceFixture();
  const { sandbox, outside, [Symbol.asyncDispose]: closeOutside } = await outsideFixture(workspace);
  const { store, clock, workspaceId, database } = workspace;
  const deps = {
    store,
    clock,
    ...providerCatalogue,
    gate: createCallGate(store, clock),
    send: (
      call: Parameters<typeof outside.sendToProvider>[0],
      request: Parameters<typeof outside.sendToProvider>[1],
    ) => outside.sendToProvider({ ...call, timeoutMs: patienceMs }, request),
    openWebOf: outside.openWebOf,
    callbackUrlOf: outside.callbackUrlOf,
    late: createLateCalls((error) => {
      throw error;
    }),
    onAccountFacts: refreshScores,
  };
  const fixture: WaterfallFixture = {
    workspace,
    sandbox,
    deps,
    meet: (person, known = { email: false }) => meet(workspace, sandbox, person, known.email),
    async run(personId, runId = newId(clock.now())) {
      await fixture.forgetFaults();
      return runWaterfall(deps, { workspaceId, personId, leadId: null, runId });
    },
    async forgetFaults() {
      await catalogueRows(database, 'delete from provider_block', []);
    },
    async trace(personId) {
      const { items } = await workspace.run(workspace.admin, listRuns, { personId });
      return items.flatMap((run) =>
        run.steps.map((step) => ({
          step: `${step.decision} ${step.provider}/${step.capability}`,
          outcome: step.outcome,
          reason: step.reason,
        })),
      );
    },
    ledger: (personId) =>
      catalogueRows<LedgerLine>(
        database,
        `select provider, state, charged_micros::float8 as charged, vendor_credits as credits, outcome from spend_ledger where $1::uuid is null or person_id = $1 order by id`,
        [personId ?? null],
      ),
    async values(personId) {
      const rows = await catalogueRows<{
        field: string;
        value: string;
        verification: string | null;
        usable: boolean;
      }>(database, 'select field, value, verification, usable from visible_value where subject_id = $1', [
        personId,
      ]);
      return Object.fromEntries(rows.map(({ field, ...value }) => [field, value]));
    },
    async [Symbol.asyncDispose]() {
      await closeOutside();
      await workspace[Symbol.asyncDispose]();
    },
  };
  return fixture;
}

function meet(
  { store, clock, workspaceId }: WorkspaceFixture,
  sandbox: Sandbox,
  person: WorldPerson,
  byEmail: boolean,
): Promise<string> {
  const company = sandbox.world.companyByKey.get(person.companyKey);
  invariant(company, 'everybody has a company');
  const now = clock.now();
  const mention = {
    name: company.name,
    formerNames: [],
    domain: company.domain,
    ids: [],
    country: company.country,
    region: null,
    city: null,
  };
  const as = { state: 'active', origin: 'manual', isTest: false, ownerId: null, now } as const;
  const { givenName, familyName } = person;
  return store.inWorkspace(workspaceId, async (tx) => {
    const { accountId } = await findOrCreateAccount(tx, mention, as);
    const known = {
      givenName,
      familyName,
      country: null,
      accountId,
      origin: 'manual',
      isTest: false,
    } as const;
    if (byEmail) return (await recordPerson(tx, { ...known, email: person.email }, now)).id;
    const id = newId(now);
    await tx.rows(
      {
        name: 'test_person_by_name',
        text: `insert into person (workspace_id, id, account_id, given_name, family_name, origin, created_at, updated_at) values ($1, $2, $3, $4, $5, 'manual', $6, $6)`,
      },
      id,
      accountId,
      givenName,
      familyName,
      now,
    );
    return id;
  });
}

/** People whom exactly these finders know, without a trap, with an open mailbox that is not a catch-all, and a mobile known to both. */
export function peopleKnownTo(sandbox: Sandbox, vendors: readonly FinderVendor[]): WorldPerson[] {
  return sandbox.world.people.filter((person) => {
    const company = sandbox.world.companyByKey.get(person.companyKey);
    if (person.mailbox !== 'open' || company?.isCatchAll !== false || person.mobile === null) return false;
    return (['people-data-labs', 'leadmagic'] as const).every((vendor) => {
      const known = knowledgeOf(vendor, person);
      return vendors.includes(vendor) ? known.email && known.mobile && known.trap === null : !known.email;
    });
  });
}
