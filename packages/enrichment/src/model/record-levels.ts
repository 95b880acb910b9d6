import type { WantedField } from '../provider-port.ts';
import type { Survivor } from './survivorship.ts';

/** How far a record of a run has come. */
export type RecordLevels = { found: boolean; verified: boolean; usable: boolean };

/** Ways to reach somebody: a run that wants any of them is judged by these alone. */
const REACH: ReadonlySet<WantedField> = new Set(['work_email', 'mobile', 'direct_dial']);

/**
 * Found: a provider gave a way of reaching the person; verified: one of these has a good verdict; usable: all that were wanted meet the policy.
 * What is known of the company besides says nothing about a contact; a run that wants no way of reaching anybody is judged by what it wants.
 */
export function levelsOf(surviving: readonly Survivor[], wanted: readonly WantedField[]): RecordLevels {
  const ways = wanted.filter((field) => REACH.has(field));
  const judged = ways.length > 0 ? ways : wanted;
  const values = surviving.filter((value) => judged.some((field) => field === value.field));
  return {
    found: values.some(({ provider }) => provider !== 'form'),
    verified: values.some(({ verification }) => verification === 'valid'),
    usable: judged.every((field) => values.some((value) => value.field === field && value.usable)),
  };
}
