import { newId } from '@penstock/kernel/ids';
import { providerOperations } from '@penstock/enrichment/operations/manage-providers';
import { sumSpending } from '@penstock/enrichment/spend-sums';
import { withConnection } from '@penstock/infra-local/postgres-connection';
import { providerCatalogue } from '@penstock/providers/registry';
import { afterAll, beforeAll, expect, it } from 'vitest';

import { catalogueRows } from '../store/catalogue.ts';
import { workspaceFixture, type WorkspaceFixture } from '../workspace-fixture.ts';

const HOUR_MS = 3_600_000;
let fixture: WorkspaceFixture;
beforeAll(async () => {
  fixture = await workspaceFixture();
});
afterAll(() => fixture[Symbol.asyncDispose]());

const refuse = () => {
  throw new TypeError('nobody is asked');
};
const { list } = providerOperations({ ...providerCatalogue, seal: String, send: refuse });
const shown = async () => {
  const { items } = await fixture.run(fixture.admin, list, {});
  const found = items.find(({ id }) => id === 'hunter');
  return {
    calls: found?.calls,
    spent: found?.spentMicros,
    unknown: found?.unknownCalls,
    ofKeys: found?.keys.map(({ calls }) => calls),
  };
};

/** Calls of a provider that were made so many hours before now, one after the other. */
async function calls(provider: string, hoursAgo: number, states: readonly string[]): Promise<string[]> {
  const { database, workspaceId, clock } = fixture;
  const ids: string[] = [];
  await withConnection(database.urls.admin, async (client) => {
    const keys = await client.query<{ id: string }>(
      'select id from provider_credential where workspace_id = $1 and provider = $2',
      [workspaceId, provider],
    );
    for (const state of states) {
      const at = new Date(clock.now().getTime() - hoursAgo * HOUR_MS);
      const id = newId(at);
      ids.push(id);
      await client.query(
        `insert into spend_ledger (workspace_id, id, call_key, run_id, person_id, credential_id, provider, capability, state, reserved_micros, charged_micros, budget_ids, reserved_at)
         values ($1, $2::uuid, $2::text, $2::uuid, $2::uuid, coalesce($3::uuid, $2::uuid), $4, 'c', $5, 10, $6, '{}', $7)`,
        [workspaceId, id, keys.rows[0]?.id ?? null, provider, state, state === 'charged' ? 10 : 0, at],
      );
    }
  });
  return ids;
}

it('tells of all calls, whether their hours are summed or not, and again once a charge is settled', async () => {
  const key = await fixture.store.withRecords(fixture.workspaceId, ({ db }) =>
    db.providerCredential.create({
      data: {
        workspaceId: fixture.workspaceId,
        id: newId(fixture.clock.now()),
        provider: 'hunter',
        label: 'Main',
        secretSealed: 'sealed',
        lastFour: '1234',
        createdAt: fixture.clock.now(),
      },
    }),
  );
  const old = await calls('hunter', 2_000, ['charged', 'charged', 'unknown', 'released']);
  await calls('hunter', 3, ['charged', 'released']);
  await calls('hunter', 0, ['charged', 'reserved']);
  await calls('apollo', 5, ['charged']);
  const before = await shown();
  expect(before).toEqual({ calls: 8, spent: 40, unknown: 1, ofKeys: [8] });
  await Promise.all([sumSpending(fixture), sumSpending(fixture)]);
  await sumSpending(fixture);
  const sums = () =>
    catalogueRows<{ calls: number }>(
      fixture.database,
      'select coalesce(sum(calls), 0)::int as calls from spend_hour where credential_id = $1',
      [key.id],
    );
  expect(await sums()).toEqual([{ calls: 6 }]);
  expect(await shown()).toEqual(before);
  await withConnection(fixture.database.urls.admin, (client) =>
    client.query(`update spend_ledger set state = 'reconciled', charged_micros = 10 where id = $1`, [old[2]]),
  );
  await sumSpending(fixture);
  expect(await shown()).toEqual({ calls: 8, spent: 50, unknown: 0, ofKeys: [8] });
  fixture.clock.advanceMs(4 * HOUR_MS);
  await sumSpending(fixture);
  expect(await sums()).toEqual([{ calls: 8 }]);
  expect(await shown()).toMatchObject({ calls: 8, spent: 50 });
});
