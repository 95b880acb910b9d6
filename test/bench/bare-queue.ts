import { serve } from '@hono/node-server';
import { anyTests, rankQueue, showQueueItems } from '@penstock/scoring/queue-statements';
import { Hono } from 'hono';
import pg from 'pg';

// The baseline: a bare Hono handler that runs the same transaction as a page of the queue and answers its rows, in a process of its own.

const pool = new pg.Pool({
  connectionString: process.env['BARE_DATABASE_URL'],
  max: 12,
  idleTimeoutMillis: 0,
});
const workspaceId = process.env['BARE_WORKSPACE_ID'] ?? '';

const app = new Hono().get('/page', async (c) => {
  const client = await pool.connect();
  try {
    await client.query(`begin; select set_config('penstock.workspace_id', '${workspaceId}', true)`);
    const run = (what: { name: string; text: string }, ...values: unknown[]) =>
      client.query<{ id: string }>({ name: what.name, text: what.text, values: [workspaceId, ...values] });
    await run(anyTests, null);
    const { rows: ranked } = await run(rankQueue, 1, null, 'all', '', '', false, 0, 85, null, 0, false);
    const { rows } = await run(
      showQueueItems,
      ranked.slice(0, 50).map((row) => row.id),
    );
    await client.query('commit');
    return c.json({ items: rows.map((row, at) => ({ ...ranked[at], ...row })) });
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
