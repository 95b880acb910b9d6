/** A named SQL statement. `$1` is always the workspace; the caller's values follow from `$2` on. */
export type Statement<Row> = {
  readonly name: string;
  readonly text: string;
  /** Planned at each call; see `plannedAnew`. */
  readonly plannedAnew?: true;
  /** Never set; carries the row's type. */
  readonly row?: Row;
};

const registered = new Map<string, Statement<unknown>>();

/**
 * Declares a statement once, at module level. Names are unique over the product; a test EXPLAINs each of them as the
 * application's role.
 */
export function statement<Row = Record<string, never>>(name: string, text: string): Statement<Row> {
  if (registered.has(name)) throw new Error(`invariant broken: two statements are named ${name}`);
  const made: Statement<Row> = { name, text };
  registered.set(name, made);
  return made;
}

/**
 * A statement over many rows that is planned at each call, for the size that its tables have by then. A kept plan may be from when they were
 * empty (each month begins with empty partitions), and then walks all rows of a workspace for each of its own.
 */
export function plannedAnew<Row = Record<string, never>>(name: string, text: string): Statement<Row> {
  const made: Statement<Row> = { ...statement<Row>(name, text), plannedAnew: true };
  registered.set(name, made);
  return made;
}

/** Every statement of the modules loaded so far. */
export function registeredStatements(): Statement<unknown>[] {
  return [...registered.values()];
}
