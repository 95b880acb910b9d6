import { DomainError } from '@penstock/kernel/domain-error';
import { takeCallback } from '@penstock/enrichment/later/take-callback';
import { providerAdapters } from '@penstock/providers/registry';
import { refreshScores } from '@penstock/scoring/rescore';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';

import type { GatewayDeps } from '../gateway-deps.ts';
import type { GatewayEnv } from '../gateway-env.ts';

const MOST_BYTES = 4 * 1024 * 1024;

/** `POST /hooks/providers/<ticket>/<key>`: answers of vendors that call back. Answered 200 once they are kept, also the second time. */
export function providerCallbacks(deps: GatewayDeps): Hono<GatewayEnv> {
  const { store, clock } = deps;
  const secretKey = Buffer.from(deps.config.PENSTOCK_SECRET_KEY, 'base64');
  const tooLarge = () => {
    throw new DomainError('too_large', `A callback may hold at most ${MOST_BYTES / 1024 / 1024} MB.`);
  };
  return new Hono<GatewayEnv>().post(
    '/:ticket/:key',
    bodyLimit({ maxSize: MOST_BYTES, onError: tooLarge }),
    async (c) => {
      const { ticket: ticketId, key } = c.req.param();
      const message = { headers: c.req.header(), body: await c.req.text() };
      const keep = { store, clock, adapters: providerAdapters, secretKey, onAccountFacts: refreshScores };
      return c.json(await takeCallback(keep, { ...message, ticketId, key }));
    },
  );
}
