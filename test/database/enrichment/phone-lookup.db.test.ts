import { DEFAULT_WATERFALL } from '@penstock/enrichment/model/presets';
import type { Waterfall } from '@penstock/enrichment/model/waterfall';
import { newId } from '@penstock/kernel/ids';
import { sealText } from '@penstock/kernel/seal';
import { knowledgeOf } from '@penstock/sandbox/world/knowledge';
import type { WorldPerson } from '@penstock/sandbox/world/world';
import { publishDocument, saveDraft } from '@penstock/workspace/documents';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';

import { catalogueRows } from '../store/catalogue.ts';
import { SECRET_KEY } from '../workspace-fixture.ts';
import { waterfallFixture, type WaterfallFixture } from './waterfall-fixture.ts';

const step = (provider: string, capability: string) => ({ provider, capability, only: null, when: [] });

let fixture: WaterfallFixture;
beforeAll(async () => {
  fixture = await waterfallFixture(10_000);
  const { store, clock, workspaceId } = fixture.workspace;
  const now = clock.now();
  await store.withRecords(workspaceId, ({ db }) =>
    db.providerCredential.create({
      data: {
        workspaceId,
        id: newId(now),
        provider: 'twilio-lookup',
        label: 'test',
        secretSealed: sealText(SECRET_KEY, 'sandbox_sid:sandbox_secret'),
        lastFour: 'test',
        limits: [],
        createdAt: now,
      },
    }),
  );
  const body: Waterfall = {
    ...DEFAULT_WATERFALL,
    wanted: ['mobile', 'direct_dial'],
    enough: ['mobile'],
    policy: { ...DEFAULT_WATERFALL.policy, checkPhones: true },
    steps: [
      step('leadmagic', 'mobile-finder'),
      step('twilio-lookup', 'line-type'),
      step('people-data-labs', 'person-enrich'),
    ],
  };
  await store.inWorkspace(workspaceId, async (tx) => {
    const draft = { kind: 'waterfall', body, note: 'phones', authorId: 'test', now } as const;
    await publishDocument(tx, { ...(await saveDraft(tx, draft)), note: 'phones', now });
  });
});
afterAll(() => fixture[Symbol.asyncDispose]());
beforeEach(() => fixture.sandbox.control.reset());

const US = new Set(['US']);
/** Somebody in the United States, where digits can't tell lines apart, whose number LeadMagic sells as a mobile. */
function americans(fits: (person: WorldPerson) => boolean): WorldPerson[] {
  return fixture.sandbox.world.people.filter((person) => {
    const { mobile, trap } = knowledgeOf('leadmagic', person);
    return US.has(person.country) && mobile && trap === null && fits(person);
  });
}
const lineOf = async (personId: string) =>
  catalogueRows<{ field: string; value: string; lineType: string; usable: boolean; provider: string }>(
    fixture.workspace.database,
    `select field, value, line_type as "lineType", usable, provider from visible_value where subject_id = $1 and field in ('mobile', 'direct_dial') order by field`,
    [personId],
  );
const asked = async (personId: string) =>
  (await fixture.ledger(personId)).map(({ provider, outcome }) => `${provider} ${outcome}`);

it('counts a mobile once it was looked up, and pays for that once', async () => {
  const [person] = americans(({ mobile }) => mobile !== null);
  if (!person) throw new TypeError('nobody of that kind');
  const personId = await fixture.meet(person, { email: true });
  expect(await fixture.run(personId)).toMatchObject({ complete: true });
  expect(await lineOf(personId)).toEqual([
    { field: 'mobile', value: person.mobile, lineType: 'mobile', usable: true, provider: 'twilio-lookup' },
  ]);
  expect(await asked(personId)).toEqual(['leadmagic hit: mobile', 'twilio-lookup line: mobile']);
  await fixture.run(personId);
  expect(await asked(personId)).toHaveLength(2);
});

it('finds a landline that was sold as a mobile out, keeps it as a direct dial, and asks the next one', async () => {
  const [person] = americans(({ mobile, landline }) => mobile === null && landline !== null);
  if (!person) throw new TypeError('nobody of that kind');
  const personId = await fixture.meet(person, { email: true });
  await fixture.run(personId);
  expect(await lineOf(personId)).toMatchObject([
    { field: 'direct_dial', value: person.landline, usable: true },
    { field: 'mobile', value: person.landline, lineType: 'landline', usable: false },
  ]);
  const [first, second, third] = await asked(personId);
  expect([first, second]).toEqual(['leadmagic hit: mobile', 'twilio-lookup line: landline']);
  expect(third).toMatch(/^people-data-labs /);
});

it('lets no number count that could not be looked up', async () => {
  const [, person] = americans(({ mobile }) => mobile !== null);
  if (!person) throw new TypeError('nobody of that kind');
  const personId = await fixture.meet(person, { email: true });
  fixture.sandbox.control.script({ vendor: 'twilio-lookup', fault: '500' });
  expect(await fixture.run(personId)).toMatchObject({ complete: false });
  expect(await lineOf(personId)).toMatchObject([{ field: 'mobile', usable: false }]);
});
