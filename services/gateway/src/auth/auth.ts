import { apiKey } from '@better-auth/api-key';
import { betterAuth } from 'better-auth';
import { organization } from 'better-auth/plugins';
import type pg from 'pg';

/** Set by the gateway from the connection itself; one that a caller sends is overwritten. */
export const CLIENT_IP_HEADER = 'x-penstock-client-ip';

/** How long a session lasts, and the age at which using it makes it last as long again. */
export const SESSION_S = 60 * 60 * 24 * 7;
export const SESSION_RENEWED_AFTER_S = 60 * 60 * 24;

const COOKIE_PREFIX = 'penstock';
const isSecure = (publicUrl: string) => publicUrl.startsWith('https://');

/** Name under which a browser keeps the session's token. */
export const sessionCookieName = (publicUrl: string): string =>
  `${isSecure(publicUrl) ? '__Secure-' : ''}${COOKIE_PREFIX}.session_token`;

export type AuthDeps = {
  /** Pool of the `penstock_auth` role; its search path is the `auth` schema. */
  pool: pg.Pool;
  secret: string;
  publicUrl: string;
};

/**
 * Sign-in by e-mail and password, sessions, organisations (one per workspace) and API keys.
 * Roles and teams are not here: they belong to the workspace's own `member` table.
 */
export function createAuth(deps: AuthDeps) {
  return betterAuth({
    appName: 'Penstock',
    baseURL: deps.publicUrl,
    basePath: '/api/auth',
    secret: deps.secret,
    database: deps.pool,
    telemetry: { enabled: false },
    // Its messages quote what was sent; failures reach the caller as problems and our own log as codes.
    logger: { disabled: true },
    trustedOrigins: [deps.publicUrl],
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: 12 },
    session: { expiresIn: SESSION_S, updateAge: SESSION_RENEWED_AFTER_S },
    rateLimit: {
      enabled: true,
      storage: 'memory',
      window: 10,
      max: 100,
      customRules: { '/sign-in/email': { window: 60, max: 10 } },
    },
    advanced: {
      ipAddress: { ipAddressHeaders: [CLIENT_IP_HEADER] },
      cookiePrefix: COOKIE_PREFIX,
      useSecureCookies: isSecure(deps.publicUrl),
    },
    databaseHooks: {
      session: {
        create: {
          // A new session begins in the first workspace of its user.
          before: async (session) => {
            const { rows } = await deps.pool.query<{ id: string }>(
              'select "organizationId" as id from member where "userId" = $1 order by "createdAt" limit 1',
              [session.userId],
            );
            return { data: { ...session, activeOrganizationId: rows[0]?.id ?? null } };
          },
        },
      },
    },
    plugins: [
      organization({ allowUserToCreateOrganization: false }),
      apiKey({
        defaultPrefix: 'pk_',
        enableMetadata: true,
        keyExpiration: { defaultExpiresIn: null },
        rateLimit: { enabled: false },
      }),
    ],
  });
}

export type Auth = ReturnType<typeof createAuth>;
