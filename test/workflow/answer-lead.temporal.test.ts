import { getLead } from '@penstock/engagement/operations/get-lead';
import { listRuns } from '@penstock/enrichment/operations/list-runs';
import { systemClock } from '@penstock/kernel/clock';
import { openTemporalClient } from '@penstock/temporal/connect';
import { createEncryptionCodec } from '@penstock/temporal/encryption-codec';
import { testTemporal } from '@penstock/testkit/temporal-server';
import { runWorker, type RunningWorker } from '@penstock/worker/run-worker';
import { answerLeadId } from '@penstock/workflows/answer-lead/answer-lead-id';
import { enrichContactId } from '@penstock/workflows/enrich-contact/enrich-contact-id';
import { startAnswerLead } from '@penstock/workflows/start-workflows';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';

import { leadSteps } from '../database/engagement/lead-steps.ts';
import { outsideFixture, workerConfiguration, type OutsideFixture } from '../database/outside-fixture.ts';
import { peopleKnownTo } from '../database/enrichment/waterfall-fixture.ts';
import { SECRET_KEY, workspaceFixture, type WorkspaceFixture } from '../database/workspace-fixture.ts';
import { payloadsIn } from './payloads-in.ts';

const SECONDS_40 = { timeout: 40_000, interval: 100 };

let fixture: WorkspaceFixture;
let world: OutsideFixture;
let worker: RunningWorker;
let steps: ReturnType<typeof leadSteps>;
let temporal: ReturnType<typeof openTemporalClient>;
beforeAll(async () => {
  fixture = await workspaceFixture({ at: new Date() });
  world = await outsideFixture(fixture);
  steps = leadSteps(fixture);
  const { address, namespace } = testTemporal();
  temporal = openTemporalClient({ address, namespace, secretKey: SECRET_KEY.toString('base64') });
  const target = { PENSTOCK_TEMPORAL_ADDRESS: address, PENSTOCK_TEMPORAL_NAMESPACE: namespace };
  worker = await runWorker(workerConfiguration(fixture, world.sandbox, target), systemClock);
}, 60_000);
afterEach(() => world.sandbox.control.reset());
afterAll(async () => {
  await worker.stop();
  await temporal.close();
  await world[Symbol.asyncDispose]();
  await fixture[Symbol.asyncDispose]();
});

/** Somebody of the invented world whom both finders know asks for a demo. */
async function ask(index: number) {
  const person = peopleKnownTo(world.sandbox, ['people-data-labs', 'leadmagic'])[index];
  if (!person) throw new TypeError('the world has too few people');
  const company = world.sandbox.world.companyByKey.get(person.companyKey);
  fixture.clock.set(new Date());
  const name = `${person.givenName} ${person.familyName}`;
  const leadId = await steps.ask({
    name,
    email: person.email,
    company: company?.name ?? '',
    message: `Write to ${name}`,
  });
  return { person, leadId };
}
const lead = (id: string) => fixture.run(fixture.admin, getLead, { id });
const settled = (leadId: string) =>
  expect
    .poll(
      async () =>
        (await steps.rows('select from lead where id = $1 and settled_at is not null', leadId)).length,
      SECONDS_40,
    )
    .toBe(1);
const start = (leadId: string) =>
  startAnswerLead(temporal.client, { workspaceId: fixture.workspaceId, leadId });

/** Everything that Temporal keeps of a workflow, as it lies there and with each payload opened. */
async function keptOf(workflowId: string): Promise<string> {
  const handle = temporal.client.workflow.getHandle(workflowId);
  const kept = [await handle.fetchHistory(), (await handle.describe()).raw];
  const opened = await createEncryptionCodec(SECRET_KEY).decode(payloadsIn(kept));
  return [
    JSON.stringify(kept),
    ...opened.map((payload) => Buffer.from(payload.data ?? []).toString('utf8')),
  ].join('\n');
}

it('answers, enriches and settles a lead, started twice', async () => {
  const { person, leadId } = await ask(0);
  await Promise.all([start(leadId), start(leadId)]);
  await settled(leadId);
  const answered = await lead(leadId);
  expect(answered).toMatchObject({ state: 'routed', mail: { state: 'accepted' } });
  expect(answered.events.map((event) => event.kind)).toEqual(
    expect.arrayContaining(['routed', 'welcome_accepted', 'enriched']),
  );
  expect(world.sandbox.control.outbox().map((mail) => mail.to)).toEqual([[person.email]]);
  const { items } = await fixture.run(fixture.admin, listRuns, { personId: answered.personId ?? '' });
  expect(items).toMatchObject([{ state: 'finished' }]);
  expect(world.sandbox.control.charges().byPerson.every((group) => group.count === 1)).toBe(true);
});

it('starts the work of a lead that was stored while Temporal was away', async () => {
  const { leadId } = await ask(1);
  expect((await lead(leadId)).state).toBe('received');
  await settled(leadId);
  expect(await lead(leadId)).toMatchObject({ state: 'routed', mail: { state: 'accepted' } });
});

it('keeps nothing of a person in a history, whatever fails on the way', async () => {
  const { person, leadId } = await ask(2);
  world.sandbox.control.scriptSmtp({ fault: 'defer_451', times: 3 });
  world.sandbox.control.script({ vendor: 'people-data-labs', fault: '429_retry_after' });
  await start(leadId);
  await settled(leadId);
  const { personId } = await lead(leadId);
  const kept = [
    await keptOf(answerLeadId(fixture.workspaceId, leadId)),
    await keptOf(enrichContactId(fixture.workspaceId, personId ?? '')),
  ].join('\n');
  expect(kept).toContain('MailNotAccepted');
  expect(kept).toContain('stopReason');
  const traces = [person.email, person.givenName, person.familyName, person.mobile ?? '', 'Write to'];
  expect(traces.filter((trace) => kept.includes(trace))).toEqual([]);
});
