import { emitEvents } from '@penstock/store/outbox';
import { afterAll, beforeAll, expect, it } from 'vitest';

import { gatewayFixture, type GatewayFixture, type TestWorkspace } from './gateway-fixture.ts';

let gateway: GatewayFixture;
let home: TestWorkspace;
let other: TestWorkspace;

beforeAll(async () => {
  gateway = await gatewayFixture();
  home = await gateway.workspace('home');
  other = await gateway.workspace('other');
});
afterAll(() => gateway[Symbol.asyncDispose]());

/** What the relay of a worker does, once. */
async function relay(): Promise<number> {
  const { lastPosition } = await gateway.deps.store.dueWork.numberEvents(1_000);
  await gateway.deps.store.dueWork.notifyEvents();
  return lastPosition;
}

const change = (workspace: TestWorkspace, accountId: string) =>
  gateway.deps.store.inWorkspace(workspace.id, (tx) =>
    emitEvents(tx, new Date(), [{ kind: 'account.changed', payload: { accountId } }]),
  );

/** Opens the channel and reads until `done` says so. */
async function listen(
  workspace: TestWorkspace,
  after: number | null,
  done: (text: string) => boolean,
  onHello: () => void = () => {},
): Promise<string> {
  const abort = new AbortController();
  const reply = await gateway.app.request(`/live${after === null ? '' : `?after=${after}`}`, {
    headers: { cookie: workspace.members.rep.cookie },
    signal: abort.signal,
  });
  expect(reply.headers.get('content-type')).toContain('text/event-stream');
  let text = '';
  const decoder = new TextDecoder();
  const reader = reply.body?.getReader();
  while (reader && !done(text)) {
    const { value, done: ended } = await reader.read();
    if (ended) break;
    text += decoder.decode(value, { stream: true });
    if (text.includes('event: hello')) onHello();
  }
  await reader?.cancel();
  abort.abort();
  return text;
}

it('tells an open console what happened, and nothing of other workspaces', async () => {
  const listening = Promise.withResolvers<void>();
  const heard = listen(home, null, (text) => text.includes('account-2'), listening.resolve);
  await listening.promise;
  await change(home, 'account-1');
  await change(other, 'account-of-others');
  await change(home, 'account-2');
  await relay();
  const text = await heard;
  expect(text).toContain('account-1');
  expect(text).not.toContain('account-of-others');
});

it('goes on after the position that a client has seen', async () => {
  await change(home, 'seen');
  const position = await relay();
  await change(home, 'missed');
  await relay();
  const text = await listen(home, position, (so) => so.includes('missed'));
  expect(text).toContain('missed');
  expect(text).not.toContain('"seen"');
});

it('tells a client that is from another time to look again at everything', async () => {
  expect(await listen(home, 999_999_999, (text) => text.includes('resync'))).toContain('event: resync');
});
