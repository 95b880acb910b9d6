import type { Instance } from '@penstock/infra-local/instance-options';
import { withConnection } from '@penstock/infra-local/postgres-connection';

import { adminUrl } from '../walk/admin-url.ts';

/** For an instance whose statements shall be counted. */
export const COUNTS_STATEMENTS = {
  shared_preload_libraries: 'pg_stat_statements,auto_explain',
  'auto_explain.log_min_duration': '60ms',
  'auto_explain.log_analyze': 'on',
  'auto_explain.log_buffers': 'on',
  'auto_explain.log_timing': 'off',
  'pg_stat_statements.track': 'all',
  track_io_timing: 'on',
};

export async function forgetStatements(instance: Instance): Promise<void> {
  await withConnection(adminUrl(instance), async (client) => {
    await client.query('create extension if not exists pg_stat_statements');
    await client.query('select pg_stat_statements_reset()');
  });
}

/** Statements that took longest, with how often they ran, and what they wrote to the log of changes. */
export async function statementTimes(instance: Instance, most: number): Promise<string[]> {
  return withConnection(adminUrl(instance), async (client) => {
    const { rows } = await client.query<{ line: string }>(
      `select format('%s ms %s x %s kB wal  %s', lpad(round(total_exec_time)::text, 7), lpad(calls::text, 6), lpad((wal_bytes / 1024)::bigint::text, 7),
         left(regexp_replace(query, '\\s+', ' ', 'g'), 130)) as line
       from pg_stat_statements s join pg_database d on d.oid = s.dbid where d.datname = current_database() and toplevel order by total_exec_time desc limit $1`,
      [most],
    );
    return rows.map(({ line }) => line);
  });
}
