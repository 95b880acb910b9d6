import { statement } from '@penstock/store/statement';
import { one } from '@penstock/store/tx';
import { query } from '@penstock/workspace/operation';
import { z } from 'zod';

import { BoardsRow, SourceRow } from '../contracts.ts';
import { dayOf, whyResting } from '../model/source-day.ts';
import { firstLooksEndAt } from '../model/site-pace.ts';
import { nameOfSource } from '../model/source-name.ts';
import { DNS_SOURCE } from '../poll-dns.ts';
import { COMPANY_SITES_SOURCE } from '../read-company-site.ts';
import { searchFigures } from '../board-finding-statements.ts';
import * as figures from '../source-figures.ts';

const readSources = statement<Omit<z.input<typeof SourceRow>, 'today' | 'staleness'>>(
  'read_source_watches',
  `select w.id, w.source, w.name, w.settings ->> 'url' as url, w.active, w.health, w.last_success_at as "lastSuccessAt", w.due_at as "dueAt", w.last_fault as "lastFault", w.sample, w.looks, w.unchanged,
     case when w.source = 'company-sites' then (select count(*)::int from job_board b where b.workspace_id = w.workspace_id and b.found_on <> '') else count(i.key)::int end as items,
     case when w.source in ('dns', 'champions') then (select count(*)::int from signal s where s.workspace_id = w.workspace_id and s.source = w.source and ${figures.OF_LOOKS})
       when w.source = 'paid' then (select coalesce(sum(c.signals), 0)::int from company_watch c where c.workspace_id = w.workspace_id and c.source <> 'press/gdelt')
       when w.source = 'press/gdelt' then (select coalesce(sum(c.signals), 0)::int from company_watch c where c.workspace_id = w.workspace_id and c.source = w.source)
       else (count(i.key) filter (where i.state = 'signal'))::int end as signals,
     coalesce(max(v.judged), 0)::int as judged, coalesce(max(v."right"), 0)::int as "right"
   from source_watch w left join source_item i on i.workspace_id = w.workspace_id and i.source = w.source
   left join (
     select s.source, count(distinct j.signal_id) as judged, count(distinct j.signal_id) filter (where j.verdict in ('useful', 'known')) as "right"
     from signal_verdict j join signal s on s.workspace_id = j.workspace_id and s.id = j.signal_id where j.workspace_id = $1 group by s.source
   ) v on v.source = w.source
   where w.workspace_id = $1 and w.removed_at is null group by w.workspace_id, w.id order by w.source`,
);

const readKind = statement<{ kind: 'sandbox' | 'real' }>(
  'read_kind_of_workspace',
  'select kind from workspace where workspace_id = $1',
);

export const listSources = query({
  name: 'sources.list',
  lane: 'hot',
  permission: 'settings.read',
  summary:
    'Watched sources and boards with their health, what they gave, what they were asked today and how stale they are.',
  input: z.object({}),
  output: z.object({ items: z.array(SourceRow), boards: z.array(BoardsRow) }),
  async run({ tx, now }) {
    const rows = await tx.rows(readSources);
    const boards = await tx.rows(figures.readBoardFigures, now);
    const domains = await one(tx, figures.readDomainFigures, now);
    const sites = await one(tx, searchFigures, now);
    const { kind } = await one(tx, readKind);
    const staleness: Record<string, z.input<typeof SourceRow>['staleness']> = {
      [DNS_SOURCE]: { ...domains, firstLooksEndAt: null },
      [COMPANY_SITES_SOURCE]: { ...sites, firstLooksEndAt: firstLooksEndAt(sites.waiting, kind, now) },
    };
    const usage = new Map((await tx.rows(figures.readUsage, dayOf(now))).map((use) => [use.source, use]));
    return {
      items: rows.map((row) => ({
        ...row,
        name: nameOfSource(row.source, row.name),
        today: todayOf(usage.get(row.source)),
        staleness: staleness[row.source] ?? null,
      })),
      boards: boards.map((row) => ({
        ...row,
        name: `${nameOfSource(row.source, null)}s`,
        today: todayOf(usage.get(row.source)),
      })),
    };
  },
});

function todayOf(usage: figures.Usage | undefined): z.input<typeof SourceRow>['today'] {
  const { requests = 0, costMicros = 0, mostRequests = null, mostMicros = null } = usage ?? {};
  const use = { requests, costMicros };
  const limit = { mostRequests, mostMicros };
  return { ...use, ...limit, resting: whyResting(limit, use) };
}
