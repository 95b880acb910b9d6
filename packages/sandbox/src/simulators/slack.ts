import type { Clock } from '@penstock/kernel/clock';
import type { Context, Hono } from 'hono';

import type { ScriptBook } from '../control/script-book.ts';
import { createLimiter } from './limiter.ts';
import { html, json, pause, untilGone } from './replies.ts';

export type SlackMessage = { channel: string; text: string };
export type SlackBook = {
  /** What was taken, latest first. */
  taken(): SlackMessage[];
  /** The next calls fail with this error of Slack's, one each. */
  failNext(...errors: string[]): void;
  clear(): void;
};

const HOST = 'slack.com';
const HOOKS_HOST = 'hooks.slack.com';
const TOKEN = 'xoxb-sandbox-';
const MOST_KEPT = 500;
/** "One message per second per channel", with short bursts. */
const LIMITS = [{ requests: 5, windowMs: 5_000 }];
/** Channels that the sandbox's app was invited to; ids of people and conversations always exist. */
const CHANNELS: ReadonlySet<string> = new Set(['#sales', '#revops']);
const LONGEST = 40_000;

type Deps = { scripts: ScriptBook; clock: Clock; delayMs: () => number };

/** Slack's Web API: `auth.test`, `users.lookupByEmail`, `chat.postMessage`. Faults are HTTP 200 with `ok: false`, but for the pause. */
export function mountSlack(app: Hono, deps: Deps): SlackBook {
  const kept: SlackMessage[] = [];
  const failures: string[] = [];
  const keep = (message: SlackMessage): void => {
    kept.unshift(message);
    kept.splice(MOST_KEPT);
  };
  const limiter = createLimiter(LIMITS);
  const post = async (context: Context): Promise<Response> => {
    const body: unknown = await context.req.json().catch(() => null);
    const { channel, text } = typeof body === 'object' && body !== null ? messageOf(body) : NOTHING;
    if (channel === '') return refuse('invalid_arguments');
    if (channel.startsWith('#') && !CHANNELS.has(channel)) return refuse('channel_not_found');
    if (text === '') return refuse('no_text');
    if (text.length > LONGEST) return refuse('msg_too_long');
    const now = deps.clock.now().getTime();
    if (!limiter.admit(channel, '', now))
      return answer({ ok: false, error: 'ratelimited' }, 429, { 'retry-after': '5' });
    keep({ channel, text });
    return answer({ ok: true, channel, ts: (now / 1_000).toFixed(6), message: { type: 'message', text } });
  };
  app.all(`/${HOST}/api/:method`, async (context) => {
    const method = context.req.param('method');
    const { fault, delayMs } = deps.scripts.take('slack', `${method} ${context.req.url}`);
    await pause(delayMs ?? deps.delayMs(), context.req.raw.signal);
    const token = context.req.header('authorization')?.replace(/^Bearer /, '') ?? '';
    if (token === '') return refuse('not_authed');
    if (!token.startsWith(TOKEN)) return refuse('invalid_auth');
    if (fault === 'hang') return untilGone(context.req.raw.signal);
    if (fault === '500') return html(500);
    if (fault === 'html') return html(200);
    if (fault?.startsWith('429'))
      return answer({ ok: false, error: 'ratelimited' }, 429, { 'retry-after': '30' });
    const failure = failures.shift();
    if (failure !== undefined) return refuse(failure);
    if (method === 'auth.test')
      return answer({
        ok: true,
        team: 'Penstock demo',
        team_id: 'T0SANDBOX',
        user: 'penstock',
        bot_id: 'B0SANDBOX',
      });
    if (method === 'users.lookupByEmail') return personOf(context.req.query('email') ?? '');
    if (method !== 'chat.postMessage') return refuse('unknown_method');
    const reply = await post(context);
    return fault === 'timeout_after_charge' ? untilGone(context.req.raw.signal) : reply;
  });
  mountHooks(app, deps, keep);
  return {
    taken: () => [...kept],
    failNext: (...errors) => void failures.push(...errors),
    clear() {
      kept.splice(0);
      failures.splice(0);
    },
  };
}

/** Incoming webhooks: one channel for each bot, its secret in the address. They answer in plain text. */
function mountHooks(app: Hono, deps: Deps, keep: (message: SlackMessage) => void): void {
  app.post(`/${HOOKS_HOST}/services/:team/:bot/:secret`, async (context) => {
    const { fault, delayMs } = deps.scripts.take('slack', `hook ${context.req.param('bot')}`);
    await pause(delayMs ?? deps.delayMs(), context.req.raw.signal);
    if (fault === 'hang') return untilGone(context.req.raw.signal);
    if (fault === '500') return context.text('rollup_error', 500);
    if (fault?.startsWith('429')) return context.text('', 429, { 'retry-after': '30' });
    const bot = context.req.param('bot');
    if (context.req.param('team') !== 'T0SANDBOX') return context.text('no_team', 404);
    if (bot === 'B0GONE') return context.text('no_service', 404);
    if (bot === 'B0ARCHIVED') return context.text('channel_is_archived', 410);
    const body: unknown = await context.req.json().catch(() => null);
    const { text } = typeof body === 'object' && body !== null ? messageOf(body) : NOTHING;
    if (text === '') return context.text('no_text', 400);
    keep({ channel: `webhook ${bot}`, text });
    return context.text('ok');
  });
}

const answer = (body: object, status = 200, headers: Record<string, string> = {}) =>
  json({ status, headers, body });
const refuse = (error: string) => answer({ ok: false, error });

const personOf = (email: string) =>
  /^[^@\s]+@[^@\s]+$/.test(email) && !email.startsWith('nobody@')
    ? answer({ ok: true, user: { id: idOf(email), profile: { email } } })
    : refuse('users_not_found');

const NOTHING = { channel: '', text: '' };
function messageOf(body: object): SlackMessage {
  return {
    channel: 'channel' in body && typeof body.channel === 'string' ? body.channel : '',
    text: 'text' in body && typeof body.text === 'string' ? body.text : '',
  };
}

/** The same id for the same address, of the letters that Slack uses. */
const idOf = (email: string): string => {
  let sum = 7;
  for (const letter of email) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 2_176_782_336;
  return `U0${sum.toString(36).toUpperCase().padStart(6, '0')}`;
};
