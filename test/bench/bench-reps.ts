import { createHmac, randomBytes } from 'node:crypto';

import pg from 'pg';

/** Signed-in members made at once, for loads of many people; answers their cookies. Signing in by password would take a minute. */
export async function benchReps(options: {
  adminUrl: string;
  workspaceId: string;
  authSecret: string;
  count: number;
  role: 'rep' | 'admin';
}): Promise<string[]> {
  const ids = Array.from({ length: options.count }, (_, index) => `bench-${options.role}-${index}`);
  const tokens = ids.map(() => randomBytes(24).toString('base64url'));
  const client = new pg.Client({ connectionString: options.adminUrl });
  await client.connect();
  try {
    const at = new Date();
    const until = new Date(at.getTime() + 7 * 86_400_000);
    const values = [ids, options.workspaceId, at];
    await client.query(
      `insert into auth."user" (id, name, email, "emailVerified", "createdAt", "updatedAt") select id, id, id || '@bench.example', true, $2, $2 from unnest($1::text[]) id`,
      [ids, at],
    );
    await client.query(
      `insert into auth.member (id, "organizationId", "userId", role, "createdAt") select $2 || ':' || id, $2, id, 'member', $3 from unnest($1::text[]) id`,
      values,
    );
    await client.query(
      `insert into member (workspace_id, id, name, email, role, takes_leads, created_at) select $2, id, id, id || '@bench.example', $4, false, $3 from unnest($1::text[]) id`,
      [...values, options.role],
    );
    await client.query(
      `insert into auth.session (id, token, "userId", "expiresAt", "createdAt", "updatedAt", "activeOrganizationId")
       select 's' || id, token, id, $4, $3, $3, $2 from unnest($1::text[], $5::text[]) as s (id, token)`,
      [...values, until, tokens],
    );
  } finally {
    await client.end();
  }
  return tokens.map((token) => {
    const signature = createHmac('sha256', options.authSecret).update(token).digest('base64');
    return `penstock.session_token=${encodeURIComponent(`${token}.${signature}`)}`;
  });
}
