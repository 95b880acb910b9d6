import { statement } from '@penstock/store/statement';
import { query } from '@penstock/workspace/operation';
import { z } from 'zod';

import { SourceRow } from '../contracts.ts';

const readSources = statement<Omit<z.input<typeof SourceRow>, 'name'>>(
  'read_source_watches',
  `select w.id, w.source, w.health, w.last_success_at as "lastSuccessAt", w.due_at as "dueAt", w.last_fault as "lastFault",
     count(i.key)::int as items, (count(i.key) filter (where i.state = 'signal'))::int as signals
   from source_watch w left join source_item i on i.workspace_id = w.workspace_id and i.source = w.source
   where w.workspace_id = $1 group by w.workspace_id, w.id order by w.source`,
);

const NAMES: Record<string, string> = {
  'sec-edgar/current-form-d': 'SEC EDGAR: new Form D filings',
  'sec-edgar/daily-index': 'SEC EDGAR: index of the day',
};

export const listSources = query({
  name: 'sources.list',
  lane: 'hot',
  permission: 'settings.read',
  summary: 'Watched sources with their health and what they gave.',
  input: z.object({}),
  output: z.object({ items: z.array(SourceRow) }),
  async run({ tx }) {
    const rows = await tx.rows(readSources);
    return { items: rows.map((row) => ({ ...row, name: NAMES[row.source] ?? row.source })) };
  },
});
