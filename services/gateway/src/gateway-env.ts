import type { Identity } from './auth/authenticate.ts';

/** What each request carries through Hono. */
export type GatewayEnv = { Variables: { requestId: string; identity: Identity | null } };
