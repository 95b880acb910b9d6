import { createHash } from 'node:crypto';

import type { Clock } from '@penstock/kernel/clock';

import type { HttpClient } from './http-client.ts';
import { HttpError } from './http-error.ts';
import type { HttpReply, HttpTarget } from './target.ts';

/** Why there is no token, in the words of a reply: a status that the other side gave, with its headers and body. */
export class TokenRefusedError extends Error {
  override readonly name = 'TokenRefusedError';
  readonly reply: HttpReply;

  constructor(service: string, reply: HttpReply) {
    super(`${service}: no access token, status ${reply.status}`);
    this.reply = reply;
  }
}

export type AccessTokens = {
  /**
   * Token for a client's `id:secret`, kept until shortly before it ends; simultaneous callers share one exchange.
   * Throws `HttpError`, or `TokenRefusedError` where the other side refuses.
   */
  tokenFor(target: HttpTarget, tokenPath: string, clientSecret: string): Promise<string>;
  /** Drops a token that was refused, so that the next call asks for a new one. */
  forget(target: HttpTarget, clientSecret: string): void;
};

/** A token is not used in its last minute: it may end on the way. */
const MARGIN_MS = 60_000;
const DEFAULT_LIFETIME_SECONDS = 3_600;

/** OAuth 2 client credentials (RFC 6749, 4.4), as vendors do it: the pair as JSON, a bearer token back. */
export function createAccessTokens(client: HttpClient, clock: Clock): AccessTokens {
  const tokens = new Map<string, { token: Promise<string>; goodUntil: number }>();
  const keyOf = (target: HttpTarget, secret: string): string =>
    `${target.origin} ${createHash('sha256').update(secret).digest('hex')}`;
  return {
    tokenFor(target, tokenPath, secret) {
      const key = keyOf(target, secret);
      const kept = tokens.get(key);
      if (kept && kept.goodUntil > clock.now().getTime()) return kept.token;
      const entry = { token: Promise.resolve(''), goodUntil: Number.POSITIVE_INFINITY };
      entry.token = exchangeForToken(client, target, tokenPath, secret).then(
        ({ token, lifetimeMs }) => {
          entry.goodUntil = clock.now().getTime() + lifetimeMs - MARGIN_MS;
          return token;
        },
        (error: unknown) => {
          if (tokens.get(key) === entry) tokens.delete(key);
          throw error;
        },
      );
      tokens.set(key, entry);
      return entry.token;
    },
    forget: (target, secret) => void tokens.delete(keyOf(target, secret)),
  };
}

async function exchangeForToken(
  client: HttpClient,
  target: HttpTarget,
  tokenPath: string,
  secret: string,
): Promise<{ token: string; lifetimeMs: number }> {
  const colon = secret.indexOf(':');
  const body = {
    grant_type: 'client_credentials',
    client_id: colon === -1 ? secret : secret.slice(0, colon),
    client_secret: colon === -1 ? secret : secret.slice(colon + 1),
  };
  const { credential: _none, ...bare } = target;
  const reply = await client.send(bare, { method: 'POST', path: tokenPath, body });
  if (reply.status !== 200) throw new TokenRefusedError(target.service, reply);
  const { access_token: token, expires_in: seconds } = recordOf(reply.body);
  if (typeof token !== 'string' || token === '') throw new HttpError(target.service, 'malformed');
  const lifetimeSeconds = typeof seconds === 'number' && seconds > 0 ? seconds : DEFAULT_LIFETIME_SECONDS;
  return { token, lifetimeMs: lifetimeSeconds * 1_000 };
}

function recordOf(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}
