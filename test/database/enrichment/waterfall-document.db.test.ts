import { DEFAULT_WATERFALL, WATERFALL_TEMPLATES } from '@penstock/enrichment/model/presets';
import { waterfallChanges } from '@penstock/enrichment/model/waterfall-changes';
import { waterfallProblems } from '@penstock/enrichment/model/waterfall-problems';
import { openListWork } from '@penstock/enrichment/list-run/open-list-work';
import { runChunk } from '@penstock/enrichment/list-run/run-chunk';
import { dryRunOperation } from '@penstock/enrichment/operations/dry-run-waterfall';
import { waterfallOperations } from '@penstock/enrichment/operations/manage-waterfall';
import { listListRecords } from '@penstock/enrichment/operations/read-list-runs';
import { startListRunOperation } from '@penstock/enrichment/operations/start-list-run';
import { providerCatalogue } from '@penstock/providers/registry';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { catalogueRows } from '../store/catalogue.ts';
import { waterfallFixture, type WaterfallFixture } from './waterfall-fixture.ts';

const waterfall = waterfallOperations(providerCatalogue);
const dryRun = dryRunOperation({ ...providerCatalogue });
const start = startListRunOperation({ start: () => {}, ...providerCatalogue });
const [PDL, LEADMAGIC, ZEROBOUNCE, MOBILES] = DEFAULT_WATERFALL.steps;
if (!PDL || !LEADMAGIC || !ZEROBOUNCE || !MOBILES) throw new TypeError('the default has four steps');
const TURNED = { ...DEFAULT_WATERFALL, steps: [LEADMAGIC, ZEROBOUNCE, MOBILES, PDL] };

let fixture: WaterfallFixture;
beforeEach(async () => {
  fixture = await waterfallFixture();
  fixture.sandbox.control.reset();
});
afterEach(() => fixture[Symbol.asyncDispose]());

const asAdmin = () => fixture.workspace.admin;
const read = () => fixture.workspace.run(asAdmin(), waterfall.read, {});
const save = async (body: typeof DEFAULT_WATERFALL) =>
  (await fixture.workspace.run(asAdmin(), waterfall.saveDraft, { body })).versionId;
const publish = (versionId: string, note = '') =>
  fixture.workspace.run(asAdmin(), waterfall.publish, { versionId, note });
const meetSome = async (count: number) => {
  const ids: string[] = [];
  for (const person of fixture.sandbox.world.people.slice(0, count)) ids.push(await fixture.meet(person));
  return ids;
};

async function enrich(ids: string[], versionId?: string): Promise<string> {
  const { run, workspaceId, store, clock } = fixture.workspace;
  const input = { name: 'Trial', people: { kind: 'ids' as const, ids }, ...(versionId && { versionId }) };
  const { id: runId } = await run(asAdmin(), start, input);
  const { chunks } = await openListWork(store, { workspaceId, runId }, clock.now());
  for (const chunk of chunks) await runChunk(fixture.deps, { workspaceId, runId, chunk });
  return runId;
}

/** Who was asked first for each record of a run. */
async function askedFirst(runId: string): Promise<(string | undefined)[]> {
  const { items } = await fixture.workspace.run(asAdmin(), listListRecords, { runId });
  return items.map(({ trace }) => trace.find(({ decision }) => decision === 'asked')?.provider);
}

it('is drafted, compared, published with a note, and rolled back', async () => {
  const before = await read();
  const versionId = await save(TURNED);
  const drafted = await read();
  expect(drafted.published).toEqual(before.published);
  expect(waterfallChanges(drafted.published, drafted.draft ?? drafted.published, drafted.offers)).toContain(
    'People Data Labs moved from 1st to 2nd for work e-mail, mobile, company size, industry',
  );
  await publish(versionId, 'cheaper first');
  const published = await read();
  expect(published).toMatchObject({ published: { steps: TURNED.steps }, draft: null });
  expect(published.versions[0]).toMatchObject({
    number: 2,
    state: 'published',
    note: 'cheaper first',
    authorName: 'Ed Admin',
  });
  await publish(before.versions[0]?.versionId ?? '', 'back');
  expect((await read()).published).toEqual(before.published);
});

describe('a trial', () => {
  it('asks by the draft, keeps what it was, and changes nothing for others', async () => {
    const [tried, other] = [await meetSome(5), await meetSome(8)];
    const versionId = await save(TURNED);
    expect(new Set(await askedFirst(await enrich(tried, versionId)))).toEqual(new Set(['leadmagic']));
    expect(new Set(await askedFirst(await enrich(other.slice(5))))).toEqual(new Set(['people-data-labs']));
    const next = await save({ ...TURNED, ceilingMicros: 2_000_000 });
    expect(next).not.toBe(versionId);
    const { versions } = await read();
    expect(versions.find((version) => version.versionId === versionId)).toMatchObject({
      state: 'retired',
      listRuns: 1,
      body: { ceilingMicros: DEFAULT_WATERFALL.ceilingMicros },
    });
    expect(await save({ ...TURNED, ceilingMicros: 3_000_000 })).toBe(next);
  });

  it('is refused under a version that is not there', async () => {
    const [id = ''] = await meetSome(1);
    await expect(enrich([id], crypto.randomUUID())).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('publishing', () => {
  it('refuses what could never work, naming the step, and publishes nothing', async () => {
    const versionId = await save({ ...DEFAULT_WATERFALL, steps: [PDL, LEADMAGIC, MOBILES] });
    await expect(publish(versionId)).rejects.toMatchObject({
      code: 'invalid',
      issues: [{ field: 'body.steps', problem: 'no step verifies addresses, so none would ever be usable' }],
    });
    expect((await read()).published.steps).toEqual(DEFAULT_WATERFALL.steps);
  });

  it('refuses a version whose credential has been removed since', async () => {
    const versionId = await save(TURNED);
    await catalogueRows(
      fixture.workspace.database,
      `update provider_credential set active = false where provider = $1`,
      ['leadmagic'],
    );
    await expect(publish(versionId)).rejects.toMatchObject({
      issues: [
        { field: 'body.steps.0', problem: 'LeadMagic has no key in this workspace' },
        { field: 'body.steps.2', problem: 'LeadMagic has no key in this workspace' },
      ],
    });
  });
});

it('asks under its conditions: who is elsewhere is passed over with the reason', async () => {
  const abroad = {
    ...PDL,
    when: [{ about: 'country' as const, is: 'one_of' as const, values: ['ZZ'], ifUnknown: false }],
  };
  await publish(await save({ ...DEFAULT_WATERFALL, steps: [abroad, LEADMAGIC, ZEROBOUNCE, MOBILES] }));
  const runId = await enrich(await meetSome(3));
  const { items } = await fixture.workspace.run(asAdmin(), listListRecords, { runId });
  expect(items).toHaveLength(3);
  for (const { trace } of items) {
    const line = trace.find(({ provider }) => provider === 'people-data-labs');
    expect(line).toMatchObject({
      decision: 'skipped',
      reason: expect.stringMatching(/^only if country is ZZ; it is [A-Z]{2}$/),
    });
  }
});

it('tells who would be asked first, in which order and for how much at most, and asks nobody', async () => {
  await meetSome(6);
  const versionId = await save({ ...TURNED, ceilingMicros: 300_000 });
  const { items } = await fixture.workspace.run(asAdmin(), dryRun, { versionId });
  expect(items).toHaveLength(6);
  for (const { asked, skipped, mostMicros } of items) {
    expect(asked.map(({ provider }) => provider)).toEqual(['leadmagic']);
    expect(mostMicros).toBe(24_000);
    expect(skipped).toContainEqual({
      provider: 'people-data-labs',
      capability: 'person-enrich',
      reason: 'would go above what one record may cost',
    });
  }
  expect(await fixture.ledger()).toEqual([]);
  expect(fixture.sandbox.control.charges().total.charges).toBe(0);
  const first = await askedFirst(
    await enrich(
      items.map(({ personId }) => personId),
      versionId,
    ),
  );
  expect(new Set(first)).toEqual(new Set(['leadmagic']));
});

it.each(WATERFALL_TEMPLATES.map(({ key, body }) => [key, body] as const))(
  'offers the template %s ready to be published with all keys stored',
  async (_, body) => {
    const { offers } = await read();
    expect(
      waterfallProblems(
        body,
        offers.map((offer) => ({ ...offer, hasCredential: true })),
      ),
    ).toEqual([]);
  },
);
