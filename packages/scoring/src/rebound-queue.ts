import type { Tx } from '@penstock/store/tx';

import type { IntentModel } from './model/intent.ts';
import { PRIORITY_TERMS } from './model/priority.ts';
import { reboundItems } from './model-statements.ts';

/** Whatever waits in the queue takes its bound from the scores that count now. */
export async function reboundQueue(tx: Tx, { kinds, priority }: IntentModel, now: Date): Promise<void> {
  const currencies = Object.keys(priority.halfValueMinor);
  await tx.rows(
    reboundItems,
    PRIORITY_TERMS.map((term) => priority[term]),
    priority.freshnessHalfLifeDays,
    currencies,
    currencies.map((currency) => priority.halfValueMinor[currency] ?? 0),
    Object.keys(kinds),
    now,
  );
}
