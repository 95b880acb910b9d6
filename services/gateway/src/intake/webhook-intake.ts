import { DomainError } from '@penstock/kernel/domain-error';
import { scoringPort } from '@penstock/scoring/rescore';
import { receiveWebhook } from '@penstock/signals/receive-webhook';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { z } from 'zod';

import type { GatewayDeps } from '../gateway-deps.ts';
import type { GatewayEnv } from '../gateway-env.ts';

const MOST_BYTES = 256 * 1024;

/** `POST /hooks/signals/<endpoint>`: signed deliveries (Standard Webhooks). */
export function webhookIntake(deps: GatewayDeps): Hono<GatewayEnv> {
  const secretKey = Buffer.from(deps.config.PENSTOCK_SECRET_KEY, 'base64');
  const tooLarge = () => {
    throw new DomainError('too_large', `A delivery may hold at most ${MOST_BYTES / 1024} kB.`);
  };
  return new Hono<GatewayEnv>().post(
    '/signals/:id',
    bodyLimit({ maxSize: MOST_BYTES, onError: tooLarge }),
    async (c) => {
      // Part of the keys of events: one endpoint has one spelling.
      const endpointId = c.req.param('id').toLowerCase();
      const endpoint = z.uuid().safeParse(endpointId).success
        ? await deps.store.dueWork.webhookById(endpointId)
        : null;
      if (!endpoint?.active) throw new DomainError('not_found', 'There is no such webhook.');
      const delivery = {
        workspaceId: endpoint.workspaceId,
        endpointId,
        headers: c.req.header(),
        body: await c.req.text(),
        now: deps.clock.now(),
      };
      return c.json(
        await receiveWebhook({ store: deps.store, secretKey, scoring: scoringPort }, delivery),
        202,
      );
    },
  );
}
