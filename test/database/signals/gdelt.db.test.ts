import { listSources } from '@penstock/signals/operations/list-sources';
import { COMPANY_PRESS_SOURCE, type PressReport } from '@penstock/signals/poll-press';
import { listSignals } from '@penstock/signals/operations/read-signals';
import { createPressLook } from '@penstock/worker/slices/press-looks';
import { findOrCreateAccount } from '@penstock/accounts/identify-company';
import type { WorldCompany } from '@penstock/sandbox/world/world';
import { afterAll, beforeAll, expect, it } from 'vitest';

import { outsideFixture, type OutsideFixture } from '../outside-fixture.ts';
import { catalogueRows } from '../store/catalogue.ts';
import { workspaceFixture, type WorkspaceFixture } from '../workspace-fixture.ts';

const DAY_MS = 86_400_000;
let fixture: WorkspaceFixture;
let outside: OutsideFixture;
let companies: WorldCompany[];
let look: () => Promise<PressReport>;
beforeAll(async () => {
  fixture = await workspaceFixture();
  outside = await outsideFixture(fixture);
  companies = outside.sandbox.world.companies.filter(({ name, city }) => name.length > 8 && city.length > 4);
  const { store, clock, workspaceId } = fixture;
  const asks = createPressLook({ store, clock, outside: outside.outside });
  const [row] = await sql<{ id: string }>(
    'select id from source_watch where workspace_id = $1 and source = $2',
    [workspaceId, COMPANY_PRESS_SOURCE],
  );
  look = () => asks({ workspaceId, watchId: row?.id ?? '', source: COMPANY_PRESS_SOURCE });
});
afterAll(async () => {
  await outside[Symbol.asyncDispose]();
  await fixture[Symbol.asyncDispose]();
});

const sql = <Row extends object>(text: string, values: unknown[] = []) =>
  catalogueRows<Row>(fixture.database, text, values);
async function account(): Promise<{ id: string; company: WorldCompany }> {
  const company = companies.shift();
  if (!company) throw new TypeError('the world has too few companies');
  const { name, domain, city, country } = company;
  const mention = { name, formerNames: [], domain, ids: [], country, region: null, city };
  const as = {
    state: 'active',
    origin: 'manual',
    isTest: false,
    ownerId: fixture.reps[0].id,
    now: fixture.clock.now(),
  } as const;
  const { accountId } = await fixture.store.inWorkspace(fixture.workspaceId, (tx) =>
    findOrCreateAccount(tx, mention, as),
  );
  return { id: accountId, company };
}
const signalsAt = async (accountId: string) =>
  (await fixture.run(fixture.admin, listSignals, { accountId })).items;

it('is off until RevOps switches it on: it tells somebody outside which companies are accounts', async () => {
  const { items } = await fixture.run(fixture.admin, listSources, {});
  expect(items.find(({ source }) => source === COMPANY_PRESS_SOURCE)).toMatchObject({
    active: false,
    name: 'GDELT: press by account',
  });
});

it('asks about one account in five seconds, and tells what a headline says of it', async () => {
  const first = await account();
  const second = await account();
  await look();
  fixture.clock.advanceMs(DAY_MS / 2);
  outside.sandbox.control.happen(first.company.domain, {
    what: 'news',
    category: 'receives_financing',
    attributes: { amount_normalized: 30_000_000 },
  });
  outside.sandbox.control.happen(first.company.domain, { what: 'news', category: 'attends_event' });
  fixture.clock.advanceMs(DAY_MS / 2 + 60_000);
  expect(await look()).toMatchObject({ asked: 1, fault: '' });
  expect(await look()).toMatchObject({ asked: 0, fault: '' });
  fixture.clock.advanceMs(6_000);
  expect(await look()).toMatchObject({ asked: 1, fault: '' });
  expect(await signalsAt(first.id)).toMatchObject([
    {
      kind: 'funding',
      summary: expect.stringContaining('raises $30,000,000'),
      toldBy: ['GDELT: press by account'],
    },
  ]);
  expect(await signalsAt(second.id)).toEqual([]);
  // Asked again about the hours before: what was told is not told again.
  fixture.clock.advanceMs(DAY_MS);
  await look();
  fixture.clock.advanceMs(6_000);
  await look();
  expect(await signalsAt(first.id)).toHaveLength(1);
});

it('leaves the source alone when it says so, and shows the outage', async () => {
  await account();
  await look();
  fixture.clock.advanceMs(2 * DAY_MS);
  // Somebody else behind this address has asked a moment ago.
  await fetch(
    `${outside.sandbox.url}/api.gdeltproject.org/api/v2/doc/doc?query=${encodeURIComponent('"somebody" "else"')}`,
  );
  expect(await look()).toMatchObject({ asked: 1, fault: expect.stringContaining('rate_limited') });
  const [watch] = await sql<{ health: string; pauseMs: number }>(
    `select health, extract(epoch from due_at - $2::timestamptz) * 1000 as "pauseMs" from source_watch where source = $1`,
    [COMPANY_PRESS_SOURCE, fixture.clock.now()],
  );
  expect(watch?.health).toBe('failing');
  expect(Number(watch?.pauseMs)).toBe(15 * 60_000);
});
