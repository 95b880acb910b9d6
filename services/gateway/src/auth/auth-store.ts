import { lookedUpTogether } from '@penstock/kernel/looked-up-together';
import { createPool } from '@penstock/store/pool';
import type { PermissionName } from '@penstock/workspace/contracts';
import { PERMISSIONS, type Permission } from '@penstock/workspace/model/role';
import { z } from 'zod';

import { createAuth, SESSION_RENEWED_AFTER_S, SESSION_S, sessionCookieName, type Auth } from './auth.ts';
import { sessionTokenOf } from './session-cookie.ts';

export type SignedIn = { userId: string; workspaceId: string | null; sessionId: string };
export type KeyHolder = { keyId: string; workspaceId: string; scopes: Permission[]; name: string };
export type KeyRow = {
  id: string;
  name: string;
  start: string;
  scopes: z.output<typeof PermissionName>[];
  createdAt: Date;
  lastUsedAt: Date | null;
};

/** Sign-in, sessions, workspaces that a user may enter, API keys: a schema, role and pool of its own. */
export type AuthStore = {
  /** The sign-in library's own routes, below `/api/auth`. */
  handler: (request: Request) => Promise<Response>;
  session(headers: Headers): Promise<SignedIn | null>;
  enterWorkspace(sessionId: string, userId: string, workspaceId: string): Promise<boolean>;
  workspacesOf(userId: string): Promise<{ id: string; name: string }[]>;
  createUser(user: { name: string; email: string; password: string }, workspaceId: string): Promise<string>;
  createOrganization(organization: { id: string; name: string; slug: string }): Promise<void>;
  joinOrganization(userId: string, workspaceId: string): Promise<void>;
  verifyKey(key: string): Promise<KeyHolder | null>;
  createKey(options: {
    userId: string;
    workspaceId: string;
    name: string;
    scopes: Permission[];
  }): Promise<{ id: string; key: string }>;
  listKeys(workspaceId: string): Promise<KeyRow[]>;
  revokeKey(workspaceId: string, id: string): Promise<boolean>;
  close(): Promise<void>;
};

const KeyMetadata = z.object({ workspaceId: z.uuid(), scopes: z.array(z.enum(PERMISSIONS)) });

export function openAuthStore(options: {
  url: string;
  secret: string;
  publicUrl: string;
  now: () => Date;
}): AuthStore {
  const pool = createPool({ url: options.url, max: 4, searchPath: 'auth', applicationName: 'penstock auth' });
  const auth = createAuth({ pool, secret: options.secret, publicUrl: options.publicUrl });
  const reader = {
    find: findingSessions(pool),
    auth,
    secret: options.secret,
    cookieName: sessionCookieName(options.publicUrl),
    now: options.now,
  };
  return {
    async handler(request) {
      const reply = await auth.handler(request);
      if (reply.status >= 500) await assertReachable(pool);
      return reply;
    },
    session: (headers) => readSession(reader, headers),
    ...memberships(pool, auth, options.now),
    ...apiKeys(pool, auth),
    close: () => pool.end(),
  };
}

/** The library hides why it failed, and calls a key invalid that it could not look up: the database says whether it is there. */
const assertReachable = (pool: Pool) => pool.query('select 1');

/** Renewed by the sign-in library; until then one statement tells whose session it is. */
const READ_SESSION = {
  name: 'read_session',
  text: `select token, id as "sessionId", "userId", "activeOrganizationId" as "workspaceId", "expiresAt" from session where token = any($1::text[])`,
};

type SessionRow = SignedIn & { token: string; expiresAt: Date };
type SessionReader = {
  find: (token: string) => Promise<SessionRow | null>;
  auth: Auth;
  secret: string;
  cookieName: string;
  now: () => Date;
};

/** Sessions that are asked for at the same moment are looked up together. */
const findingSessions = (pool: Pool): SessionReader['find'] =>
  lookedUpTogether(async (tokens) => {
    const { rows } = await pool.query<SessionRow>({ ...READ_SESSION, values: [tokens] });
    return new Map(rows.map((session) => [session.token, session]));
  });

async function readSession(reader: SessionReader, headers: Headers): Promise<SignedIn | null> {
  const token = sessionTokenOf(headers.get('cookie'), reader.cookieName, reader.secret);
  if (token === null) return null;
  const now = reader.now();
  const session = await reader.find(token);
  if (!session || session.expiresAt <= now) return null;
  const leftMs = session.expiresAt.getTime() - now.getTime();
  if (leftMs < (SESSION_S - SESSION_RENEWED_AFTER_S) * 1_000) return renewSession(reader.auth, headers);
  const { userId, workspaceId, sessionId } = session;
  return { userId, workspaceId, sessionId };
}

async function renewSession(auth: Auth, headers: Headers): Promise<SignedIn | null> {
  const found = await auth.api.getSession({ headers });
  if (!found) return null;
  return {
    userId: found.user.id,
    workspaceId: found.session.activeOrganizationId ?? null,
    sessionId: found.session.id,
  };
}

type Pool = ReturnType<typeof createPool>;

function memberships(
  pool: Pool,
  auth: Auth,
  now: () => Date,
): Pick<
  AuthStore,
  'enterWorkspace' | 'workspacesOf' | 'createUser' | 'createOrganization' | 'joinOrganization'
> {
  const joinOrganization = async (userId: string, workspaceId: string): Promise<void> => {
    await pool.query(
      `insert into member (id, "organizationId", "userId", role, "createdAt") values ($1, $2, $3, 'member', $4) on conflict ("organizationId", "userId") do nothing`,
      [`${workspaceId}:${userId}`, workspaceId, userId, now()],
    );
  };
  return {
    joinOrganization,
    async enterWorkspace(sessionId, userId, workspaceId) {
      const { rowCount } = await pool.query(
        `update session set "activeOrganizationId" = $3 where id = $1 and "userId" = $2
           and exists (select 1 from member m where m."userId" = $2 and m."organizationId" = $3)`,
        [sessionId, userId, workspaceId],
      );
      return rowCount === 1;
    },
    async workspacesOf(userId) {
      const { rows } = await pool.query<{ id: string; name: string }>(
        `select o.id, o.name from organization o join member m on m."organizationId" = o.id where m."userId" = $1 order by o."createdAt"`,
        [userId],
      );
      return rows;
    },
    async createUser(user, workspaceId) {
      const id = await findOrCreateUser(pool, auth, user);
      await joinOrganization(id, workspaceId);
      return id;
    },
    async createOrganization({ id, name, slug }) {
      await pool.query(
        'insert into organization (id, name, slug, "createdAt") values ($1, $2, $3, $4) on conflict (id) do nothing',
        [id, name, slug, now()],
      );
    },
  };
}

/** A user of this address, made with a first password if there is none. */
async function findOrCreateUser(
  pool: Pool,
  auth: Auth,
  user: { name: string; email: string; password: string },
): Promise<string> {
  const { rows } = await pool.query<{ id: string }>('select id from "user" where email = $1', [user.email]);
  const known = rows[0]?.id;
  if (known !== undefined) return known;
  const context = await auth.$context;
  const created = await context.internalAdapter.createUser(
    { name: user.name, email: user.email, emailVerified: true },
    { method: 'email-password' },
  );
  const password = await context.password.hash(user.password);
  await context.internalAdapter.linkAccount({
    userId: created.id,
    accountId: created.id,
    providerId: 'credential',
    password,
  });
  return created.id;
}

function apiKeys(
  pool: Pool,
  auth: Auth,
): Pick<AuthStore, 'verifyKey' | 'createKey' | 'listKeys' | 'revokeKey'> {
  return {
    async verifyKey(key) {
      const verified = await auth.api.verifyApiKey({ body: { key } });
      if (!verified.valid || !verified.key) {
        await assertReachable(pool);
        return null;
      }
      const metadata = KeyMetadata.safeParse(verified.key.metadata);
      if (!metadata.success) return null;
      return { keyId: verified.key.id, name: verified.key.name ?? 'API key', ...metadata.data };
    },
    async createKey({ userId, workspaceId, name, scopes }) {
      const made = await auth.api.createApiKey({ body: { userId, name, metadata: { workspaceId, scopes } } });
      return { id: made.id, key: made.key };
    },
    async listKeys(workspaceId) {
      const { rows } = await pool.query<{
        id: string;
        name: string | null;
        start: string | null;
        createdAt: Date;
        lastRequest: Date | null;
        metadata: string | null;
      }>(
        `select id, name, start, "createdAt", "lastRequest", metadata from apikey where enabled and metadata like '%' || $1 || '%' order by "createdAt" desc`,
        [workspaceId],
      );
      return rows.flatMap((row) => {
        const metadata = KeyMetadata.safeParse(parseTwice(row.metadata));
        if (!metadata.success || metadata.data.workspaceId !== workspaceId) return [];
        return [
          {
            id: row.id,
            name: row.name ?? 'API key',
            start: row.start ?? '',
            scopes: metadata.data.scopes,
            createdAt: row.createdAt,
            lastUsedAt: row.lastRequest,
          },
        ];
      });
    },
    async revokeKey(workspaceId, id) {
      const { rowCount } = await pool.query(
        `delete from apikey where id = $1 and metadata like '%' || $2 || '%'`,
        [id, workspaceId],
      );
      return rowCount === 1;
    },
  };
}

/** The library keeps metadata as JSON text, in some versions of a JSON string. */
function parseTwice(text: string | null): unknown {
  try {
    const once: unknown = JSON.parse(text ?? 'null');
    return typeof once === 'string' ? JSON.parse(once) : once;
  } catch {
    return null;
  }
}
