import { trpcServer } from '@hono/trpc-server';
import { serveStatic } from '@hono/node-server/serve-static';
import { DomainError } from '@penstock/kernel/domain-error';
import { Hono, type Context, type Next } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { requestId } from 'hono/request-id';
import { secureHeaders } from 'hono/secure-headers';

import { authRoutes } from './auth/auth-routes.ts';
import { authenticate } from './auth/authenticate.ts';
import { health } from './health.ts';
import type { GatewayDeps } from './gateway-deps.ts';
import type { GatewayEnv } from './gateway-env.ts';
import { csvIntent } from './intake/csv-intent.ts';
import { csvRows } from './intake/csv-rows.ts';
import { peopleFile } from './intake/people-file.ts';
import { rawMail } from './intake/raw-mail.ts';
import { formIntake } from './intake/form-intake.ts';
import { providerCallbacks } from './intake/provider-callbacks.ts';
import { targetFile } from './intake/target-file.ts';
import { visitIntake } from './intake/visit-intake.ts';
import { webhookIntake } from './intake/webhook-intake.ts';
import type { LiveChannel } from './live/live-channel.ts';
import { liveRoute } from './live/live-route.ts';
import { createOperations } from './operations.ts';
import { problemResponse, toProblem } from './problem.ts';
import { restRoutes } from './rest/rest-routes.ts';
import { restTable } from './rest/rest-table.ts';
import { createAppRouter } from './trpc/app-router.ts';
import type { TrpcContext } from './trpc/procedure.ts';

const MOST_TRPC_BYTES = 1024 * 1024;

/** The whole HTTP surface. */
export function createApp(deps: GatewayDeps, live: LiveChannel): Hono<GatewayEnv> {
  const operations = createOperations(deps);
  const router = createAppRouter(operations);
  const app = new Hono<GatewayEnv>();
  app.use('/visits/*', loadableAnywhere);
  app.use(requestId(), measured(deps), secureHeaders(HEADERS));
  app.onError((error, c) => {
    const problem = toProblem(error, c.get('requestId'));
    if (problem.code === 'internal')
      deps.log.error({ requestId: problem.requestId, error }, 'unexpected error');
    return problemResponse(
      problem,
      c.res.headers.has('access-control-allow-origin')
        ? { 'access-control-allow-origin': c.res.headers.get('access-control-allow-origin') ?? '' }
        : {},
    );
  });
  app.route('/', health(deps));
  app.route('/f', formIntake(deps));
  app.route('/visits', visitIntake(deps));
  app.route('/hooks/providers', providerCallbacks(deps));
  app.route('/hooks', webhookIntake(deps));
  app.route('/', authRoutes(deps));
  app.use(identified(deps));
  app.route('/live', liveRoute(live));
  app.route('/v1/csv/intent', csvIntent(deps));
  app.route('/v1/csv/targets', csvRows(targetFile, deps));
  app.route('/v1/csv', csvRows(peopleFile, deps));
  app.route('/v1/activities/mail/raw', rawMail(deps));
  app.route('/v1', restRoutes(deps, restTable(operations)));
  app.use(
    '/trpc/*',
    bodyLimit({
      maxSize: MOST_TRPC_BYTES,
      onError: () => {
        throw new DomainError('too_large', 'A request may hold at most 1 MB.');
      },
    }),
    trpcServer({
      router,
      // A question may be too long for an address: it is sent as a body then, and stays a question.
      allowMethodOverride: true,
      createContext: (_options, c): TrpcContext & Record<string, unknown> => ({
        deps,
        identity: c.get('identity'),
        requestId: c.get('requestId'),
        idempotencyKey: c.req.header('idempotency-key')?.slice(0, 200),
      }),
    }),
  );
  app.all('/v1/*', notFound);
  app.all('/trpc/*', notFound);
  app.all('/api/*', notFound);
  if (deps.config.PENSTOCK_CONSOLE_DIR !== '') serveConsole(app, deps.config.PENSTOCK_CONSOLE_DIR);
  return app;
}

/** The script of visits belongs on sites of other origins; around the middleware that forbids it for everything else. */
async function loadableAnywhere(c: Context, next: Next): Promise<void> {
  await next();
  c.header('cross-origin-resource-policy', 'cross-origin');
}

const notFound = (): never => {
  throw new DomainError(
    'not_found',
    'There is nothing at this address. See /v1/openapi.json for what there is.',
  );
};

const HEADERS: Parameters<typeof secureHeaders>[0] = {
  contentSecurityPolicy: {
    defaultSrc: ["'self'"],
    styleSrc: ["'self'", "'unsafe-inline'"],
    imgSrc: ["'self'", 'data:'],
    frameAncestors: ["'none'"],
    formAction: ["'self'"],
    baseUri: ["'none'"],
    objectSrc: ["'none'"],
  },
  xFrameOptions: 'DENY',
  referrerPolicy: 'same-origin',
};

function identified(deps: GatewayDeps) {
  return async (c: Context<GatewayEnv>, next: Next): Promise<void> => {
    const needsIdentity = /^\/(live|v1|trpc)(\/|$)/.test(c.req.path) && c.req.path !== '/v1/openapi.json';
    c.set('identity', needsIdentity ? await authenticate(deps, c.req.raw.headers) : null);
    await next();
  };
}

function measured(deps: GatewayDeps) {
  return async (c: Context<GatewayEnv>, next: Next): Promise<void> => {
    const startedAt = performance.now();
    await next();
    const route = c.req.path.startsWith('/trpc/') ? '/trpc' : `/${c.req.path.split('/')[1] ?? ''}`;
    deps.metrics.requests.observe(
      { route, method: c.req.method, status: String(c.res.status) },
      (performance.now() - startedAt) / 1_000,
    );
  };
}

/** Files of the built console; hashed ones for ever, and the page itself for every address that is not a file. */
function serveConsole(app: Hono<GatewayEnv>, root: string): void {
  app.use('/assets/*', async (c, next) => {
    await next();
    if (c.res.status === 200) c.header('cache-control', 'public, max-age=31536000, immutable');
  });
  app.use('*', serveStatic({ root, precompressed: true }));
  app.get('*', serveStatic({ root, path: 'index.html', precompressed: true }));
}
