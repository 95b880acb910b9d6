import { invariant } from '@penstock/kernel/invariant';

import { answersLater, limitsOf, type Line } from '../ask-provider.ts';
import type { ProviderAdapter } from '../provider-port.ts';
import type { ReservedCall } from './reserve-level.ts';

/** Calls that leave as one request. */
export type CallUnit = { line: Line; how: 'one' | 'bulk' | 'later'; calls: ReservedCall[] };

/**
 * Puts calls of a level together where their vendor takes many records at once: for answers that come later always, for others where the
 * version says so (`bulk`) and no limit of the key counts each record by itself, since nothing would be gained then.
 */
export function unitsOf(
  adapters: ReadonlyMap<string, ProviderAdapter>,
  calls: readonly ReservedCall[],
  bulk: boolean,
): CallUnit[] {
  const groups = Map.groupBy(calls, ({ next, credential }) => `${credential.id}/${next.capability.id}`);
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    const line = lineOf(adapters, first);
    const how = howOf(line, bulk);
    const size = how === 'one' ? 1 : Math.max(1, line.capability.batchMax);
    return Array.from({ length: Math.ceil(group.length / size) }, (_, at) => {
      const together = group.slice(at * size, (at + 1) * size);
      // A bulk of one is asked as it always is.
      return { line, how: how === 'bulk' && together.length === 1 ? 'one' : how, calls: together };
    });
  });
}

function lineOf(adapters: ReadonlyMap<string, ProviderAdapter>, { next, credential }: ReservedCall): Line {
  const adapter = adapters.get(next.provider);
  invariant(adapter, 'the planner passes over a provider without an adapter');
  return { adapter, credential, capability: next.capability };
}

function howOf({ adapter, credential, capability }: Line, bulk: boolean): CallUnit['how'] {
  if (answersLater(capability)) return 'later';
  const takesMany = adapter.batch !== undefined && capability.mode === 'sync' && capability.batchMax > 1;
  if (!bulk || !takesMany) return 'one';
  return limitsOf(adapter, credential).some(({ counts }) => counts === 'records') ? 'one' : 'bulk';
}
