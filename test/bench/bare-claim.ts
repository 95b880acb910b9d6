import { serve } from '@hono/node-server';
import { newId } from '@penstock/kernel/ids';
import { Hono } from 'hono';
import pg from 'pg';

// The baseline: a bare Hono handler that claims with one statement and writes an audit and an event row, in a process of its own.

const pool = new pg.Pool({
  connectionString: process.env['BARE_DATABASE_URL'],
  max: 12,
  idleTimeoutMillis: 0,
});
const workspaceId = process.env['BARE_WORKSPACE_ID'] ?? '';
const LEASE_MS = 30 * 60_000;
const CLAIM = `update queue_item set claimed_by = $3, claim_expires_at = $5, updated_at = $4
  where workspace_id = $1 and id = $2 and state = 'open' and (claimed_by is null or claimed_by = $3 or claim_expires_at <= $4)
    and ($6::text[] is null or owner_id is null or owner_id = any($6::text[]) or claimed_by = $3)
  returning id, lead_id as "leadId", account_id as "accountId"`;

const app = new Hono().post('/claim', async (c) => {
  const { id } = await c.req.json<{ id: string }>();
  const rep = /rep=(\S+)/.exec(c.req.header('cookie') ?? '')?.[1] ?? '';
  const client = await pool.connect();
  try {
    await client.query(`begin; select set_config('penstock.workspace_id', '${workspaceId}', true)`);
    const now = new Date();
    const values = [workspaceId, id, rep, now, new Date(now.getTime() + LEASE_MS), null];
    const { rows } = await client.query({ name: 'claim', text: CLAIM, values });
    if (rows.length > 0) {
      await client.query({
        name: 'audit',
        text: `insert into audit (workspace_id, id, actor_kind, actor_id, action, subject_kind, subject_id, detail, request_id, occurred_at)
               values ($1, $2, 'member', $3, 'queue.claimed', 'queue_item', $4, '{}', '', $5)`,
        values: [workspaceId, newId(now), rep, id, now],
      });
      await client.query({
        name: 'event',
        text: `insert into outbox_event (workspace_id, id, kind, payload, recorded_at) values ($1, $2, 'queue.item.changed', $3, $4)`,
        values: [workspaceId, newId(now), JSON.stringify({ itemId: id, claimedBy: rep }), now],
      });
    }
    await client.query('commit');
    return c.json({ claimed: rows.length > 0 }, rows.length > 0 ? 200 : 409);
  } catch (error) {
    await client.query('rollback');
    throw error;
  } finally {
    client.release();
  }
});
const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, (info) =>
  process.send?.({ port: info.port }),
);

process.on('disconnect', () => {
  server.close();
  void pool.end().then(() => process.exit(0));
});
