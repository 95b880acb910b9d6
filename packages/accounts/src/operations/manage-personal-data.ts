import { DomainError } from '@penstock/kernel/domain-error';
import { erasePersonalData, exportPersonalData } from '@penstock/store/personal-data';
import { statement } from '@penstock/store/statement';
import { maybeOne, one, type Tx } from '@penstock/store/tx';
import { command } from '@penstock/workspace/operation';
import { z } from 'zod';

import { onePerson } from '../merge-statements.ts';
import { personReport } from '../model/person-report.ts';
import { suppress } from '../suppression.ts';

type Identity = { givenName: string; familyName: string; emailKey: string | null };
const readIdentity = statement<Identity>(
  'read_person_identity',
  `select given_name as "givenName", family_name as "familyName", email_key as "emailKey" from person where workspace_id = $1 and id = $2 and erased_at is null`,
);
const readAddresses = statement<{ address: string }>(
  'read_addresses_of_person',
  `select email_key as address from person where workspace_id = $1 and id = $2 and email_key is not null
   union select email as address from lead where workspace_id = $1 and person_id = $2 union select value from observation where workspace_id = $1 and person_id = $2 and field = 'work_email'`,
);

async function identityOf(tx: Tx, id: string): Promise<Identity> {
  const person = await maybeOne(tx, readIdentity, id);
  if (!person)
    throw new DomainError(
      'not_found',
      'There is no such person in this workspace, or they were erased already.',
    );
  return person;
}

/** Records that were merged are one person: what is kept about any of them is kept about all. */
async function exportAll(tx: Tx, id: string): Promise<Record<string, unknown[]>> {
  const document: Record<string, unknown[]> = {};
  for (const record of await tx.rows(onePerson, id))
    for (const [table, rows] of Object.entries(await exportPersonalData(tx, record.id)))
      document[table] = [...(document[table] ?? []), ...rows];
  return document;
}

/** A copy of everything that is kept about a person. Recorded in the audit, because it is read out. */
export const exportPerson = command({
  name: 'people.export',
  lane: 'hot',
  permission: 'person.export',
  repeatable: true,
  summary: 'Everything that is kept about a person, with the source of each value.',
  input: z.object({ id: z.uuid() }),
  output: z.object({ document: z.record(z.string(), z.array(z.unknown())) }),
  async run({ tx }, { id }) {
    await identityOf(tx, id);
    return {
      output: { document: await exportAll(tx, id) },
      audit: { action: 'person.exported', subjectKind: 'person', subjectId: id },
    };
  },
});

const readPurpose = statement<{ workspace: string; purpose: string | null }>(
  'read_purpose_of_personal_data',
  `select w.name as workspace, u.purpose from workspace w left join lawful_use u on u.workspace_id = w.workspace_id where w.workspace_id = $1`,
);

/** The same as a document that a person can read, to be handed to whom it is about. */
export const reportPerson = command({
  name: 'people.report',
  lane: 'hot',
  permission: 'person.export',
  repeatable: true,
  summary:
    'Everything that is kept about a person as a readable page (HTML): each value with its source, its date and its lawful basis.',
  input: z.object({ id: z.uuid() }),
  output: z.object({ html: z.string() }),
  async run({ tx, now }, { id }) {
    const { givenName, familyName, emailKey } = await identityOf(tx, id);
    const name = `${givenName} ${familyName}`.trim() || (emailKey ?? '');
    const { workspace, purpose } = await one(tx, readPurpose);
    const document = await exportAll(tx, id);
    return {
      output: { html: personReport({ name, workspace, madeAt: now, purpose, document }) },
      audit: { action: 'person.exported', subjectKind: 'person', subjectId: id },
    };
  },
});

/** Erases a person everywhere and remembers the hash of their addresses, so that nobody looks them up or writes to them again. */
export const erasePerson = command({
  name: 'people.erase',
  lane: 'hot',
  permission: 'person.erase',
  summary: 'Erase a person in every place. Cannot be undone; asks for the name.',
  input: z.object({ id: z.uuid(), confirmName: z.string().trim().max(300) }),
  output: z.object({ id: z.string(), erasedColumns: z.int() }),
  async run({ tx, now }, { id, confirmName }) {
    const person = await identityOf(tx, id);
    const name = `${person.givenName} ${person.familyName}`.trim() || (person.emailKey ?? '');
    if (confirmName.toLowerCase() !== name.toLowerCase()) {
      throw new DomainError(
        'invalid',
        'The name does not match. Type the name of the person exactly as it is shown.',
        {
          issues: [
            {
              field: 'confirmName',
              problem: 'does not match',
              remedy: 'Type the name exactly as it is shown.',
            },
          ],
        },
      );
    }
    let erasedColumns = 0;
    for (const record of await tx.rows(onePerson, id)) {
      const addresses = (await tx.rows(readAddresses, record.id)).map((row) => row.address);
      await suppress(tx, [...new Set(addresses)], 'erased', now);
      erasedColumns += await erasePersonalData(tx, record.id, now);
    }
    return {
      output: { id, erasedColumns },
      audit: { action: 'person.erased', subjectKind: 'person', subjectId: id, detail: { erasedColumns } },
      events: [{ kind: 'person.changed', payload: { personId: id } }],
    };
  },
});
