import { withConnection } from '@penstock/infra-local/postgres-connection';
import { describePostgres15, testDatabase } from '@penstock/testkit/database';
import { describe, expect, it } from 'vitest';

import { everyStatement } from './statement-modules.ts';

/** Statements made in a loop, one for each table with personal data. */
const isTemplate = (name: string) => name.includes('${');

it('read scores of one version of the model, each of them', async () => {
  const { registered } = await everyStatement();
  const reading = registered.filter(({ text }) => /\baccount_score\b/.test(text));
  expect(reading.length).toBeGreaterThan(8);
  expect(reading.filter(({ text }) => !text.includes('intent_version_id')).map(({ name }) => name)).toEqual(
    [],
  );
});

it('find no row by a coalesce of columns, which Postgres does not trust ahead of row-level security: it would read the whole table', async () => {
  const { registered } = await everyStatement();
  const doubtful = registered.filter(({ text }) => /\w\.(id|\w+_id) = coalesce\(\w+\./.test(text));
  expect(doubtful.map(({ name }) => name)).toEqual([]);
});

function suite(major: 18 | 15) {
  it('can be planned by the application, each of them', async () => {
    const { registered, declared } = await everyStatement();
    const names = registered.map((one) => one.name);
    expect(declared.length).toBeGreaterThan(100);
    expect(declared.filter((name) => !isTemplate(name) && !names.includes(name))).toEqual([]);
    for (const template of declared.filter(isTemplate)) {
      expect(
        names.filter((name) => name.startsWith(template.slice(0, template.indexOf('$')))).length,
      ).toBeGreaterThan(5);
    }
    await using database = await testDatabase({ major });
    await withConnection(database.urls.app, async (client) => {
      await client.query(`select set_config('penstock.workspace_id', $1, false)`, [crypto.randomUUID()]);
      await client.query('set plan_cache_mode = force_generic_plan');
      const refused: string[] = [];
      for (const { name, text } of registered) {
        const parameters = Math.max(0, ...[...text.matchAll(/\$(\d+)/g)].map((match) => Number(match[1])));
        const list =
          parameters === 0 ? '' : `(${Array.from({ length: parameters }, () => 'null').join(', ')})`;
        await client
          .query(`prepare one as ${text}; explain execute one${list}; deallocate one`)
          .catch((error: unknown) => refused.push(`${name}: ${String(error)}`));
      }
      expect(refused).toEqual([]);
    });
  });
}

describe('named statements on Postgres 18', () => suite(18));
describePostgres15('named statements on Postgres 15', () => suite(15));
