import { statement } from '@penstock/store/statement';

/** One that is there already stays as it is. */
export const insertImport = statement(
  'insert_people_import',
  `insert into people_import (workspace_id, id, name, mapping, created_by, created_at) values ($1, $2, $3, $4::jsonb, $5, $6) on conflict do nothing`,
);
export const readLastLine = statement<{ lastLine: number }>(
  'read_last_line_of_people_import',
  'select last_line as "lastLine" from people_import where workspace_id = $1 and id = $2',
);

/** Adds people to an import; those who are in it already are not returned. */
export const insertMembers = statement<{ id: string }>(
  'insert_people_import_members',
  `insert into people_import_member (workspace_id, import_id, person_id)
   select $1::uuid, $2::uuid, p.id from unnest($3::uuid[]) as p (id) on conflict do nothing returning person_id as id`,
);

export const countImported = statement<{ id: string }>(
  'count_people_import',
  `update people_import set created = created + $3, known = known + $4, duplicates = duplicates + $5, refused = refused + $6,
     last_line = greatest(last_line, $7)
   where workspace_id = $1 and id = $2 returning id`,
);

export type ImportView = {
  id: string;
  name: string;
  created: number;
  known: number;
  duplicates: number;
  refused: number;
  people: number;
  createdAt: Date;
};
export const readImports = statement<ImportView>(
  'read_people_imports',
  `select i.id, i.name, i.created, i.known, i.duplicates, i.refused, i.created_at as "createdAt",
     (select count(*) from people_import_member m where m.workspace_id = i.workspace_id and m.import_id = i.id)::int as people
   from people_import i where i.workspace_id = $1 order by i.id desc limit 50`,
);

/** How columns were read in the newest files. */
export const readMappings = statement<{ mapping: Record<string, string> }>(
  'read_people_import_mappings',
  'select mapping from people_import where workspace_id = $1 order by id desc limit 20',
);

export const readKnownEmails = statement<{ emailKey: string }>(
  'read_known_emails',
  'select email_key as "emailKey" from person where workspace_id = $1 and email_key = any($2::text[])',
);
