import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

import { nameKeys } from '@penstock/accounts/model/match-name';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';

import type { WorldAccount } from './company-world.ts';

const CHUNK = 2_000;

/** Fills a workspace with companies and all their keys, past policies and foreign keys. @returns seconds */
export async function copyCompanies(
  url: string,
  workspaceId: string,
  world: readonly WorldAccount[],
): Promise<number> {
  const start = performance.now();
  const stamp = new Date().toISOString();
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query('set session_replication_role = replica; set synchronous_commit = off');
    const copy = (into: string, lineOf: (account: WorldAccount) => string) =>
      pipeline(Readable.from(chunks(world, lineOf)), client.query(copyFrom(`copy ${into} from stdin`)));
    await copy(
      'account (workspace_id, id, name, state, country, region, city, origin, created_at, updated_at)',
      ({ id, name, country, region, city }) =>
        `${[workspaceId, id, name, 'active', country, region, city, 'import', stamp, stamp].join('\t')}\n`,
    );
    await copy('account_name_key (workspace_id, key, account_id)', ({ id, name, formerName }) =>
      [...new Set([name, ...(formerName === null ? [] : [formerName])].flatMap(nameKeys))]
        .map((key) => `${workspaceId}\t${key}\t${id}\n`)
        .join(''),
    );
    await client.query('analyze account, account_name_key');
  } finally {
    await client.end();
  }
  return (performance.now() - start) / 1_000;
}

function* chunks(
  world: readonly WorldAccount[],
  lineOf: (account: WorldAccount) => string,
): Generator<string> {
  for (let from = 0; from < world.length; from += CHUNK)
    yield world
      .slice(from, from + CHUNK)
      .map(lineOf)
      .join('');
}
