import { statement } from '@penstock/store/statement';

import type { SourceSettings } from './source-port.ts';

export type WatchRow = {
  id: string;
  source: string;
  cursor: string | null;
  baselineAt: Date | null;
  lastSuccessAt: Date | null;
  successes: number;
  strange: number;
  failures: number;
  /** What the source said of its list at the last look; empty where it says nothing. */
  etag: string;
  lastModified: string;
};

export const readWatch = statement<WatchRow>(
  'read_source_watch',
  `select id, source, cursor, baseline_at as "baselineAt", last_success_at as "lastSuccessAt", successes, strange, failures, etag, last_modified as "lastModified" from source_watch where workspace_id = $1 and id = $2 and active`,
);

/** What a source that the workspace added is; the product's own have no settings. */
export const readConfiguredSource = statement<{
  id: string;
  name: string;
  settings: SourceSettings;
  /** Empty for a source without a key. */
  secretSealed: string;
}>(
  'read_configured_source',
  `select source as id, name, settings, secret_sealed as "secretSealed" from source_watch where workspace_id = $1 and id = $2 and active and removed_at is null and settings <> '{}'`,
);

/** Items that nobody knew: `listed` to be read, or `baseline` for what was there. */
export const insertItems = statement<{ key: string; state: 'listed' | 'baseline' }>(
  'insert_source_items',
  `insert into source_item (workspace_id, source, key, title, public_url, document_path, published_at, state, listed_at, settled_at, body)
   select $1::uuid, $2::text, i.key, i.title, i.public_url, i.document_path, i.published_at, i.state, $9::timestamptz,
     case when i.state = 'baseline' then $9::timestamptz end, case when i.state = 'baseline' then '' else i.body end
   from unnest($3::text[], $4::text[], $5::text[], $6::text[], $7::timestamptz[], $8::text[], $10::text[])
     as i (key, title, public_url, document_path, published_at, state, body)
   on conflict do nothing returning key, state`,
);

export const countKnown = statement<{ count: number }>(
  'count_known_source_items',
  'select count(*)::int as count from source_item where workspace_id = $1 and source = $2 and key = any($3::text[])',
);

export const watchSucceeded = statement(
  'source_watch_succeeded',
  `update source_watch set cursor = $3, baseline_at = coalesce(baseline_at, $4), health = 'healthy', last_success_at = $4,
     last_fault = $9, failures = 0, successes = successes + 1, strange = 0, due_at = $5, looks = looks + 1, unchanged = unchanged + case when $6 then 1 else 0 end,
     etag = $7, last_modified = $8, sample = '' where workspace_id = $1 and id = $2`,
);

export const watchFailed = statement(
  'source_watch_failed',
  `update source_watch set health = 'failing', last_fault = $3, last_fault_at = $4, failures = failures + 1, due_at = $5, looks = looks + 1, sample = case when $6 = '' then sample else $6 end,
     strange = strange + case when $7 then 1 else 0 end, cursor = coalesce($8, cursor), etag = '', last_modified = ''
   where workspace_id = $1 and id = $2`,
);

/** The limit of the day is reached: looked at again when the next begins. Nothing is said of the source's health. */
export const watchRests = statement(
  'source_watch_rests',
  'update source_watch set due_at = $3 where workspace_id = $1 and id = $2',
);

export type OpenItem = {
  key: string;
  title: string;
  publicUrl: string;
  documentPath: string;
  publishedAt: Date;
  attempts: number;
  body: string;
};

export const openItems = statement<OpenItem>(
  'open_source_items',
  `select key, title, public_url as "publicUrl", document_path as "documentPath", published_at as "publishedAt", attempts, body
   from source_item where workspace_id = $1 and source = $2 and state = 'listed' and (retry_at is null or retry_at <= $4) order by published_at, key limit $3`,
);

/** Only one taker settles an item; a second finds no row. */
export const lockItem = statement<{ key: string }>(
  'lock_source_item',
  `select key from source_item where workspace_id = $1 and source = $2 and key = $3 and state = 'listed' for update`,
);

export const settleItem = statement(
  'settle_source_item',
  `update source_item set state = $4, reason = $5, content_hash = $6, raw_gzip = $7, raw_expires_at = $8, settled_at = $9, body = ''
   where workspace_id = $1 and source = $2 and key = $3`,
);

/** Counts an attempt that failed; after many of them ($5) an item that was listed before $6 is given up, visibly. */
export const itemFailed = statement(
  'source_item_failed',
  `update source_item set attempts = attempts + 1, reason = $4, retry_at = $7,
     state = case when attempts + 1 >= $5 and listed_at < $6 then 'failed' else state end
   where workspace_id = $1 and source = $2 and key = $3 and state = 'listed'`,
);

const MOST_FORGOTTEN = 2_000;
/** Raw replies are kept for their time; hash and quote stay. */
export const forgetRaw = statement(
  'forget_raw_source_items',
  `update source_item set raw_gzip = null where workspace_id = $1 and (source, key) in (
     select source, key from source_item where workspace_id = $1 and source = $2 and raw_expires_at <= $3 and raw_gzip is not null
     order by raw_expires_at limit ${MOST_FORGOTTEN})`,
);
