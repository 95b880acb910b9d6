import type { ChatHook, ChatOutcome, ChatReply, ChatSilence, SendChat } from '@penstock/engagement/chat-port';

export const HOOKS_HOST = 'hooks.slack.com';

const DEFAULT_PAUSE_MS = 30_000;
/** The address itself is not taken any more, whatever is written. https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks */
const OF_ADDRESS: ReadonlySet<number> = new Set([403, 404, 410]);

/** An incoming webhook of Slack: one channel, by a path that is a secret. It answers in plain text. */
export function createSlackHook(path: string, send: SendChat): ChatHook {
  return {
    post: async (text) => outcomeOf(await send({ method: 'POST', path, body: { text } })),
  };
}

function outcomeOf(reply: ChatReply | ChatSilence): ChatOutcome {
  if ('silence' in reply)
    return reply.silence === 'unsent'
      ? { outcome: 'not_accepted', code: reply.code, retryAfterMs: null }
      : { outcome: 'unknown', code: reply.code };
  const { status, headers, body } = reply;
  if (status === 200 && body.trim() === 'ok') return { outcome: 'accepted' };
  if (status === 429) {
    const seconds = Number(headers['retry-after'] ?? Number.NaN);
    return {
      outcome: 'not_accepted',
      code: 'ratelimited',
      retryAfterMs: Number.isFinite(seconds) && seconds >= 0 ? seconds * 1_000 : DEFAULT_PAUSE_MS,
    };
  }
  const code = /^[a-z_]{3,60}$/.test(body.trim()) ? body.trim() : `answered ${status}`;
  // A page of somebody on the way, or a fault of a server: Slack may have taken it.
  if (status < 400 || status >= 500) return { outcome: 'unknown', code };
  return { outcome: 'refused', code, connection: OF_ADDRESS.has(status) };
}

/** Where the webhook is; `origin` is Slack's own, or the simulator's. */
export const hookTarget = (origin: string) =>
  ({
    service: 'slack-hook',
    origin,
    declaredHosts: [HOOKS_HOST],
    timeoutMs: 15_000,
    maxBodyBytes: 64 * 1024,
  }) as const;
