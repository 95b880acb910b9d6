import { suppress } from '@penstock/accounts/suppression';
import {
  checkImportRows,
  createImport,
  importRows,
  listImports,
} from '@penstock/enrichment/operations/import-people';
import { forecastRunOperation } from '@penstock/enrichment/operations/forecast-run';
import { startListRunOperation } from '@penstock/enrichment/operations/start-list-run';
import { providerCatalogue } from '@penstock/providers/registry';
import { afterAll, beforeAll, expect, it } from 'vitest';

import { catalogueRows } from '../store/catalogue.ts';
import { workspaceFixture, type WorkspaceFixture } from '../workspace-fixture.ts';

let fixture: WorkspaceFixture;
beforeAll(async () => {
  fixture = await workspaceFixture();
});
afterAll(() => fixture[Symbol.asyncDispose]());

const begin = async (mapping = {}) =>
  (await fixture.run(fixture.admin, createImport, { name: 'List', mapping })).id;
const take = (importId: string, rows: Record<string, unknown>[]) =>
  fixture.run(fixture.admin, importRows, { importId, rows });
const people = (accountName: string) =>
  catalogueRows<{ name: string; email: string | null; country: string | null }>(
    fixture.database,
    `select trim(p.given_name || ' ' || p.family_name) as name, p.email_key as email, p.country from person p join account a on a.id = p.account_id
     where a.name = $1 order by 1, 2`,
    [accountName],
  );

it('makes companies and people once, whatever order and spelling a file names them in', async () => {
  const id = await begin();
  const { items } = await take(id, [
    { full_name: 'Ana Novak', email: 'Ana@harbor.example', company: 'Harbor Lights Ltd' },
    { full_name: 'Bo Ek', company: 'HARBOR LIGHTS', domain: 'www.harbor.example' },
    { email: 'ana@harbor.example', country: 'Sweden' },
    {
      full_name: 'Bo Ek',
      company: 'Harbor Lights',
      domain: 'harbor.example',
      title: 'CFO',
      phone: '+46701740605',
    },
    { full_name: 'Nobody' },
  ]);
  expect(items.map(({ line, outcome }) => [line, outcome])).toEqual([
    [1, 'created'],
    [2, 'created'],
    [3, 'duplicate'],
    [4, 'duplicate'],
    [5, 'refused'],
  ]);
  expect(items[4]?.reason).toContain('neither an e-mail address nor a name');
  expect(await people('Harbor Lights Ltd')).toEqual([
    { name: 'Ana Novak', email: 'ana@harbor.example', country: null },
    { name: 'Bo Ek', email: null, country: null },
  ]);
  const values = await catalogueRows(
    fixture.database,
    `select field, value, provider, line_type from visible_value where provider = 'import' order by field`,
    [],
  );
  expect(values).toEqual([
    { field: 'mobile', value: '+46701740605', provider: 'import', line_type: 'mobile' },
    { field: 'title', value: 'CFO', provider: 'import', line_type: null },
  ]);
});

it('knows people again in the next file, fills in what was missing and says nothing twice', async () => {
  const id = await begin({ email: 'email' });
  const rows = [{ email: 'ana@harbor.example', given_name: 'Anna', family_name: 'Other', country: 'SE' }];
  expect((await take(id, rows)).items).toMatchObject([{ outcome: 'known' }]);
  expect((await take(id, rows)).items).toMatchObject([{ outcome: 'duplicate' }]);
  expect((await people('Harbor Lights Ltd'))[0]).toEqual({
    name: 'Ana Novak',
    email: 'ana@harbor.example',
    country: 'SE',
  });
  const { items, remembered } = await fixture.run(fixture.admin, listImports, {});
  expect(items[0]).toMatchObject({ people: 1, known: 1, duplicates: 1, created: 0 });
  expect(remembered).toEqual({ email: 'email' });
});

it('takes the good rows of a batch and names the bad ones', async () => {
  const id = await begin();
  const rows = Array.from({ length: 300 }, (_, at): Record<string, unknown> => ({
    email: `p${at}@batch.example`,
  }));
  rows[7] = { email: 'p7@batch.example', shoe_size: '43' };
  rows[9] = { email: 9 };
  const { items } = await take(id, rows);
  expect(items.filter(({ outcome }) => outcome === 'created')).toHaveLength(298);
  expect(items.filter(({ outcome }) => outcome === 'refused')).toMatchObject([
    { line: 8, reason: 'unknown field: shoe_size' },
    { line: 10, reason: expect.stringContaining('email') },
  ]);
  await expect(
    take(
      id,
      Array.from({ length: 501 }, () => ({ email: 'a@b.example' })),
    ),
  ).rejects.toThrow('rows');
  await expect(take('00000000-0000-7000-8000-000000000000', [{ email: 'x@y.example' }])).rejects.toThrow();
});

it('does not bring back who objected', async () => {
  const { store, workspaceId, clock } = fixture;
  await store.inWorkspace(workspaceId, (tx) =>
    suppress(tx, ['gone@harbor.example'], 'objected', clock.now()),
  );
  const { items } = await take(await begin(), [
    { email: 'gone@harbor.example' },
    { email: 'here@harbor.example' },
  ]);
  expect(items).toMatchObject([
    { outcome: 'refused', reason: 'this person objected to being looked up' },
    { outcome: 'created' },
  ]);
});

it('checks without changing anything', async () => {
  const before = await catalogueRows(fixture.database, 'select count(*) from person', []);
  const checked = await fixture.run(fixture.admin, checkImportRows, {
    rows: [{ email: 'ana@harbor.example' }, { email: 'new@harbor.example' }, { email: 'bad' }],
    lines: [2, 3, 5],
  });
  expect(checked.good.map(({ known }) => known)).toEqual([true, false]);
  expect(checked.refused).toMatchObject([{ line: 5 }]);
  expect(await catalogueRows(fixture.database, 'select count(*) from person', [])).toEqual(before);
});

it('is a list to forecast and to enrich', async () => {
  const id = await begin();
  await take(id, [
    { full_name: 'Cy Ro', company: 'Harbor Lights', domain: 'harbor.example' },
    { email: 'ana@harbor.example' },
  ]);
  const forecast = forecastRunOperation({ ...providerCatalogue });
  const start = startListRunOperation({ start: () => {}, ...providerCatalogue });
  expect(await fixture.run(fixture.admin, forecast, { importId: id })).toMatchObject({
    records: 2,
    sampled: 2,
  });
  const run = await fixture.run(fixture.admin, start, {
    name: 'Run',
    people: { kind: 'import', importId: id },
  });
  expect(run.records).toBe(2);
  // A trial of the list draws from it alone.
  const trial = await fixture.run(fixture.admin, start, {
    name: 'Trial',
    people: { kind: 'drawn', field: 'work_email', limit: 20, importId: id },
  });
  expect(trial.records).toBe(2);
});
