import { DomainError } from '@penstock/kernel/domain-error';
import { execute } from '@penstock/workspace/operation';
import { Hono, type Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';

import { requireIdentity } from '../auth/authenticate.ts';
import type { GatewayDeps } from '../gateway-deps.ts';
import type { GatewayEnv } from '../gateway-env.ts';
import { openApiDocument } from './openapi.ts';
import type { RestRoute } from './rest-table.ts';

const MOST_BYTES = 1024 * 1024;

/** Mounts the table below `/v1`, with its description at `/v1/openapi.json`. */
export function restRoutes(deps: GatewayDeps, table: readonly RestRoute[]): Hono<GatewayEnv> {
  const app = new Hono<GatewayEnv>();
  const document = openApiDocument(table, deps.config.PENSTOCK_PUBLIC_URL);
  app.get('/openapi.json', (c) => c.json(document));
  const tooLarge = () => {
    throw new DomainError('too_large', 'A request may hold at most 1 MB.');
  };
  app.use(bodyLimit({ maxSize: MOST_BYTES, onError: tooLarge }));
  for (const route of table) {
    const path = route.path.replaceAll(/\{(\w+)\}/g, ':$1');
    app.on(route.method.toUpperCase(), path, async (c) => {
      const { actor } = requireIdentity(c.get('identity'));
      const idempotencyKey = route.method === 'get' ? undefined : checkedKey(c.req.header('idempotency-key'));
      const caller = { actor, requestId: c.get('requestId'), idempotencyKey };
      const answer = await execute(deps, caller, route.operation, await inputOf(c, route));
      return c.json(answer as object, route.creates ? 201 : 200);
    });
  }
  return app;
}

function checkedKey(key: string | undefined): string | undefined {
  if (key === undefined || /^[\x21-\x7e]{1,200}$/.test(key)) return key;
  throw new DomainError('invalid', 'An Idempotency-Key has 1 to 200 printable characters.');
}

async function inputOf(c: Context<GatewayEnv>, route: RestRoute): Promise<Record<string, unknown>> {
  const parameters = c.req.param();
  if (route.method === 'get') return { ...c.req.query(), ...parameters };
  const text = await c.req.text();
  if (text === '') return { ...parameters };
  try {
    const body: unknown = JSON.parse(text);
    if (typeof body === 'object' && body !== null && !Array.isArray(body)) return { ...body, ...parameters };
  } catch {
    // Answered below, like every body that is not an object.
  }
  throw new DomainError('invalid', 'Send one JSON object as application/json.', {
    issues: [{ field: '(body)', problem: 'is not a JSON object', remedy: 'Send one JSON object.' }],
  });
}
