/** SQL of the lowest id of a moment: ids of calls begin with the milliseconds at which they were made. */
export const lowestIdOf = (moment: string): string =>
  `rpad(lpad(to_hex(floor(extract(epoch from ${moment}) * 1000)::bigint), 12, '0'), 32, '0')::uuid`;
