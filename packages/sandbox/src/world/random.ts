/** Deterministic numbers from a text: the same key gives the same numbers on every machine, in any order of asking. */
export type Random = {
  /** 0 ≤ x < 1. */
  next(): number;
  /** Whole number, 0 ≤ x < `below`. */
  int(below: number): number;
  pick<Value>(values: readonly [Value, ...Value[]]): Value;
  chance(probability: number): boolean;
};

/** mulberry32, seeded by FNV-1a of the key. Good enough for an invented world, not for secrets. */
export function randomOf(key: string): Random {
  let state = fnv1a(key);
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const int = (below: number): number => Math.floor(next() * below);
  return {
    next,
    int,
    pick: (values) => values[int(values.length)] ?? values[0],
    chance: (probability) => next() < probability,
  };
}

function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (const character of text) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  return hash >>> 0;
}
