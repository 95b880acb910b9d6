import { Hono } from 'hono';

import type { GatewayDeps } from './gateway-deps.ts';
import type { GatewayEnv } from './gateway-env.ts';

/** `/livez`: the process answers. `/readyz`: the database does too; Temporal is told of but not needed. `/metrics`: Prometheus. */
export function health(deps: GatewayDeps): Hono<GatewayEnv> {
  return new Hono<GatewayEnv>()
    .get('/livez', (c) => c.text('ok'))
    .get('/readyz', async (c) => {
      const database = await deps.store.dueWork.ping().then(
        () => true,
        () => false,
      );
      const temporal = await deps.temporal
        .withDeadline(
          Date.now() + 1_000,
          () => deps.temporal.connection.ensureConnected?.() ?? Promise.resolve(),
        )
        .then(
          () => true,
          () => false,
        );
      return c.json({ database, temporal }, database ? 200 : 503);
    })
    .get('/metrics', async (c) =>
      c.body(await deps.metrics.text(), 200, { 'content-type': deps.metrics.contentType }),
    );
}
