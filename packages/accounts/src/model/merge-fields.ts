/** Which value of two records survives in the one that is made of them. Pure. */

export type FieldValue = string | number | boolean | null;
export type MergeRecord = Readonly<Record<string, FieldValue>>;

export type FieldChoice = {
  field: string;
  kept: FieldValue;
  other: FieldValue;
  from: 'kept' | 'other';
  because: string;
};

/** Once true of either, true of both: nobody is called again because of a merge. */
const EITHER: ReadonlySet<string> = new Set(['doNotCall']);

/**
 * The surviving value of each field: what somebody chose, else what is there, else that of the record that stays.
 * @param take fields whose value comes from the other record
 */
export function chooseFields(
  kept: MergeRecord,
  other: MergeRecord,
  take: ReadonlySet<string>,
): FieldChoice[] {
  return Object.keys(kept).map((field) => {
    const values = { kept: kept[field] ?? null, other: other[field] ?? null };
    return { field, ...values, ...choose(field, values, take.has(field)) };
  });
}

function choose(
  field: string,
  { kept, other }: { kept: FieldValue; other: FieldValue },
  taken: boolean,
): Pick<FieldChoice, 'from' | 'because'> {
  if (kept === other) return { from: 'kept', because: kept === null ? 'unknown of both' : 'the same' };
  if (EITHER.has(field))
    return { from: kept === true ? 'kept' : 'other', because: 'once said of one, it holds for both' };
  if (field === 'state')
    return { from: kept === 'active' ? 'kept' : 'other', because: 'one of them is worked with already' };
  if (isEmpty(other)) return { from: 'kept', because: 'the only value' };
  if (taken) return { from: 'other', because: 'chosen by you' };
  if (isEmpty(kept)) return { from: 'other', because: 'the only value' };
  return { from: 'kept', because: 'of the record that stays' };
}

const isEmpty = (value: FieldValue): boolean => value === null || value === '';

/** What each field holds afterwards. */
export const survivingFields = (choices: readonly FieldChoice[]): Record<string, FieldValue> =>
  Object.fromEntries(choices.map(({ field, kept, other, from }) => [field, from === 'kept' ? kept : other]));

/**
 * What each field holds once a merge is undone: what it held before, unless somebody has changed it since.
 * @param set what the merge had put there
 */
export const restoredFields = (
  now: MergeRecord,
  before: MergeRecord,
  set: MergeRecord,
): Record<string, FieldValue> =>
  Object.fromEntries(
    Object.keys(before).map((field) => [
      field,
      now[field] === set[field] ? (before[field] ?? null) : (now[field] ?? null),
    ]),
  );
