import { withConnection } from '@penstock/infra-local/postgres-connection';
import type { TestDatabase } from '@penstock/testkit/database';

export type Column = {
  table: string;
  name: string;
  /** `text`, `uuid[]`, … as Postgres writes it. */
  type: string;
  required: boolean;
  hasDefault: boolean;
};
export type ForeignKey = { table: string; columns: string[]; target: string; targetColumns: string[] };

/** Rows of a catalogue query, as the superuser. */
export function catalogueRows<Row extends object>(
  database: TestDatabase,
  text: string,
  values: unknown[] = [],
): Promise<Row[]> {
  return withConnection(database.urls.admin, async (client) => (await client.query<Row>(text, values)).rows);
}

/** Every table of the product that is not a partition, in alphabetical order. */
export async function tablesOf(database: TestDatabase): Promise<string[]> {
  const rows = await catalogueRows<{ name: string }>(
    database,
    `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
       and not relispartition and relname <> '_prisma_migrations' order by relname`,
  );
  return rows.map((row) => row.name);
}

export function columnsOf(database: TestDatabase): Promise<Column[]> {
  return catalogueRows<Column>(
    database,
    `select c.relname as table, a.attname as name, format_type(a.atttypid, null) as type, a.attnotnull as required, a.atthasdef as "hasDefault"
     from pg_attribute a join pg_class c on c.oid = a.attrelid
     where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
       and a.attnum > 0 and not a.attisdropped and c.relname <> '_prisma_migrations' order by c.relname, a.attnum`,
  );
}

export function foreignKeysOf(database: TestDatabase): Promise<ForeignKey[]> {
  const names = (keys: string, owner: string) =>
    `array(select a.attname::text from unnest(${keys}) with ordinality k (num, ord) join pg_attribute a on a.attrelid = ${owner} and a.attnum = k.num order by k.ord)`;
  return catalogueRows<ForeignKey>(
    database,
    `select c.relname as table, ${names('f.conkey', 'f.conrelid')} as columns, t.relname as target, ${names('f.confkey', 'f.confrelid')} as "targetColumns"
     from pg_constraint f join pg_class c on c.oid = f.conrelid join pg_class t on t.oid = f.confrelid
     where f.contype = 'f' and not c.relispartition and not t.relispartition and c.relnamespace = 'public'::regnamespace`,
  );
}

/** Allowed texts of each column that has a check on them, by `table.column`. */
export async function allowedTexts(database: TestDatabase): Promise<Map<string, string[]>> {
  const rows = await catalogueRows<{ table: string; definition: string }>(
    database,
    `select c.relname as table, pg_get_constraintdef(k.oid) as definition from pg_constraint k join pg_class c on c.oid = k.conrelid
     where k.contype = 'c' and not c.relispartition and c.relnamespace = 'public'::regnamespace`,
  );
  const found = rows.flatMap(({ table, definition }): [string, string[]][] => {
    const match =
      /^CHECK \(\(\(?(\w+)\)? = ANY \(?\(?ARRAY\[(.+)\]/.exec(definition) ??
      /^CHECK \(\((\w+) = ('.+?'::text)\)\)/.exec(definition);
    if (!match) return [];
    return [
      [
        `${table}.${match[1] ?? ''}`,
        [...(match[2] ?? '').matchAll(/'([^']*)'::text/g)].map((text) => text[1] ?? ''),
      ],
    ];
  });
  return new Map(found);
}
