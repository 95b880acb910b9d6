import { listViews, removeView, saveView } from '@penstock/workspace/operations/manage-views';
import { DEFAULT_ICP } from '@penstock/scoring/model/presets';
import { readIcp, saveIcpDraft } from '@penstock/scoring/operations/manage-icp';
import { publishIcp } from '@penstock/scoring/operations/publish-icp';
import { afterEach, beforeEach, expect, it } from 'vitest';

import { workspaceFixture, type WorkspaceFixture } from '../workspace-fixture.ts';

let fixture: WorkspaceFixture;
beforeEach(async () => {
  fixture = await workspaceFixture();
});
afterEach(() => fixture[Symbol.asyncDispose]());

const draft = (name: string) =>
  fixture.run(fixture.admin, saveIcpDraft, { body: { ...DEFAULT_ICP, name }, note: name });
const publish = (versionId: string) => fixture.run(fixture.admin, publishIcp, { versionId });
const read = () => fixture.run(fixture.admin, readIcp, {});
const states = async () => (await read()).versions.map((version) => `${version.number} ${version.state}`);

it('goes from draft to published, and back again', async () => {
  const first = (await read()).versions[0]?.versionId ?? '';
  const second = await draft('Second');
  expect(await states()).toEqual(['2 draft', '1 published']);
  expect((await read()).published.name).toBe(DEFAULT_ICP.name);
  await publish(second.versionId);
  expect(await states()).toEqual(['2 published', '1 retired']);
  expect((await read()).published.name).toBe('Second');
  await publish(first);
  expect(await states()).toEqual(['2 retired', '1 published']);
  expect((await read()).published.name).toBe(DEFAULT_ICP.name);
});

it('has one draft, which later writing replaces', async () => {
  const versions = [await draft('a'), await draft('b')];
  expect(versions[0]).toEqual(versions[1]);
  expect((await read()).draft?.name).toBe('b');
});

it('refuses to publish what is published already, or what is not there', async () => {
  const { versions } = await read();
  await expect(publish(versions[0]?.versionId ?? '')).rejects.toMatchObject({ code: 'conflict' });
  await expect(publish(fixture.formId)).rejects.toMatchObject({ code: 'conflict' });
  expect(await states()).toEqual(['1 published']);
});

it('has one published version, whoever publishes at once', async () => {
  const second = await draft('Second');
  await publish(second.versionId);
  const third = await draft('Third');
  const first = (await read()).versions.find((version) => version.number === 1)?.versionId ?? '';
  const attempts = Array.from({ length: 6 }, (_, at) => publish(at % 2 === 0 ? third.versionId : first));
  await Promise.allSettled([...attempts, draft('Fourth'), draft('Fifth')]);
  const { versions, published } = await read();
  expect(versions.filter((version) => version.state === 'published')).toHaveLength(1);
  expect(versions.find((version) => version.state === 'published')?.note).toBeDefined();
  expect([DEFAULT_ICP.name, 'Third', 'Fourth', 'Fifth']).toContain(published.name);
  expect(new Set(versions.map((version) => version.number)).size).toBe(versions.length);
});

it('keeps views for oneself and for everybody, replaces one of the same name, and lets RevOps tidy shared ones', async () => {
  const { run, reps, admin } = fixture;
  const [ada, bo] = reps;
  const save = (name: string, stage: string, shared: boolean) =>
    run(ada, saveView, { page: 'pipeline', name, search: { stage }, shared });
  await save('Mine', 'qualified', false);
  await save('mine', 'proposal', false);
  const shared = await save('Ours', 'negotiation', true);
  const views = async (who: typeof ada, page: 'pipeline' | 'queue' = 'pipeline') =>
    (await run(who, listViews, { page })).items.map(({ name, search, mine, removable }) => ({
      name,
      stage: search['stage'],
      mine,
      removable,
    }));
  expect(await views(ada)).toEqual([
    { name: 'mine', stage: 'proposal', mine: true, removable: true },
    { name: 'Ours', stage: 'negotiation', mine: true, removable: true },
  ]);
  expect(await views(bo)).toEqual([{ name: 'Ours', stage: 'negotiation', mine: false, removable: false }]);
  expect(await views(ada, 'queue')).toEqual([]);
  await expect(run(bo, removeView, { id: shared.id })).rejects.toMatchObject({ code: 'not_found' });
  await expect(run(ada, saveView, { page: 'queue', name: ' ', search: {} })).rejects.toMatchObject({
    code: 'invalid',
    issues: [{ field: 'name' }],
  });
  await run(admin, removeView, { id: shared.id });
  expect(await views(bo)).toEqual([]);
});
