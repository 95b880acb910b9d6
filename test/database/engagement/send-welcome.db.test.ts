import type { MailTransport } from '@penstock/engagement/mail-port';
import { getLead } from '@penstock/engagement/operations/get-lead';
import { sendWelcome, strandSending } from '@penstock/engagement/send-welcome';
import { armFaultPoint, disarmFaultPoints } from '@penstock/kernel/fault-point';
import { invariant } from '@penstock/kernel/invariant';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';

import { outsideFixture, type OutsideFixture } from '../outside-fixture.ts';
import { workspaceFixture, type WorkspaceFixture } from '../workspace-fixture.ts';
import { leadSteps } from './lead-steps.ts';

let fixture: WorkspaceFixture;
let world: OutsideFixture;
let steps: ReturnType<typeof leadSteps>;
let leadId: string;
beforeAll(async () => {
  fixture = await workspaceFixture();
  await fixture.crowd();
  world = await outsideFixture(fixture);
  steps = leadSteps(fixture);
});
beforeEach(async () => {
  world.sandbox.control.reset();
  leadId = await steps.ask();
  await steps.work(leadId);
});
afterEach(() => disarmFaultPoints());
afterAll(async () => {
  await world[Symbol.asyncDispose]();
  await fixture[Symbol.asyncDispose]();
});

const send = (transport: MailTransport = world.outside.mailFor(fixture.workspaceId)) =>
  sendWelcome(
    { store: fixture.store, clock: fixture.clock, transport },
    { workspaceId: fixture.workspaceId, leadId },
  );
const mail = async () => {
  const { mail: found } = await fixture.run(fixture.admin, getLead, { id: leadId });
  invariant(found, 'the lead has a mail');
  return found;
};
const events = async () =>
  (await fixture.run(fixture.admin, getLead, { id: leadId })).events
    .map((event) => event.kind)
    .filter((kind) => kind.startsWith('welcome'));
const arrived = () => world.sandbox.control.outbox();

it('leaves once, from the rep, and is settled', async () => {
  expect(await send()).toBe('accepted');
  expect(await send()).toBe('accepted');
  expect(arrived()).toHaveLength(1);
  expect(arrived()[0]).toMatchObject({
    from: expect.stringContaining('Ada Rep'),
    subject: expect.stringContaining('Fixture'),
  });
  expect([(await mail()).state, await events()]).toEqual(['accepted', ['welcome_accepted']]);
});

it('is of unknown fate when the server breaks off after DATA, and never sent again', async () => {
  world.sandbox.control.scriptSmtp({ fault: 'crash_after_data' });
  expect(await send()).toBe('unknown');
  expect(await send()).toBe('unknown');
  expect(arrived()).toHaveLength(1);
  expect([(await mail()).state, await events()]).toEqual(['unknown', ['welcome_unknown']]);
});

it('is refused for good by a 550, and tried again after a 451', async () => {
  world.sandbox.control.scriptSmtp({ fault: 'defer_451' });
  expect([await send(), (await mail()).state]).toEqual(['try_again', 'queued']);
  world.sandbox.control.scriptSmtp({ fault: 'refuse_550' });
  expect([await send(), (await mail()).state]).toEqual(['refused', 'refused']);
  expect([await send(), arrived()]).toEqual(['refused', []]);
});

it('stays queued while no server is there', async () => {
  await using nowhere = await outsideFixture(fixture);
  await nowhere.sandbox.close();
  expect(await send(nowhere.outside.mailFor(fixture.workspaceId))).toBe('try_again');
  expect([(await mail()).state, await events()]).toEqual(['queued', []]);
  expect(await send()).toBe('accepted');
});

it.each([
  ['mail.sending', 0],
  ['mail.accepted', 1],
] as const)('is of unknown fate after a crash at %s, whether it left or not', async (point, left) => {
  armFaultPoint(point, 'throw');
  await expect(send()).rejects.toThrow(point);
  expect((await mail()).state).toBe('sending');
  expect(await send()).toBe('unknown');
  expect(await send()).toBe('unknown');
  expect(arrived()).toHaveLength(left);
  expect(await events()).toEqual(['welcome_unknown']);
});

it('is taken for lost only long after its sender was seen', async () => {
  armFaultPoint('mail.sending', 'throw');
  await send().catch(() => undefined);
  const stranded = { workspaceId: fixture.workspaceId, mailId: (await mail()).id };
  const before = fixture.clock.now();
  await strandSending({ store: fixture.store, clock: fixture.clock }, stranded, before);
  expect((await mail()).state).toBe('sending');
  fixture.clock.advanceMs(1_000);
  await strandSending({ store: fixture.store, clock: fixture.clock }, stranded, fixture.clock.now());
  expect([(await mail()).state, await events()]).toEqual(['unknown', ['welcome_unknown']]);
});

it('tells what the slow sender knows, although another has taken it for lost meanwhile', async () => {
  const { promise: released, resolve: release } = Promise.withResolvers<void>();
  const slow = send({
    async send() {
      await released;
      return { outcome: 'accepted', response: '250 late' };
    },
  });
  await expect.poll(async () => (await mail()).state).toBe('sending');
  expect(await send()).toBe('unknown');
  release();
  expect(await slow).toBe('accepted');
  expect(await mail()).toMatchObject({ state: 'accepted', lastCode: '250 late' });
});

it('leaves once when ten want to send it at once', async () => {
  await Promise.all(Array.from({ length: 10 }, () => send()));
  expect(arrived()).toHaveLength(1);
  expect((await mail()).state).toBe('accepted');
});
