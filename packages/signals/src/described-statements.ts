import { statement } from '@penstock/store/statement';

import type { DescribedSettings } from './source-port.ts';

export const insertDescribed = statement(
  'insert_described_source',
  `insert into source_watch (workspace_id, id, source, name, settings, secret_sealed, due_at) values ($1, $2, $3, $4, $5::jsonb, $6, $7)`,
);

export type DescribedRow = { id: string; name: string; settings: DescribedSettings; secretSealed: string };

const DESCRIBED = `select id, name, settings, secret_sealed as "secretSealed" from source_watch
   where workspace_id = $1 and id = $2 and removed_at is null and settings ->> 'kind' = 'described'`;
export const readDescribedSource = statement<DescribedRow>('read_described_source', DESCRIBED);
export const lockDescribedSource = statement<DescribedRow>(
  'lock_described_source',
  `${DESCRIBED} for update`,
);

/** $6: its items go by other names, so that what is there at the next look counts as having been there. */
export const changeDescribed = statement(
  'change_described_source',
  `update source_watch set name = $3, settings = $4::jsonb, secret_sealed = $5, due_at = $7, etag = '', last_modified = '', strange = 0,
     baseline_at = case when $6 then null else baseline_at end, cursor = case when $6 then null else cursor end
   where workspace_id = $1 and id = $2`,
);

export const removeWatch = statement<{ source: string }>(
  'remove_configured_source',
  `update source_watch set active = false, removed_at = $3, secret_sealed = '', sample = '' where workspace_id = $1 and id = $2 and removed_at is null and settings <> '{}'
   returning source`,
);
/** What waits to be read is given up with the source. */
export const dropOpenItems = statement(
  'drop_open_source_items',
  `update source_item set state = 'no_signal', reason = 'the source was removed before it was read', settled_at = $3, body = ''
   where workspace_id = $1 and source = $2 and state = 'listed'`,
);

export const sameAddress = statement<{ id: string }>(
  'source_of_same_address',
  `select id from source_watch where workspace_id = $1 and settings ->> 'url' = $2 and id <> $3 and removed_at is null limit 1`,
);

export const readVersionAuthors = statement<{ id: string; name: string }>(
  'read_authors_of_source_versions',
  'select id, name from member where workspace_id = $1 and id = any($2::text[])',
);
