import { DEFAULT_TITLE_RULES } from '@penstock/accounts/model/default-title-rules';
import type { TitleRule } from '@penstock/accounts/model/title-rules';
import { correctPersonOperation } from '@penstock/accounts/operations/correct-person';
import { readCommittee } from '@penstock/accounts/operations/read-committee';
import { invariant } from '@penstock/kernel/invariant';
import { recordActivity } from '@penstock/engagement/operations/record-activity';
import { judgeFitsAgain } from '@penstock/scoring/judge-fits-again';
import type { Icp } from '@penstock/scoring/model/icp';
import { explainScore } from '@penstock/scoring/operations/explain-score';
import { saveIcpDraft } from '@penstock/scoring/operations/manage-icp';
import { publishIcp } from '@penstock/scoring/operations/publish-icp';
import {
  publishTitleRules,
  readTitleRules,
  saveTitleRulesDraft,
} from '@penstock/scoring/operations/manage-title-rules';
import { tryTitleRules } from '@penstock/scoring/operations/try-title-rules';
import { refreshStandings } from '@penstock/scoring/standing';
import { afterAll, beforeAll, expect, it } from 'vitest';

import { leadSteps } from '../engagement/lead-steps.ts';
import { workspaceFixture, type WorkspaceFixture } from '../workspace-fixture.ts';

const correctPerson = correctPersonOperation({ onChanged: refreshStandings });
const TITLES = ['CEO', 'Sales Manager', 'Account Executive', 'CTO', 'CFO', 'Chief Alchemist'];

let fixture: WorkspaceFixture;
let accountId: string;
const people = new Map<string, string>();
beforeAll(async () => {
  fixture = await workspaceFixture();
  const steps = leadSteps(fixture);
  const worked = await steps.work(await steps.ask());
  invariant(worked, 'the lead was worked on');
  ({ accountId } = worked);
  const { store, workspaceId, clock, reps } = fixture;
  const now = clock.now();
  for (const [at, title] of TITLES.entries()) {
    const id = await store.withRecords(workspaceId, async ({ db }) => {
      const { id: first, ...person } = await db.person.findFirstOrThrow({ where: { id: worked.personId } });
      const subjectId = at === 0 ? first : crypto.randomUUID();
      if (at > 0)
        await db.person.create({ data: { ...person, id: subjectId, emailKey: `p${at}@buyer.example` } });
      const value = {
        subjectKind: 'person',
        field: 'title',
        value: title,
        observationId: subjectId,
        provider: 'test',
        usable: true,
        chosenBecause: 'the only value',
      };
      await db.visibleValue.create({
        data: { workspaceId, subjectId, ...value, observedAt: now, updatedAt: now },
      });
      return subjectId;
    });
    people.set(title, id);
    const answer = { kind: 'mail' as const, direction: 'in' as const, accountId, personId: id };
    await fixture.run(reps[0], recordActivity, { ...answer, subject: 'Re: hello' });
  }
}, 60_000);
afterAll(() => fixture[Symbol.asyncDispose]());

const committeeMarker = async () => {
  const { priorityParts } = await fixture.run(fixture.admin, explainScore, { accountId });
  return priorityParts.find(({ term }) => term === 'committee')?.value;
};
const fitNow = async () => (await fixture.run(fixture.admin, explainScore, { accountId })).fit;
const due = async () =>
  (await fixture.store.dueWork.dueFits(fixture.clock.now(), 100)).filter(
    (one) => one.workspaceId === fixture.workspaceId,
  );
const publish = async (rules: readonly TitleRule[]) => {
  const { versionId } = await fixture.run(fixture.admin, saveTitleRulesDraft, {
    body: structuredClone({
      rules: rules.map((one) => ({ ...one, says: [...one.says], saysNot: [...one.saysNot] })),
    }),
  });
  await fixture.run(fixture.admin, publishTitleRules, { versionId });
  return versionId;
};
const buyers: TitleRule = {
  name: 'Alchemists buy',
  says: ['alchemist'],
  saysNot: [],
  role: 'procurement',
  seniority: null,
};

it('tells before publishing who gets another role, and what no rule knows', async () => {
  const body = {
    rules: [buyers, ...DEFAULT_TITLE_RULES.rules].map((one) => ({
      ...one,
      says: [...one.says],
      saysNot: [...one.saysNot],
    })),
  };
  const trial = await fixture.run(fixture.admin, tryTitleRules, { body, titles: ['Alchemist', 'Wizard'] });
  expect(trial).toMatchObject({
    looked: 6,
    isCut: false,
    changed: 1,
    unknownPeople: 1,
    dead: [],
    unknown: [{ title: 'Account Executive', people: 1 }],
    readings: [
      { role: 'procurement', roleBy: { rule: 'Alchemists buy', phrase: 'alchemist' } },
      { role: 'end_user', roleBy: null },
    ],
  });
  expect(trial.examples).toMatchObject([
    {
      title: 'Chief Alchemist',
      account: { id: accountId },
      rule: 'Alchemists buy',
      before: { role: 'executive' },
      after: { role: 'procurement' },
    },
  ]);
});

it('reads committees by the rules published, judges what rests on them again, and rolls back', async () => {
  const icp: Icp = {
    name: 'Wide committees',
    criteria: [
      { kind: 'departments', min: null, max: 5, weight: 1, required: false, excluded: false },
      { kind: 'employee_count', min: 0, max: null, weight: 1, required: false, excluded: false },
    ],
  };
  const draft = await fixture.run(fixture.admin, saveIcpDraft, { body: icp });
  await fixture.run(fixture.admin, publishIcp, draft);
  const [before, narrow] = [await committeeMarker(), await fitNow()];
  expect(before).toBe(0);

  await publish([buyers, ...DEFAULT_TITLE_RULES.rules]);
  const { seats, complete } = await fixture.run(fixture.reps[0], readCommittee, { id: accountId });
  expect(complete).toBe(true);
  expect(seats.find(({ role }) => role === 'procurement')?.people).toMatchObject([
    { title: 'Chief Alchemist', roleRule: 'Alchemists buy', corrected: false },
  ]);
  // What is stored follows account by account: whoever is killed meanwhile finds the rest still due.
  expect(await due()).toEqual([{ workspaceId: fixture.workspaceId, accountId }]);
  expect(await fixture.run(fixture.admin, readTitleRules, {})).toMatchObject({ due: 1 });
  await judgeFitsAgain(fixture.store, await due(), fixture.clock.now());
  expect(await committeeMarker()).toBe(100);
  expect(await fitNow()).toBeLessThan(narrow);

  const { versions } = await fixture.run(fixture.admin, readTitleRules, {});
  const first = versions.at(-1);
  invariant(first, 'the first version is kept');
  await fixture.run(fixture.admin, publishTitleRules, { versionId: first.versionId, note: 'Back' });
  await judgeFitsAgain(fixture.store, await due(), fixture.clock.now());
  expect([await committeeMarker(), await fitNow()]).toEqual([0, narrow]);
});

it('lets what somebody says go before the rules, at once and until it is taken back', async () => {
  const id = people.get('Chief Alchemist') ?? '';
  await fixture.run(fixture.reps[0], correctPerson, { id, buyingRole: 'procurement' });
  expect(await committeeMarker()).toBe(100);
  // Nobody is read otherwise: who was corrected stays as they are.
  await publish([buyers, ...DEFAULT_TITLE_RULES.rules]);
  expect(await due()).toEqual([]);
  await publish(DEFAULT_TITLE_RULES.rules);
  await fixture.run(fixture.reps[0], correctPerson, { id, buyingRole: null });
  expect(await committeeMarker()).toBe(0);
});

it('refuses rules that never count, and those that are no rules', async () => {
  const save = (rules: unknown[]) =>
    fixture.run(fixture.admin, saveTitleRulesDraft, JSON.parse(JSON.stringify({ body: { rules } })));
  await expect(
    save([
      { ...buyers, name: 'Money', says: ['cfo'], role: 'finance' },
      { ...buyers, says: ['cfo'], role: 'it' },
    ]),
  ).rejects.toMatchObject({
    code: 'invalid',
    message: expect.stringContaining('“Money” above it reads every such title first'),
    issues: [{ field: 'body.rules.1' }],
  });
  await expect(save([{ ...buyers, says: [''] }])).rejects.toMatchObject({
    issues: [{ field: 'body.rules.0.says.0' }],
  });
  await expect(save([{ ...buyers, role: 'wizard' }])).rejects.toMatchObject({
    issues: [{ field: 'body.rules.0.role' }],
  });
  await expect(
    fixture.run(fixture.admin, publishTitleRules, { versionId: crypto.randomUUID() }),
  ).rejects.toMatchObject({ code: 'not_found' });
});
