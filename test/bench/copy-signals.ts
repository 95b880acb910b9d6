import { withConnection } from '@penstock/infra-local/postgres-connection';

const LANES = 2;

/**
 * Gives a workspace a history: `count` signals over its imported accounts, of the last year, some accounts with many and most with
 * few. Made by the database itself, past policies, foreign keys and triggers.
 */
export async function copySignals(options: {
  url: string;
  workspaceId: string;
  count: number;
  say: (line: string) => void;
}): Promise<void> {
  const { url, workspaceId, count, say } = options;
  const start = performance.now();
  await Promise.all(
    Array.from({ length: LANES }, (_, lane) =>
      withConnection(url, async (client) => {
        await client.query('set session_replication_role = replica; set synchronous_commit = off');
        await client.query(
          `insert into signal (workspace_id, id, account_id, kind, strength, half_life_days, summary, facts, source, event_key, is_test, occurred_at, recorded_at)
           select $1::uuid, uuidv7(), a.ids[1 + floor(cardinality(a.ids) * power(g.n::float8 / $2, 2))::int], k.kind, 0.1 + (g.n % 7) / 10.0, k.half_life,
             'An event of the past', '{}', 'bench', 'past/' || g.n, false, now() - (g.n % 365) * interval '1 day', now()
           from (select array_agg(id) as ids from account where workspace_id = $1 and origin = 'import') a,
             generate_series($3::bigint, $2::bigint - 1, $4) as g (n),
             lateral (select (array['funding', 'hiring', 'intent', 'visit'])[1 + (g.n / 3 % 4)::int] as kind, (array[90, 45, 14, 7])[1 + (g.n / 3 % 4)::int] as half_life) k`,
          [workspaceId, count, lane, LANES],
        );
      }),
    ),
  );
  await withConnection(url, (client) => client.query('vacuum (analyze, freeze) signal'));
  say(
    `${count.toLocaleString('en')} signals of the past in ${((performance.now() - start) / 1_000).toFixed(1)} s`,
  );
}
