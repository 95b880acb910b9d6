import type { ChatReply, ChatRequest, ChatSilence } from '@penstock/engagement/chat-port';
import { expect, it } from 'vitest';

import { createSlackHook } from './slack-hook.ts';

const PATH = '/services/T1/B1/secret';
const saying = (status: number, body: string, headers: Record<string, string> = {}) => ({
  status,
  headers,
  body,
});

it('posts a text to the address', async () => {
  const asked: ChatRequest[] = [];
  const hook = createSlackHook(PATH, (request) => {
    asked.push(request);
    return Promise.resolve(saying(200, 'ok'));
  });
  expect(await hook.post('hello')).toEqual({ outcome: 'accepted' });
  expect(asked).toEqual([{ method: 'POST', path: PATH, body: { text: 'hello' } }]);
});

it.each<[ChatReply | ChatSilence, object]>([
  [saying(429, '', { 'retry-after': '7' }), { outcome: 'not_accepted', retryAfterMs: 7_000 }],
  [saying(404, 'no_service'), { outcome: 'refused', code: 'no_service', connection: true }],
  [saying(410, 'channel_is_archived'), { outcome: 'refused', connection: true }],
  [saying(400, 'invalid_payload'), { outcome: 'refused', code: 'invalid_payload', connection: false }],
  [saying(500, 'rollup_error'), { outcome: 'unknown', code: 'rollup_error' }],
  [saying(200, '<!doctype html>'), { outcome: 'unknown', code: 'answered 200' }],
  [
    { silence: 'unsent', code: 'unreachable' },
    { outcome: 'not_accepted', code: 'unreachable' },
  ],
  [
    { silence: 'unknown', code: 'timeout' },
    { outcome: 'unknown', code: 'timeout' },
  ],
])('tells what became of it: %j', async (reply, outcome) => {
  const hook = createSlackHook(PATH, () => Promise.resolve(reply));
  expect(await hook.post('x')).toMatchObject(outcome);
});
