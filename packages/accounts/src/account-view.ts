import type { z } from 'zod';

import type { AccountRecord, PersonRecord, ValueRecord } from './account-statements.ts';
import type { AccountRow, PersonCard, SourcedValue } from './contracts.ts';

export function viewAccount(row: AccountRecord): z.input<typeof AccountRow> {
  return {
    id: row.id,
    name: row.name,
    domain: row.domain,
    state: row.state,
    industry: row.industry,
    employeeCount: row.employeeCount,
    country: row.country,
    owner: row.ownerId === null ? null : { id: row.ownerId, name: row.ownerName ?? '' },
    updatedAt: row.updatedAt,
  };
}

export function viewPerson(person: PersonRecord, values: readonly ValueRecord[]): z.input<typeof PersonCard> {
  return {
    id: person.id,
    name: `${person.givenName} ${person.familyName}`.trim() || 'Unknown name',
    email: person.emailKey,
    country: person.country,
    doNotCall: person.doNotCall,
    leftAt: person.leftAt,
    champion:
      person.championTier === null || person.championState === null
        ? null
        : { tier: person.championTier, state: person.championState },
    values: valuesOf(person.id, values),
  };
}

export function valuesOf(subjectId: string, values: readonly ValueRecord[]): z.input<typeof SourcedValue>[] {
  return values.filter((value) => value.subjectId === subjectId).map(({ subjectId: _, ...shown }) => shown);
}
