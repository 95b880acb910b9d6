import { erasePerson } from '@penstock/accounts/operations/manage-personal-data';
import { recordConversion } from '@penstock/engagement/first-touch';
import { invariant } from '@penstock/kernel/invariant';
import { createDealOperation } from '@penstock/pipeline/operations/create-deal';
import { getDeal } from '@penstock/pipeline/operations/get-deal';
import { recordConversationOperation } from '@penstock/pipeline/operations/record-conversation';
import { scoringPort } from '@penstock/scoring/rescore';
import { DEFAULT_WATCH_RULES } from '@penstock/signals/model/watch-rules';
import {
  publishWatchRules,
  readWatchRules,
  saveWatchRulesDraft,
} from '@penstock/signals/operations/manage-watch-rules';
import { listSignals } from '@penstock/signals/operations/read-signals';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { z } from 'zod';

import { leadSteps } from '../engagement/lead-steps.ts';
import { workspaceFixture, type WorkspaceFixture } from '../workspace-fixture.ts';

const createDeal = createDealOperation({ onLeadConverted: recordConversion });
const operation = recordConversationOperation({ scoring: scoringPort });

let fixture: WorkspaceFixture;
let at: { dealId: string; accountId: string; personId: string };
beforeAll(async () => {
  fixture = await workspaceFixture();
  const steps = leadSteps(fixture);
  const worked = await steps.work(await steps.ask({ name: 'Tilda Talk', email: 'tilda@talkative.example' }));
  invariant(worked, 'the lead is worked');
  const { accountId, personId } = worked;
  const deal = { accountId, personId, name: 'Deal', valueMinor: 1, source: 'outbound' as const };
  at = { accountId, personId, dealId: (await fixture.run(fixture.reps[0], createDeal, deal)).id };
  const published = await fixture.run(fixture.admin, readWatchRules, {});
  expect(published.published.competitors).toEqual([]);
  const competitors = [{ name: 'Rivalforce', mentions: ['rival force'], records: [] }];
  const body = { ...published.published, competitors };
  expect(DEFAULT_WATCH_RULES.competitors).toEqual([]);
  const { versionId } = await fixture.run(fixture.admin, saveWatchRulesDraft, { body, note: '' });
  await fixture.run(fixture.admin, publishWatchRules, { versionId, note: 'rivals' });
});
afterAll(() => fixture[Symbol.asyncDispose]());

type Talk = Partial<z.input<typeof operation.input>>;
const tell = (conversationId: string, talk: Talk, who = fixture.reps[0]) =>
  fixture.run(who, operation, {
    conversationId,
    accountId: at.accountId,
    dealId: at.dealId,
    personId: at.personId,
    occurredAt: fixture.clock.now().toISOString(),
    ...talk,
  });
const read = () => fixture.run(fixture.reps[0], getDeal, { id: at.dealId });
const signals = async () =>
  (await fixture.run(fixture.admin, listSignals, { accountId: at.accountId })).items
    .filter(({ source }) => source === 'conversation')
    .map(({ kind, summary, strength }) => ({ kind, summary, strength }));

it('a talk becomes risk on the deal, its next step and what they asked; told again it changes nothing', async () => {
  const due = new Date(fixture.clock.now().getTime() + 86_400_000).toISOString();
  const talk: Talk = {
    title: 'Second call',
    url: 'https://talks.example/2',
    transcript: [
      {
        side: 'them',
        personId: at.personId,
        text: 'We also look at Rival Force. How would the migration work for us?',
      },
      { side: 'us', text: 'I will send the migration plan.' },
    ],
    sentiments: [{ personId: at.personId, mood: -0.65, quote: 'Honestly, support was slow.' }],
    commitments: [{ side: 'us', quote: 'Send the security paper', dueAt: due }],
  };
  expect(await tell('talk/1', talk)).toMatchObject({
    repeated: false,
    competitors: 1,
    commitments: 2,
    questions: 1,
    signals: 2,
    nextStep: true,
  });
  const told = [
    { kind: 'negative_sentiment', summary: 'Somebody was unhappy in a talk.', strength: 0.65 },
    { kind: 'competitive_evaluation', summary: 'Rivalforce was named in a talk.', strength: 0.6 },
  ];
  expect(await signals()).toEqual(expect.arrayContaining(told));
  const deal = await read();
  expect(deal).toMatchObject({ nextStep: 'Send the security paper', nextStepDueAt: due });
  expect(deal.riskParts.map(({ key }) => key)).toEqual(
    expect.arrayContaining(['negative_sentiment', 'competitive_evaluation']),
  );
  expect(deal.talks.map(({ kind, who, quote }) => [kind, who, quote])).toEqual(
    expect.arrayContaining([
      ['question', 'Tilda Talk', 'How would the migration work for us?'],
      ['commitment', null, 'I will send the migration plan.'],
      ['competitor', 'Tilda Talk', 'We also look at Rival Force.'],
    ]),
  );
  expect(await tell('talk/1', talk)).toMatchObject({ repeated: true, signals: 0 });
  expect([(await signals()).length, (await read()).talks.length]).toEqual([2, deal.talks.length]);
});

it('a next step that somebody planned and that is not over stays', async () => {
  expect(await tell('talk/2', { commitments: [{ side: 'us', quote: 'Something else' }] })).toMatchObject({
    nextStep: false,
  });
  expect((await read()).nextStep).toBe('Send the security paper');
});

it('reads the mood where only the text is sent, with the sentence that shows it; a measure that is sent counts instead', async () => {
  const transcript = [
    { side: 'us' as const, text: 'We are very disappointed too.' },
    {
      side: 'them' as const,
      personId: at.personId,
      text: 'Hello. Honestly, we are not happy with the rollout.',
    },
  ];
  expect(await tell('talk/mood', { transcript })).toMatchObject({ signals: 1 });
  expect((await read()).talks).toEqual(
    expect.arrayContaining([
      expect.objectContaining({
        kind: 'sentiment',
        who: 'Tilda Talk',
        quote: 'Honestly, we are not happy with the rollout.',
      }),
    ]),
  );
  const measured = { transcript, sentiments: [{ mood: 0.2, quote: 'Fine.' }] };
  expect(await tell('talk/measured', measured)).toMatchObject({ signals: 0 });
});

it('refuses a talk of nothing, one to come, one about another’s deal, moods off the scale', async () => {
  await expect(tell('talk/3', {})).rejects.toThrow(/transcript: is missing/);
  const later = new Date(fixture.clock.now().getTime() + 60_000).toISOString();
  await expect(tell('talk/3', { questions: [{ quote: 'What?' }], occurredAt: later })).rejects.toThrow(
    /has not come yet/,
  );
  await expect(tell('talk/3', { sentiments: [{ mood: -7, quote: 'Bad' }] })).rejects.toThrow(
    /sentiments\.0\.mood/,
  );
  const stranger = { ...fixture.reps[1], visibleOwnerIds: [fixture.reps[1].id] };
  await expect(tell('talk/3', { questions: [{ quote: 'What?' }] }, stranger)).rejects.toThrow(
    /There is no such account/,
  );
});

it('what an erased person said is gone, that there was risk stays', async () => {
  await fixture.run(fixture.admin, erasePerson, { id: at.personId, confirmName: 'Tilda Talk' });
  expect((await read()).talks).toEqual([]);
  expect(await signals()).toHaveLength(3);
});
