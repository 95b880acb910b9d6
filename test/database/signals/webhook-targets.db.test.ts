import {
  createTargetOperation,
  listWebhookTargets,
  removeWebhookTarget,
  switchWebhookTarget,
} from '@penstock/signals/operations/manage-targets';
import { sealText } from '@penstock/kernel/seal';
import { invariant } from '@penstock/kernel/invariant';
import { deliverEvents } from '@penstock/signals/outgoing/deliver-events';
import { emitEvents } from '@penstock/store/outbox';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, expect, it } from 'vitest';

import { outsideFixture, type OutsideFixture } from '../outside-fixture.ts';
import { SECRET_KEY, workspaceFixture, type WorkspaceFixture } from '../workspace-fixture.ts';

const create = createTargetOperation({ seal: (secret) => sealText(SECRET_KEY, secret) });

let fixture: WorkspaceFixture;
let world: OutsideFixture;
let made: { id: string; secret: string };
beforeAll(async () => {
  fixture = await workspaceFixture();
  world = await outsideFixture(fixture);
  await happen('before');
  made = await fixture.run(fixture.admin, create, {
    name: 'CRM',
    url: 'https://hooks.customer.example/in?x=1',
    events: ['queue.item.entered'],
  });
});
afterAll(async () => {
  await world[Symbol.asyncDispose]();
  await fixture[Symbol.asyncDispose]();
});

/** An event of a kind that is told and one of a kind that is not, numbered as the relay does. */
async function happen(itemId: string): Promise<void> {
  const { store, workspaceId, clock } = fixture;
  await store.inWorkspace(workspaceId, (tx) =>
    emitEvents(tx, clock.now(), [
      { kind: 'queue.item.entered', payload: { itemId } },
      { kind: 'score.changed', payload: { itemId } },
    ]),
  );
  while ((await store.dueWork.numberEvents(1_000)).numbered > 0);
}

/** One round of the sender. */
async function round(): Promise<(number | null)[]> {
  const { store, clock } = fixture;
  const deps = { store, clock, secretKey: SECRET_KEY, post: world.outside.postWebhook };
  const upTo = await store.dueWork.lastPosition();
  const due = await store.dueWork.dueTargets(clock.now(), upTo, 10);
  return Promise.all(due.map((target) => deliverEvents(deps, target, upTo)));
}
const told = () =>
  world.sandbox.control
    .webhooks()
    .map(({ body }) => (JSON.parse(body) as { data: { itemId: string } }).data.itemId)
    .toReversed();
const target = async () => {
  const [found] = (await fixture.run(fixture.admin, listWebhookTargets, {})).items;
  invariant(found, 'the target is there');
  return found;
};

it('tells what happens from now on, signed, in order, once', async () => {
  await happen('one');
  await happen('two');
  expect(await round()).toEqual([2]);
  expect(await round()).toEqual([]);
  expect(told()).toEqual(['one', 'two']);
  const [{ address, headers, body }] = world.sandbox.control.webhooks() as [
    { address: string; headers: Record<string, string>; body: string },
  ];
  expect(address).toBe('hooks.customer.example/in');
  const at = new Date(Number(headers['webhook-timestamp']) * 1_000);
  expect(headers['webhook-signature']).toBe(
    new Webhook(made.secret).sign(headers['webhook-id'] ?? '', at, body),
  );
  expect(JSON.parse(body)).toMatchObject({ type: 'queue.item.entered', data: { itemId: 'two' } });
  expect(await target()).toMatchObject({ delivered: 2, failures: 0 });
});

it('waits for a receiver that fails, longer each time, and loses and skips nothing', async () => {
  world.sandbox.control.answerWebhooks(204, 503, 500);
  for (const item of ['three', 'four', 'five']) await happen(item);
  expect(await round()).toEqual([1]);
  expect(await target()).toMatchObject({ failures: 1, lastFault: 'answered 503', state: 'active' });
  expect(await round()).toEqual([]);
  fixture.clock.advanceMs(5_000);
  expect(await round()).toEqual([0]);
  fixture.clock.advanceMs(5_000);
  expect(await round()).toEqual([]);
  fixture.clock.advanceMs(5_000);
  expect(await round()).toEqual([2]);
  expect(told().slice(2)).toEqual(['three', 'four', 'five']);
  expect(await target()).toMatchObject({ failures: 0, lastFault: '', delivered: 5 });
});

it('is given up when the other side says that it is gone, and goes on where it was when it is switched on', async () => {
  world.sandbox.control.answerWebhooks(410);
  await happen('six');
  await round();
  expect((await target()).state).toBe('given_up');
  await fixture.run(fixture.admin, switchWebhookTarget, { id: made.id, active: true });
  expect(await round()).toEqual([1]);
  expect(told().at(-1)).toBe('six');
  await fixture.run(fixture.admin, switchWebhookTarget, { id: made.id, active: false });
  await happen('seven');
  expect(await round()).toEqual([]);
});

it('is sent by one of two senders at once', async () => {
  await fixture.run(fixture.admin, switchWebhookTarget, { id: made.id, active: true });
  const [first, second] = await Promise.all([round(), round()]);
  expect([...first, ...second].filter((count) => count !== null)).toEqual([1]);
  expect(told().filter((item) => item === 'seven')).toHaveLength(1);
});

it('has to lie on the open web, under a name of its own; a removed one is told nothing', async () => {
  const input = { name: 'Other', events: ['lead.received' as const] };
  for (const url of [
    'http://x.example/',
    'https://10.0.0.1/',
    'https://x.example:8443/',
    'https://u:p@x.example/',
  ])
    await expect(fixture.run(fixture.admin, create, { ...input, url })).rejects.toThrow(/url/);
  await expect(
    fixture.run(fixture.admin, create, { name: 'CRM', url: 'https://x.example/', events: ['lead.received'] }),
  ).rejects.toThrow(/taken by another webhook/);
  await fixture.run(fixture.admin, removeWebhookTarget, { id: made.id });
  await happen('eight');
  expect(await round()).toEqual([]);
});
