import { plainText } from '@penstock/kernel/contract';
import { DomainError } from '@penstock/kernel/domain-error';
import { statement } from '@penstock/store/statement';
import { command } from '@penstock/workspace/operation';
import { z } from 'zod';

import { manifestsIn, type Catalogue } from '../described-providers.ts';
import { LAWFUL_BASES } from '../model/provider-terms.ts';

const save = statement(
  'save_provider_terms',
  `insert into provider_terms (workspace_id, provider, barred_countries, asks_unknown_country, keep_days, updated_by, updated_at, lawful_basis, basis_note)
   values ($1, $2, $3::text[], $4, $5, $6, $7, $8, $9)
   on conflict (workspace_id, provider) do update set barred_countries = excluded.barred_countries, asks_unknown_country = excluded.asks_unknown_country,
     lawful_basis = excluded.lawful_basis, basis_note = excluded.basis_note, keep_days = excluded.keep_days, updated_by = excluded.updated_by, updated_at = excluded.updated_at`,
);

export const Country = z
  .string()
  .trim()
  .toUpperCase()
  .regex(/^[A-Z]{2}$/, 'a country of two letters, like DE');

/** About whom a provider may be asked, and how long its values are kept. */
export const setProviderTermsOperation = (catalogue: Catalogue) =>
  command({
    name: 'enrichment.setProviderTerms',
    lane: 'hot',
    permission: 'providers.manage',
    summary:
      'Say about people of which countries a provider is not asked, and after how many days its values are removed.',
    input: z.object({
      provider: z.string().min(1).max(60),
      barredCountries: z.array(Country).max(250),
      asksUnknownCountry: z.boolean(),
      /** Null for as long as the vendor allows. */
      keepDays: z.int().min(1).max(3_650).nullable(),
      /** On what asking it rests, where that is another than the workspace's own; null for that one. */
      lawfulBasis: z.enum(LAWFUL_BASES).nullable().default(null),
      /** Where it is written down: an assessment, a contract. */
      basisNote: plainText(500).default(''),
    }),
    output: z.object({ provider: z.string() }),
    async run({ tx, actor, now }, input) {
      const { provider, asksUnknownCountry, keepDays, lawfulBasis, basisNote } = input;
      const barred = [...new Set(input.barredCountries)].toSorted();
      const manifest = (await manifestsIn(tx, catalogue)).find(({ id }) => id === provider);
      if (!manifest) throw new DomainError('not_found', 'There is no such provider.');
      const { retentionDays } = manifest;
      if (keepDays !== null && retentionDays !== null && keepDays > retentionDays)
        throw new DomainError(
          'invalid',
          `keepDays: the vendor lets its data be kept ${retentionDays} days at most.`,
          {
            issues: [
              {
                field: 'keepDays',
                problem: `is above ${retentionDays}`,
                remedy: `Send at most ${retentionDays}.`,
              },
            ],
          },
        );
      await tx.rows(
        save,
        provider,
        barred,
        asksUnknownCountry,
        keepDays,
        actor.id,
        now,
        lawfulBasis ?? '',
        basisNote,
      );
      return {
        output: { provider },
        audit: {
          action: 'provider.terms_set',
          subjectKind: 'provider',
          subjectId: provider,
          detail: { provider, barredCountries: barred, asksUnknownCountry, keepDays, lawfulBasis },
        },
        events: [{ kind: 'settings.changed', payload: { what: 'providers' } }],
      };
    },
  });
