import type { ProviderFault } from '@penstock/kernel/provider-error';

/** `order`: the first key that can be used. `share`: calls are spread over all that can. */
export type KeyUse = 'order' | 'share';

export type Key = {
  id: string;
  provider: string;
  use: KeyUse;
  /** Refused, empty, or told to stay away for long: others come first. */
  passedOver: boolean;
};

const NONE: ReadonlySet<string> = new Set();

/**
 * The key with which a provider is asked about somebody; null if it has none that has not refused this record already. Keys that are passed
 * over are used only where no other is left: what became of them is found out by asking.
 * @param keys in the order in which they are to be used
 * @param about the same key for the same id, as long as the keys are the same
 * @param refused ids of keys that have refused already
 */
export function keyFor<K extends Key>(
  keys: readonly K[],
  provider: string,
  about: string,
  refused: ReadonlySet<string> = NONE,
): K | null {
  const mine = keys.filter((key) => key.provider === provider && !refused.has(key.id));
  const usable = mine.filter(({ passedOver }) => !passedOver);
  const from = usable.length > 0 ? usable : mine;
  const [first] = from;
  if (!first) return null;
  return first.use === 'share' ? (from[spread(about) % from.length] ?? first) : first;
}

/** The keys that calls are made with, as `keyFor` chooses: the first that can be used, or all that can where they share. */
export function keysInUse<K extends Key>(keys: readonly K[], provider: string): K[] {
  const mine = keys.filter((key) => key.provider === provider);
  const usable = mine.filter(({ passedOver }) => !passedOver);
  const from = usable.length > 0 ? usable : mine;
  return from[0]?.use === 'share' ? from : from.slice(0, 1);
}

/** True if the provider has another key that can be used, once this one has refused. */
export const hasSpare = (
  keys: readonly Key[],
  key: Pick<Key, 'id' | 'provider'>,
  refused: ReadonlySet<string> = NONE,
): boolean =>
  keys.some(
    (other) =>
      other.provider === key.provider && other.id !== key.id && !other.passedOver && !refused.has(other.id),
  );

const REFUSALS: ReadonlySet<ProviderFault> = new Set(['unauthorized', 'quota_exhausted']);

/** True for faults that say something of the key alone: the same may be asked with another one. Nothing was charged. */
export const refusesKey = (fault: ProviderFault): boolean => REFUSALS.has(fault);

/** FNV-1a: spreads ids evenly. */
function spread(text: string): number {
  let hash = 2_166_136_261;
  for (const character of text) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 16_777_619) >>> 0;
  return hash;
}
