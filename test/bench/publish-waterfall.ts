import type { Waterfall } from '@penstock/enrichment/model/waterfall';
import type { Instance } from '@penstock/infra-local/instance-options';
import { withConnection } from '@penstock/infra-local/postgres-connection';
import { openStore } from '@penstock/store/store';
import { publishDocument, saveDraft } from '@penstock/workspace/documents';

import { adminUrl } from '../walk/admin-url.ts';
import { WORKSPACE } from './queue-instance.ts';

/** Publishes a waterfall and gives this month a budget that never ends. */
export async function publishWaterfall(
  instance: Instance,
  body: Pick<Waterfall, 'wanted' | 'ceilingMicros'> & Record<string, unknown>,
): Promise<void> {
  const { app, due } = instance.databaseUrls;
  const store = openStore({ appUrl: app, dueUrl: due, applicationName: 'bench' });
  const now = new Date();
  await store.inWorkspace(WORKSPACE, async (tx) => {
    const saved = await saveDraft(tx, { kind: 'waterfall', body, note: 'bench', authorId: 'bench', now });
    await publishDocument(tx, { ...saved, note: 'bench', now });
  });
  await store.close();
  await withConnection(adminUrl(instance), (client) =>
    client.query(
      `insert into budget (workspace_id, id, scope, period, limit_micros) values ($1, gen_random_uuid(), 'month', $2, 9007199254740991)
       on conflict (workspace_id, scope, period) do update set limit_micros = excluded.limit_micros`,
      [WORKSPACE, now.toISOString().slice(0, 7)],
    ),
  );
}
