/** Throws if what the code takes for granted does not hold: a bug, never a user's mistake. */
export function invariant(condition: unknown, expectation: string): asserts condition {
  if (!condition) throw new Error(`invariant broken: ${expectation}`);
}

/** For the default branch of a switch over a union: a new member becomes a type error. */
export function assertNever(value: never): never {
  throw new Error(`invariant broken: unexpected ${JSON.stringify(value)}`);
}
