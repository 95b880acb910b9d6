import { statement } from '@penstock/store/statement';
import type { Tx } from '@penstock/store/tx';

import { nameOfSource } from './model/source-name.ts';

/** Looks in a row that failed before somebody is told: a single one is the weather of the net. */
const FAILURES_TO_TELL = 3;

const readFailing = statement<{ id: string; source: string; name: string; failures: number }>(
  'read_failing_sources',
  `select id, source, name, failures from source_watch where workspace_id = $1 and active and failures > 0`,
);

/** Sources that are watched and could not be read lately, as causes of alerts; below three looks in a row one only keeps an alert open. */
export async function failingSources(tx: Tx) {
  return (await tx.rows(readFailing)).map(({ id, source, name, failures }) => ({
    kind: 'source_failing' as const,
    subject: id,
    about: { sourceId: id, source, name: nameOfSource(source, name) },
    figures: { failures },
    keeps: failures < FAILURES_TO_TELL,
  }));
}
