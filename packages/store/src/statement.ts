/** A named SQL statement. `$1` is always the workspace; the caller's values follow from `$2` on. */
export type Statement<Row> = {
  readonly name: string;
  readonly text: string;
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

/** Every statement of the modules loaded so far. */
export function registeredStatements(): Statement<unknown>[] {
  return [...registered.values()];
}
