import { Done } from '@penstock/kernel/contract';
import { DomainError } from '@penstock/kernel/domain-error';
import { statement } from '@penstock/store/statement';
import { maybeOne } from '@penstock/store/tx';
import { command } from '@penstock/workspace/operation';
import { z } from 'zod';

import { TOOL_NAMES } from '../model/dns-marks.ts';
import { COMPANY_SITES_SOURCE, MOST_PAGES_OF_A_SITE } from '../read-company-site.ts';

const findSource = statement<{ source: string }>(
  'find_limited_source',
  `select source from source_watch where workspace_id = $1 and source = $2 and removed_at is null union all select source from job_board where workspace_id = $1 and source = $2 limit 1`,
);
const keepLimit = statement(
  'keep_source_limit',
  `insert into source_limit (workspace_id, source, most_requests, most_micros, changed_at) values ($1, $2, $3, $4, $5)
   on conflict (workspace_id, source) do update set most_requests = excluded.most_requests, most_micros = excluded.most_micros, changed_at = excluded.changed_at`,
);
const dropLimit = statement(
  'drop_source_limit',
  'delete from source_limit where workspace_id = $1 and source = $2',
);
const wakeWatch = statement(
  'wake_limited_watch',
  'update source_watch set due_at = least(due_at, $3::timestamptz) where workspace_id = $1 and source = $2',
);
/** As soon as they would have been looked at without a limit. */
const wakeBoards = statement(
  'wake_limited_boards',
  `update job_board set due_at = least(due_at, greatest($3::timestamptz, coalesce(last_success_at, created_at) + make_interval(secs => interval_seconds)))
   where workspace_id = $1 and source = $2`,
);

/** Two records of the domain itself, and one of each name below it. */
const REQUESTS_OF_A_DOMAIN = TOOL_NAMES.length + 2;

export const limitSource = command({
  name: 'sources.limit',
  lane: 'hot',
  permission: 'providers.manage',
  summary:
    'Set how many requests a source, or all boards of a vendor, get on a day (UTC) at most, and what they may cost; without both there is no limit.',
  input: z.strictObject({
    source: z.string().min(1).max(120),
    mostRequests: z.int().min(1, 'is at least 1').max(10_000_000).nullable(),
    /** Micro-dollars. */
    mostMicros: z.int().min(1, 'is more than nothing').max(1_000_000_000_000).nullable(),
  }),
  output: Done,
  async run({ tx, now }, { source, mostRequests, mostMicros }) {
    if ((await maybeOne(tx, findSource, source)) === null)
      throw new DomainError('not_found', 'source: there is no such source. Look for it under Sources.');
    if (source === 'dns' && mostRequests !== null && mostRequests < REQUESTS_OF_A_DOMAIN)
      throw new DomainError(
        'invalid',
        `mostRequests: a look at one domain takes ${REQUESTS_OF_A_DOMAIN} requests. Allow that many at least, or stop watching.`,
      );
    if (source === COMPANY_SITES_SOURCE && mostRequests !== null && mostRequests < MOST_PAGES_OF_A_SITE)
      throw new DomainError(
        'invalid',
        `mostRequests: a look at one site takes up to ${MOST_PAGES_OF_A_SITE} requests. Allow that many at least, or stop watching.`,
      );
    await (mostRequests === null && mostMicros === null
      ? tx.rows(dropLimit, source)
      : tx.rows(keepLimit, source, mostRequests, mostMicros, now));
    await tx.rows(wakeWatch, source, now);
    await tx.rows(wakeBoards, source, now);
    return {
      output: { id: source },
      audit: {
        action: 'source.limited',
        subjectKind: 'source',
        subjectId: source,
        detail: { mostRequests, mostMicros },
      },
      events: [{ kind: 'source.changed', payload: { source } }],
    };
  },
});
