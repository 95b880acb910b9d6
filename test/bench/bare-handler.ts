import { randomUUID } from 'node:crypto';

import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import pg from 'pg';

// The baseline: a bare Hono handler that parses the same form and does one insert, in a process of its own.

const pool = new pg.Pool({
  connectionString: process.env['BARE_DATABASE_URL'],
  max: 12,
  idleTimeoutMillis: 0,
});
await pool.query(
  'create table if not exists bare_lead (id uuid primary key, email text not null, body jsonb not null, received_at timestamptz not null)',
);

const app = new Hono().post('/f', async (c) => {
  const body = await c.req.json<{ email: string }>();
  const id = randomUUID();
  await pool.query({
    name: 'insert',
    text: 'insert into bare_lead (id, email, body, received_at) values ($1, $2, $3, $4)',
    values: [id, body.email, JSON.stringify(body), new Date()],
  });
  return c.json({ id }, 202);
});
const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, (info) =>
  process.send?.({ port: info.port }),
);

process.on('disconnect', () => {
  server.close();
  void pool.end().then(() => process.exit(0));
});
