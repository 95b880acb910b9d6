import { lineTypeOf } from '@penstock/accounts/model/phone-number';
import { companyKey, recordCompanies } from '@penstock/accounts/record-companies';
import { recordPeople } from '@penstock/accounts/record-people';
import { suppressedOf } from '@penstock/accounts/suppression';
import { DomainError } from '@penstock/kernel/domain-error';
import { newId } from '@penstock/kernel/ids';
import type { Tx } from '@penstock/store/tx';
import { publishedDocument } from '@penstock/workspace/documents';

import { countImported, insertMembers } from './import-statements.ts';
import { insertObservations } from './list-run/insert-observations.ts';
import { readObservationsOf } from './list-run/list-run-statements.ts';
import { writeVisible } from './list-run/write-visible.ts';
import { readRow, type ImportRow, type ReadRow } from './model/import-row.ts';
import { judged } from './person-facts.ts';
import type { WantedField } from './provider-port.ts';
import { WaterfallBody } from './waterfall-document.ts';

export type RowToTake = { line: number; row: ImportRow };
/** `known`: was there already, and is in this list now. `duplicate`: is in this list already. */
export type TakenRow = {
  line: number;
  outcome: 'created' | 'known' | 'duplicate' | 'refused';
  reason: string;
};

/** Who says so, and the call that it was said in. */
type Source = {
  provider: string;
  ledgerId: string | null;
  /** Who has an address is taken for one of the same name in the company of whom none is known. */
  joins: boolean;
};
const FILE: Source = { provider: 'import', ledgerId: null, joins: false };

type Good = { line: number; person: ReadRow };

/** Rows as people, or why not. Who objected to being looked up is not taken in again. */
export async function readRows(
  tx: Tx,
  rows: readonly RowToTake[],
): Promise<{ good: Good[]; refused: TakenRow[] }> {
  const read = rows.map(({ line, row }) => ({ line, ...readRow(row) }));
  const suppressed = await suppressedOf(
    tx,
    read.flatMap((one) => ('person' in one && one.person.emailKey !== null ? [one.person.emailKey] : [])),
  );
  const good: Good[] = [];
  const refused: TakenRow[] = [];
  for (const one of read) {
    if ('reason' in one) refused.push({ line: one.line, outcome: 'refused', reason: one.reason });
    else if (one.person.emailKey !== null && suppressed.has(one.person.emailKey))
      refused.push({ line: one.line, outcome: 'refused', reason: 'this person objected to being looked up' });
    else good.push(one);
  }
  return { good, refused };
}

/**
 * Takes rows into an import: companies and people are found or made, what else the file says of them is kept as a value of its own, and
 * rows that can't be taken are named while the others go on.
 * @param source the file, if nobody else is named
 * @throws DomainError `not_found`
 */
export async function takeRows(
  tx: Tx,
  importId: string,
  rows: readonly RowToTake[],
  now: Date,
  source: Source = FILE,
): Promise<TakenRow[]> {
  const { good, refused } = await readRows(tx, rows);
  const accounts = await recordCompanies(
    tx,
    good.flatMap(({ person }) => person.company ?? []),
    { state: 'active', origin: 'import', isTest: false, ownerId: null, now },
  );
  const placed = await recordPeople(
    tx,
    good.map(({ person }) => ({
      ...person,
      accountId: person.company === null ? null : (accounts.get(companyKey(person.company)) ?? null),
    })),
    now,
    source.joins,
  );
  const added = new Set(
    (await tx.rows(insertMembers, importId, [...new Set(placed.map(({ id }) => id))])).map(({ id }) => id),
  );
  const taken = good.map(({ line }, at): TakenRow => {
    const { id, created } = placed[at] ?? { id: '', created: false };
    // The first row of a person takes the place; the others of the file repeat it.
    const outcome = added.delete(id) ? (created ? 'created' : 'known') : 'duplicate';
    return { line, outcome, reason: outcome === 'duplicate' ? 'is in this list already' : '' };
  });
  await keepValues(
    tx,
    good.map(({ person }, at) => ({ person, id: placed[at]?.id ?? '' })),
    now,
    source,
  );
  const all = [...taken, ...refused].toSorted((a, b) => a.line - b.line);
  const count = (outcome: TakenRow['outcome']) => all.filter((row) => row.outcome === outcome).length;
  const counted = await tx.rows(
    countImported,
    importId,
    count('created'),
    count('known'),
    count('duplicate'),
    count('refused'),
    Math.max(0, ...rows.map(({ line }) => line)),
  );
  if (counted.length === 0) throw new DomainError('not_found', 'importId: there is no such import.');
  return all;
}

type Value = {
  personId: string;
  field: WantedField;
  value: string;
  lineType: ReturnType<typeof lineTypeOf> | null;
};

/** Titles, numbers and profiles are values like any other, with the file as their source; what it said before is not said twice. */
async function keepValues(
  tx: Tx,
  people: readonly { person: ReadRow; id: string }[],
  now: Date,
  { provider, ledgerId }: Source,
): Promise<void> {
  const told = people.flatMap(({ person, id }) => valuesOf(person, id));
  if (told.length === 0) return;
  const ids = [...new Set(told.map(({ personId }) => personId))];
  const before = await tx.rows(readObservationsOf, ids);
  const keyOf = ({ personId, field, value }: Pick<Value, 'personId' | 'value'> & { field: string }) =>
    `${personId} ${field} ${value}`;
  const known = new Set(before.filter((one) => one.provider === provider).map(keyOf));
  const fresh = [...new Map(told.map((value) => [keyOf(value), value])).values()].filter(
    (value) => !known.has(keyOf(value)),
  );
  if (fresh.length === 0) return;
  const waterfall = WaterfallBody.parse((await publishedDocument(tx, 'waterfall')).body);
  const made = fresh.map((value) => ({
    ...value,
    id: newId(now),
    provider,
    ledgerId,
    confidence: null,
    verification: null,
    costMicros: 0,
  }));
  await insertObservations(tx, made, waterfall, now);
  const observationsOf = Map.groupBy(await tx.rows(readObservationsOf, ids), ({ personId }) => personId);
  await writeVisible(
    tx,
    ids.map((personId) => ({
      personId,
      surviving: judged(observationsOf.get(personId) ?? [], waterfall, now),
    })),
    now,
  );
}

function valuesOf({ title, phone, linkedinUrl }: ReadRow, personId: string): Value[] {
  const lineType = phone === null ? null : lineTypeOf(phone);
  return [
    ...(title === null ? [] : [{ personId, field: 'title' as const, value: title, lineType: null }]),
    ...(linkedinUrl === null
      ? []
      : [{ personId, field: 'linkedin_url' as const, value: linkedinUrl, lineType: null }]),
    ...(phone === null
      ? []
      : [
          {
            personId,
            field: lineType === 'landline' ? ('direct_dial' as const) : ('mobile' as const),
            value: phone,
            lineType,
          },
        ]),
  ];
}
