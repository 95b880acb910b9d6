import { Done, Instant, plainText } from '@penstock/kernel/contract';
import { statement } from '@penstock/store/statement';
import { maybeOne } from '@penstock/store/tx';
import { command, query } from '@penstock/workspace/operation';
import { z } from 'zod';

import { LAWFUL_BASES, type LawfulBasis } from '../model/provider-terms.ts';
import { Country } from './set-provider-terms.ts';

const read = statement<{
  purpose: string;
  basis: LawfulBasis | null;
  neededIn: string[];
  recordedBy: string;
  recordedAt: Date;
}>(
  'read_lawful_use',
  `select u.purpose, nullif(u.basis, '') as basis, u.needed_in as "neededIn", coalesce(m.name, u.recorded_by) as "recordedBy", u.recorded_at as "recordedAt"
   from lawful_use u left join member m on m.workspace_id = u.workspace_id and m.id = u.recorded_by where u.workspace_id = $1`,
);
const save = statement(
  'save_lawful_use',
  `insert into lawful_use (workspace_id, purpose, basis, needed_in, recorded_by, recorded_at) values ($1, $2, $3, $4::text[], $5, $6)
   on conflict (workspace_id) do update set purpose = excluded.purpose, basis = excluded.basis, needed_in = excluded.needed_in,
     recorded_by = excluded.recorded_by, recorded_at = excluded.recorded_at`,
);

export const readLawfulUse = query({
  name: 'enrichment.lawfulUse',
  lane: 'hot',
  permission: 'settings.read',
  summary:
    'Why the workspace keeps data about people, on which basis, and in which countries no provider is asked without one; null while nobody has recorded it.',
  input: z.object({}),
  output: z.object({
    use: z
      .object({
        purpose: z.string(),
        basis: z.enum(LAWFUL_BASES).nullable(),
        neededIn: z.array(z.string()),
        recordedBy: z.string(),
        recordedAt: Instant,
      })
      .nullable(),
  }),
  run: async ({ tx }) => ({ use: await maybeOne(tx, read) }),
});

export const saveLawfulUse = command({
  name: 'enrichment.saveLawfulUse',
  lane: 'hot',
  permission: 'providers.manage',
  summary:
    'Record why data about people is kept and on which basis; a provider without one is passed over in the countries where it is needed.',
  input: z.strictObject({
    purpose: plainText(4_000).pipe(
      z.string().min(20, 'is too short: say what for, why it is needed, and what protects the person'),
    ),
    /** For all providers that have none of their own; null: each needs its own. */
    basis: z.enum(LAWFUL_BASES).nullable(),
    neededIn: z.array(Country).max(250),
  }),
  output: Done,
  async run({ tx, actor, now }, { purpose, basis, neededIn }) {
    const countries = [...new Set(neededIn)].toSorted();
    await tx.rows(save, purpose, basis ?? '', countries, actor.id, now);
    return {
      output: { id: tx.workspaceId },
      audit: {
        action: 'lawful_use.recorded',
        subjectKind: 'workspace',
        subjectId: tx.workspaceId,
        detail: { basis, neededIn: countries },
      },
      events: [{ kind: 'settings.changed', payload: { what: 'providers' } }],
    };
  },
});
