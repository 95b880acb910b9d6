/**
 * Bounds of the queue stand in one of two slots of an item: in the one that counts, and, while a version is built, beside it in the other, where
 * nobody reads them. A switch says which slot counts, and no reader has to walk past bounds that are being written (decision 0080).
 */
const SLOT = `coalesce((select bound_slot from score_base where workspace_id = $1), 0)`;
const SLOTS = [0, 1] as const;

/** The bound of the item `q` that counts. */
export const boundOf = (q: string): string => `case ${SLOT} when 0 then ${q}.bound_0 else ${q}.bound_1 end`;
/** The one beside it; null where none was written. */
export const boundBeside = (q: string): string =>
  `case ${SLOT} when 0 then ${q}.bound_1 else ${q}.bound_0 end`;

/** Assignments of a bound that counts from now on; what stands beside it is of before, and is forgotten. Under the lock that scorers share. */
export const setBound = (bound: string): string =>
  SLOTS.map((slot) => `bound_${slot} = case ${SLOT} when ${slot} then ${bound} end`).join(', ');
/** The same of one that does not count yet. */
export const setBoundBeside = (bound: string): string =>
  SLOTS.map(
    (slot) => `bound_${slot} = case ${SLOT} when ${slot} then q.bound_${slot} else ${bound} end`,
  ).join(', ');
/** Assignments that lower the bound that counts, whatever stands beside it. */
export const lowerBoundTo = (bound: string): string =>
  SLOTS.map(
    (slot) => `bound_${slot} = case ${SLOT} when ${slot} then ${bound} else q.bound_${slot} end`,
  ).join(', ');

/**
 * Open items `q` by band and down the bound that counts, as a subquery's body: `columns` of them and their `bound`. Each slot has an index of its own;
 * the one that does not count is not looked at.
 * @param rest `offset` and `limit`
 */
export const downTheBound = (columns: string, where: string, rest: string): string =>
  SLOTS.map(
    (slot) => `(select ${columns}, q.bound_${slot} as bound from queue_item q
     where q.workspace_id = $1 and q.state = 'open' and ${SLOT} = ${slot} and q.bound_${slot} is not null and ${where}
     order by q.band, q.bound_${slot} desc, q.id ${rest})`,
  ).join('\n   union all ');
