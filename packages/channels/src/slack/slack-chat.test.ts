import type { ChatReply, ChatRequest, ChatSilence } from '@penstock/engagement/chat-port';
import { expect, it } from 'vitest';

import { createSlackChat } from './slack-chat.ts';

function slackReplying(reply: ChatReply | ChatSilence) {
  const asked: ChatRequest[] = [];
  const chat = createSlackChat((request) => {
    asked.push(request);
    return Promise.resolve(reply);
  });
  return { asked, chat };
}
const saying = (body: unknown, status = 200, headers: Record<string, string> = {}) => ({
  status,
  headers,
  body: typeof body === 'string' ? body : JSON.stringify(body),
});

it('posts as the Web API wants it', async () => {
  const { asked, chat } = slackReplying(saying({ ok: true, channel: 'D1', ts: '1.2' }));
  expect(await chat.post('U0123', 'hello')).toEqual({ outcome: 'accepted' });
  expect(asked).toEqual([
    {
      method: 'POST',
      path: '/api/chat.postMessage',
      body: { channel: 'U0123', text: 'hello', unfurl_links: false, unfurl_media: false },
    },
  ]);
});

it.each([
  [
    'a pause',
    saying({ ok: false, error: 'ratelimited' }, 429, { 'retry-after': '17' }),
    { outcome: 'not_accepted', code: 'ratelimited', retryAfterMs: 17_000 },
  ],
  ['a pause without a time', saying('', 429), { outcome: 'not_accepted', retryAfterMs: 30_000 }],
  [
    'a channel that is not there',
    saying({ ok: false, error: 'channel_not_found' }),
    { outcome: 'refused', code: 'channel_not_found', connection: false },
  ],
  [
    'a token that was taken back',
    saying({ ok: false, error: 'token_revoked' }),
    { outcome: 'refused', connection: true },
  ],
  [
    'a fault halfway',
    saying({ ok: false, error: 'fatal_error' }),
    { outcome: 'unknown', code: 'fatal_error' },
  ],
  ['a page with 200', saying('<!doctype html>'), { outcome: 'unknown', code: 'answered 200' }],
  ['a fault of a server', saying('', 503), { outcome: 'unknown', code: 'answered 503' }],
  [
    'silence before anything was sent',
    { silence: 'unsent', code: 'unreachable' } as const,
    { outcome: 'not_accepted', code: 'unreachable' },
  ],
  [
    'silence afterwards',
    { silence: 'unknown', code: 'timeout' } as const,
    { outcome: 'unknown', code: 'timeout' },
  ],
])('tells %s', async (_what, reply, outcome) => {
  expect(await slackReplying(reply).chat.post('U1', 'x')).toMatchObject(outcome);
});

it('says whose token it is, and who has an address', async () => {
  expect(await slackReplying(saying({ ok: true, team: 'Acme', user: 'penstock' })).chat.check()).toEqual({
    ok: true,
    team: 'Acme',
  });
  expect(await slackReplying(saying({ ok: false, error: 'invalid_auth' })).chat.check()).toEqual({
    ok: false,
    code: 'invalid_auth',
  });
  const { asked, chat } = slackReplying(saying({ ok: true, user: { id: 'U7' } }));
  expect(await chat.findByEmail('ada+x@seller.example')).toEqual({ ok: true, id: 'U7' });
  expect(asked[0]?.path).toBe('/api/users.lookupByEmail?email=ada%2Bx%40seller.example');
});
