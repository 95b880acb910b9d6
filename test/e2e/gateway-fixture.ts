import { randomBytes } from 'node:crypto';

import type { Configuration } from '@penstock/config/environment';
import { readConfiguration } from '@penstock/config/environment';
import { createApp } from '@penstock/gateway/app';
import type { GatewayDeps } from '@penstock/gateway/gateway-deps';
import { openLiveChannel, type LiveChannel } from '@penstock/gateway/live/live-channel';
import { provisionWorkspace } from '@penstock/gateway/provision-workspace';
import { openGatewayDeps } from '@penstock/gateway/run-gateway';
import { newId } from '@penstock/kernel/ids';
import { testDatabase, type TestDatabase } from '@penstock/testkit/database';
import { ROLES, type Role } from '@penstock/workspace/model/role';

export const PASSWORD = 'a long enough password';
export const PUBLIC_URL = 'http://127.0.0.1:4100';

export type TestWorkspace = {
  id: string;
  formKey: string;
  members: Record<Role, { id: string; cookie: string }>;
};

export type GatewayFixture = AsyncDisposable & {
  database: TestDatabase;
  deps: GatewayDeps;
  live: LiveChannel;
  app: ReturnType<typeof createApp>;
  /** A workspace with one member per role, signed in, and a form. */
  workspace(slug: string): Promise<TestWorkspace>;
  trpc(
    path: string,
    kind: 'query' | 'mutation',
    input: unknown,
    headers?: Record<string, string>,
  ): Promise<Response>;
};

/** The whole gateway on a database of its own, without a socket; Temporal may be given or is not there. */
export async function gatewayFixture(more: Partial<Configuration> = {}): Promise<GatewayFixture> {
  const database = await testDatabase();
  const config = readConfiguration({
    PENSTOCK_APP_DATABASE_URL: database.urls.app,
    PENSTOCK_DUE_DATABASE_URL: database.urls.due,
    PENSTOCK_AUTH_DATABASE_URL: database.urls.auth,
    PENSTOCK_TEMPORAL_ADDRESS: '127.0.0.1:1',
    PENSTOCK_SECRET_KEY: randomBytes(32).toString('base64'),
    PENSTOCK_AUTH_SECRET: randomBytes(32).toString('hex'),
    PENSTOCK_PUBLIC_URL: PUBLIC_URL,
    PENSTOCK_LOG_LEVEL: 'silent',
  });
  const { deps, close } = openGatewayDeps({ ...config, ...more });
  const live = openLiveChannel(deps);
  const app = createApp(deps, live);
  return {
    database,
    deps,
    live,
    app,
    workspace: (slug) => makeWorkspace(deps, app, slug),
    trpc: (path, kind, input, headers = {}) => callTrpc(app, path, kind, input, headers),
    async [Symbol.asyncDispose]() {
      await live.close();
      await close();
      await database.drop();
    },
  };
}

async function makeWorkspace(
  deps: GatewayDeps,
  app: GatewayFixture['app'],
  slug: string,
): Promise<TestWorkspace> {
  const now = deps.clock.now();
  const id = await provisionWorkspace(deps, {
    name: slug,
    slug,
    kind: 'real',
    timeZone: 'UTC',
    founder: null,
  });
  const formKey = `form-${slug}`;
  const members: Partial<TestWorkspace['members']> = {};
  for (const role of ROLES) {
    const email = `${role}@${slug}.example`;
    const userId = await deps.auth.createUser({ name: `${slug} ${role}`, email, password: PASSWORD }, id);
    await deps.store.withRecords(id, async (tx) => {
      await tx.db.member.create({
        data: {
          workspaceId: id,
          id: userId,
          name: `${slug} ${role}`,
          email,
          role,
          takesLeads: role === 'rep',
          createdAt: now,
        },
      });
    });
    members[role] = { id: userId, cookie: await signIn(app, email) };
  }
  await deps.store.withRecords(id, async (tx) => {
    await tx.db.form.create({
      data: {
        workspaceId: id,
        id: newId(now),
        publicKey: formKey,
        name: 'Demo',
        intent: 'demo_request',
        createdAt: now,
      },
    });
  });
  // Safe: the loop above has set every role.
  return { id, formKey, members: members as TestWorkspace['members'] };
}

export async function signIn(
  app: GatewayFixture['app'],
  email: string,
  password: string = PASSWORD,
): Promise<string> {
  const reply = await app.request('/api/auth/sign-in/email', {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: PUBLIC_URL },
    body: JSON.stringify({ email, password }),
  });
  if (!reply.ok) throw new Error(`sign-in answered ${reply.status}`);
  return reply.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');
}

async function callTrpc(
  app: GatewayFixture['app'],
  path: string,
  kind: 'query' | 'mutation',
  input: unknown,
  headers: Record<string, string>,
): Promise<Response> {
  if (kind === 'query')
    return app.request(`/trpc/${path}?input=${encodeURIComponent(JSON.stringify(input))}`, { headers });
  return app.request(`/trpc/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(input),
  });
}
