import { DomainError } from '@penstock/kernel/domain-error';
import { Hono, type Context } from 'hono';

import type { GatewayDeps } from '../gateway-deps.ts';
import type { GatewayEnv } from '../gateway-env.ts';
import { CLIENT_IP_HEADER } from './auth.ts';
import { remoteAddress } from '../remote-address.ts';
import { DEMO_DOMAIN, demoSignIns } from '../seed/demo-members.ts';

const LOOPBACK = /^(127\.|::1$|::ffff:127\.)/;
const LOOPBACK_HOST = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/;

function isLoopback(c: Context): boolean {
  return LOOPBACK.test(remoteAddress(c)) && LOOPBACK_HOST.test(c.req.header('host') ?? '');
}

/**
 * The only routes of the sign-in library that exist for callers. Its plugins bring more (API keys with metadata of the caller's choice,
 * organisations, profiles), which would pass by the workspace's roles: those are used from inside only.
 */
const LIBRARY_ROUTES = ['/sign-in/email', '/sign-out', '/change-password'];

/** Sign-in, and the demo sign-ins, which exist only in a sandbox and only for this machine. */
export function authRoutes(deps: GatewayDeps): Hono<GatewayEnv> {
  return new Hono<GatewayEnv>()
    .get('/sandbox/sign-ins', async (c) => {
      const hasSandbox =
        deps.config.PENSTOCK_SANDBOX_URL !== '' &&
        (await deps.store.dueWork.workspaces()).some((one) => one.kind === 'sandbox');
      if (!hasSandbox || !isLoopback(c))
        throw new DomainError('not_found', 'There are no demo sign-ins here.');
      return c.json({ signIns: demoSignIns(deps.config.PENSTOCK_AUTH_SECRET) });
    })
    .post('/api/auth/*', async (c, next) => {
      // The library reads the same address: what is compared here and what it routes by can't differ.
      const route = new URL(c.req.url).pathname.slice('/api/auth'.length);
      if (!LIBRARY_ROUTES.includes(route)) return next();
      if (route === '/sign-in/email' && !isLoopback(c)) await refuseDemoFromAfar(c);
      const headers = new Headers(c.req.raw.headers);
      headers.set(CLIENT_IP_HEADER, remoteAddress(c));
      return deps.auth.handler(new Request(c.req.raw, { headers }));
    });
}

async function refuseDemoFromAfar(c: Context): Promise<void> {
  const body: unknown = await c.req.raw
    .clone()
    .json()
    .catch(() => null);
  const email = typeof body === 'object' && body !== null && 'email' in body ? String(body.email) : '';
  if (email.toLowerCase().endsWith(`@${DEMO_DOMAIN}`))
    throw new DomainError('forbidden', 'Demo sign-ins work only on the machine where Penstock runs.');
}
