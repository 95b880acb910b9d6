import { emitEvents } from '@penstock/store/outbox';
import { statement } from '@penstock/store/statement';
import type { Tx } from '@penstock/store/tx';
import { publishedDocument } from '@penstock/workspace/documents';

import { readObservationsOf } from './list-run/list-run-statements.ts';
import { writeVisible } from './list-run/write-visible.ts';
import { judged } from './person-facts.ts';
import { WaterfallBody } from './waterfall-document.ts';

const forgetVisible = statement(
  'forget_visible_values_without_origin',
  `delete from visible_value v where v.workspace_id = $1 and v.subject_id = any($2::uuid[]) and v.subject_kind = 'person'
     and not exists (select 1 from observation o where o.workspace_id = $1 and o.id = v.observation_id and o.person_id = v.subject_id)`,
);

/** Chooses anew what is shown of people whose observations have gone, come or moved. */
export async function chooseAnew(tx: Tx, people: readonly string[], now: Date): Promise<void> {
  const waterfall = WaterfallBody.parse((await publishedDocument(tx, 'waterfall')).body);
  const rows = Map.groupBy(await tx.rows(readObservationsOf, people), ({ personId }) => personId);
  await tx.rows(forgetVisible, people);
  await writeVisible(
    tx,
    people.map((personId) => ({ personId, surviving: judged(rows.get(personId) ?? [], waterfall, now) })),
    now,
  );
  await emitEvents(
    tx,
    now,
    people.map((personId) => ({ kind: 'person.changed' as const, payload: { personId, accountId: null } })),
  );
}
