import type { Chat, ChatOutcome, ChatReply, ChatSilence, SendChat } from '@penstock/engagement/chat-port';
import { z } from 'zod';

export const SLACK_HOST = 'slack.com';

/** Slack answers faults with HTTP 200 and `ok: false`; only a pause has a status of its own. */
const Answer = z.object({
  ok: z.boolean(),
  error: z.string().max(100).optional(),
  team: z.string().max(200).optional(),
  /** A person; in answers about tokens their name alone. */
  user: z.union([z.string(), z.object({ id: z.string().max(40) })]).optional(),
});
type Answer = z.output<typeof Answer>;

/** The token itself is not taken, whoever is written to. https://docs.slack.dev/reference/methods/chat.postMessage#errors */
const OF_CONNECTION: ReadonlySet<string> = new Set([
  'account_inactive',
  'invalid_auth',
  'missing_scope',
  'no_permission',
  'not_authed',
  'org_login_required',
  'team_access_not_granted',
  'token_expired',
  'token_revoked',
]);
/** Slack says of these that part of the operation may have succeeded. */
const MAYBE_DONE: ReadonlySet<string> = new Set(['fatal_error', 'internal_error']);
const LATER: ReadonlySet<string> = new Set([
  'rate_limited',
  'ratelimited',
  'message_limit_exceeded',
  'request_timeout',
  'service_unavailable',
  'team_added_to_org',
]);
const DEFAULT_PAUSE_MS = 30_000;

/** Slack's Web API for one token, which `send` adds. */
export function createSlackChat(send: SendChat): Chat {
  return {
    async post(channel, text) {
      const body = { channel, text, unfurl_links: false, unfurl_media: false };
      return outcomeOf(await send({ method: 'POST', path: '/api/chat.postMessage', body }));
    },
    async check() {
      const answer = answerOf(await send({ method: 'POST', path: '/api/auth.test', body: {} }));
      return 'code' in answer ? failed(answer.code) : told(answer, answer.team, (team) => ({ team }));
    },
    async findByEmail(email) {
      const path = `/api/users.lookupByEmail?email=${encodeURIComponent(email)}`;
      const answer = answerOf(await send({ method: 'GET', path }));
      return 'code' in answer ? failed(answer.code) : told(answer, idOf(answer), (id) => ({ id }));
    },
  };
}

const idOf = ({ user }: Answer): string | undefined => (typeof user === 'object' ? user.id : undefined);
const failed = (code: string) => ({ ok: false as const, code });

function told<Value, Told>(answer: Answer, value: Value | undefined, as: (value: Value) => Told) {
  if (!answer.ok || value === undefined) return failed(answer.error ?? 'unreadable answer');
  return { ok: true as const, ...as(value) };
}

function answerOf(reply: ChatReply | ChatSilence): Answer | { code: string } {
  if ('silence' in reply) return { code: reply.code };
  if (reply.status === 429) return { code: 'ratelimited' };
  const parsed = Answer.safeParse(jsonOf(reply.body));
  return parsed.success ? parsed.data : { code: `answered ${reply.status}` };
}

function outcomeOf(reply: ChatReply | ChatSilence): ChatOutcome {
  if ('silence' in reply)
    return reply.silence === 'unsent'
      ? { outcome: 'not_accepted', code: reply.code, retryAfterMs: null }
      : { outcome: 'unknown', code: reply.code };
  if (reply.status === 429)
    return { outcome: 'not_accepted', code: 'ratelimited', retryAfterMs: pauseOf(reply) ?? DEFAULT_PAUSE_MS };
  const answer = answerOf(reply);
  // A page of somebody on the way, or half an answer: Slack may have taken it.
  if ('code' in answer) return { outcome: 'unknown', code: answer.code };
  if (answer.ok) return { outcome: 'accepted' };
  const code = answer.error ?? 'no error named';
  if (MAYBE_DONE.has(code)) return { outcome: 'unknown', code };
  if (LATER.has(code)) return { outcome: 'not_accepted', code, retryAfterMs: pauseOf(reply) };
  return { outcome: 'refused', code, connection: OF_CONNECTION.has(code) };
}

function pauseOf({ headers }: ChatReply): number | null {
  const seconds = Number(headers['retry-after'] ?? Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1_000 : null;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Where Slack is asked, and how its token travels; `origin` is Slack's own, or the simulator's. */
export const slackTarget = (origin: string, token: string) =>
  ({
    service: 'slack',
    origin,
    declaredHosts: [SLACK_HOST],
    credential: { in: 'bearer', value: token },
    timeoutMs: 15_000,
    maxBodyBytes: 256 * 1024,
  }) as const;
