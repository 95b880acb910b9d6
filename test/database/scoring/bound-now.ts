/** The bound of an item `q` that counts, in the workspace of a test. */
export const BOUND_NOW = `case coalesce((select bound_slot from score_base), 0) when 0 then q.bound_0 else q.bound_1 end`;
/** The one beside it. */
export const BOUND_BESIDE = `case coalesce((select bound_slot from score_base), 0) when 0 then q.bound_1 else q.bound_0 end`;
