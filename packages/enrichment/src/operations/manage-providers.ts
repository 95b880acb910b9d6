import { DomainError } from '@penstock/kernel/domain-error';
import { newId } from '@penstock/kernel/ids';
import { statement } from '@penstock/store/statement';
import { one, type Tx } from '@penstock/store/tx';
import { command, query } from '@penstock/workspace/operation';
import { z } from 'zod';

import { adaptersIn, manifestsIn, type Catalogue } from '../described-providers.ts';
import { liftBlocks } from '../call-gate/call-gate.ts';
import { ProviderRow } from '../contracts.ts';
import * as sql from '../key-statements.ts';
import { KeyLimits, toKeyLimits, toRateLimits } from '../key-limits.ts';
import { priceMicros } from '../model/planner.ts';
import type { LawfulBasis } from '../model/provider-terms.ts';
import type { WaterfallDeps } from '../waterfall-run.ts';
import { checkKey } from '../check-key.ts';
import type { Capability, ProviderAdapter, ProviderManifest } from '../provider-port.ts';
import { readSpend, type Spend } from '../spend-sums.ts';

/** What is known of a key without its secret. */
function keyView(
  { id, label, lastFour, limits, calls, balanceCredits, balanceAt }: sql.KeyRow,
  blocks: readonly sql.Block[],
): z.input<typeof ProviderRow>['keys'][number] {
  const block = blocks.find(({ credentialId }) => credentialId === id);
  return {
    id,
    label,
    lastFour,
    calls,
    limits: limits && toKeyLimits(limits),
    balance:
      balanceCredits === null || balanceAt === null
        ? null
        : { credits: balanceCredits, at: balanceAt.toISOString() },
    blocked: block ? { reason: block.reason, until: block.until.toISOString() } : null,
  };
}

type Terms = {
  provider: string;
  barredCountries: string[];
  asksUnknownCountry: boolean;
  keepDays: number | null;
  lawfulBasis: LawfulBasis | null;
  basisNote: string;
};
const readTerms = statement<Terms>(
  'read_provider_terms',
  `select provider, barred_countries as "barredCountries", asks_unknown_country as "asksUnknownCountry", keep_days as "keepDays", nullif(lawful_basis, '') as "lawfulBasis", basis_note as "basisNote" from provider_terms where workspace_id = $1`,
);
const workspaceKind = statement<{ kind: 'sandbox' | 'real' }>(
  'read_workspace_kind',
  'select kind from workspace where workspace_id = $1',
);

export type ProviderSettingsDeps = Catalogue & {
  /** Encrypts a secret before it touches the database. */
  seal: (secret: string) => string;
  /** The way out to vendors, for a free look at the account behind a key. */
  send: WaterfallDeps['send'];
};

const SANDBOX_KEY = /^sandbox_/;
/** The simulators limit only these, as the vendors would. */
const LIMITED_SANDBOX_KEY = /^sandbox_limited/;

/** Providers with price, keys and what was spent; and the way to give them a key. */
export function providerOperations(deps: ProviderSettingsDeps) {
  return { list: listOperation(deps), save: saveOperation(deps) };
}

function listOperation(deps: ProviderSettingsDeps) {
  return query({
    name: 'enrichment.providers',
    lane: 'hot',
    permission: 'settings.read',
    summary: 'Providers, their prices, credentials and what was spent on them.',
    input: z.object({}),
    output: z.object({ items: z.array(ProviderRow) }),
    async run({ tx, now }) {
      const spends = await tx.rows(readSpend, now);
      const keys = await tx.rows(sql.readKeys, now);
      const blocks = await tx.rows(sql.readBlocks, now);
      const terms = await tx.rows(readTerms);
      const manifests = await manifestsIn(tx, deps);
      return { items: manifests.map((manifest) => toRow(manifest, { spends, keys, blocks, terms })) };
    },
  });
}

function saveOperation(deps: ProviderSettingsDeps) {
  return command({
    name: 'settings.saveCredential',
    lane: 'hot',
    permission: 'providers.manage',
    summary:
      "Store a provider's key, encrypted, once the vendor takes it where it can be asked for free. A sandbox workspace takes only sandbox keys.",
    input: z.object({
      provider: z.string().min(1).max(60),
      label: z.string().trim().min(1).max(60),
      secret: z.string().trim().min(8).max(500),
      /** Of the plan behind the key; left out for those that the vendor publishes. */
      limits: KeyLimits.optional(),
    }),
    output: z.object({
      id: z.string(),
      /** Whether the vendor was asked, for free, and takes the key. */
      checked: z.enum(['taken', 'not_checked']),
      credits: z.number().nullable(),
    }),
    // The vendor is asked before the transaction, not in it.
    async prepare({ store, actor: { workspaceId } }, input) {
      const adapter = await store.reading(workspaceId, (tx) => refuseKey(tx, deps, input));
      const sealed = deps.seal(input.secret);
      const check = await checkKey(deps.send, workspaceId, adapter, sealed);
      if (check.state === 'refused') throw refused(adapter);
      return { sealed, check };
    },
    async run({ tx, now, prepared: { sealed, check } }, input) {
      const { id } = await one(
        tx,
        sql.upsertKey,
        newId(now),
        input.provider,
        input.label,
        sealed,
        input.secret.slice(-4),
        now,
        limitsOf(input),
      );
      // Out of credits or limited was the old key, or the old plan.
      await liftBlocks(tx, id);
      const credits = check.state === 'taken' ? check.credits : null;
      await tx.rows(sql.noteBalance, id, credits, credits === null ? null : now);
      return {
        output: { id, checked: check.state, credits },
        audit: {
          action: 'provider.credential_saved',
          subjectKind: 'provider_credential',
          subjectId: id,
          detail: { provider: input.provider },
        },
        events: [{ kind: 'settings.changed', payload: { what: 'providers' } }],
      };
    },
  });
}

/** A key goes to a provider that there is, and sandbox keys to the sandbox alone. */
async function refuseKey(
  tx: Tx,
  deps: ProviderSettingsDeps,
  input: { provider: string; secret: string },
): Promise<ProviderAdapter> {
  const adapter = (await adaptersIn(tx, deps)).get(input.provider);
  if (!adapter)
    throw new DomainError('invalid', 'provider: there is no such provider.', {
      issues: [
        {
          field: 'provider',
          problem: 'is not known',
          remedy: 'Choose one of the list, or describe it first.',
        },
      ],
    });
  const { kind } = await one(tx, workspaceKind);
  if (kind === 'sandbox' && !SANDBOX_KEY.test(input.secret)) {
    throw new DomainError(
      'sandbox_only',
      'The sandbox takes no real key. Use one that begins with "sandbox_", or make a real workspace.',
    );
  }
  if (kind === 'real' && SANDBOX_KEY.test(input.secret)) {
    throw new DomainError('invalid', 'This is a sandbox key. A real workspace needs a key from the vendor.');
  }
  return adapter;
}

const refused = ({ manifest }: ProviderAdapter) =>
  new DomainError('invalid', `secret: ${manifest.name} does not take this key. Nothing was stored.`, {
    issues: [
      { field: 'secret', problem: 'is refused by the vendor', remedy: 'Copy it anew from the vendor.' },
    ],
  });

/** As JSON; null for the published ones. */
function limitsOf(input: { secret: string; limits?: z.output<typeof KeyLimits> | undefined }): string | null {
  if (input.limits !== undefined) return JSON.stringify(toRateLimits(input.limits));
  return SANDBOX_KEY.test(input.secret) && !LIMITED_SANDBOX_KEY.test(input.secret) ? '[]' : null;
}

function givesOf(offered: Capability): string[] {
  if (offered.kind === 'verify_email') return ['e-mail verdict'];
  if (offered.kind === 'lookup_phone') return ['line type'];
  if (offered.kind === 'watch_company') return ['news of companies'];
  if (offered.kind === 'check_employment') return ['where a champion works'];
  return offered.kind === 'search_people' ? ['people of a company'] : [...offered.gives];
}

const termsOf = (row: Terms | undefined): z.input<typeof ProviderRow>['terms'] => ({
  barredCountries: row?.barredCountries ?? [],
  asksUnknownCountry: row?.asksUnknownCountry ?? true,
  keepDays: row?.keepDays ?? null,
  lawfulBasis: row?.lawfulBasis ?? null,
  basisNote: row?.basisNote ?? '',
});

function toRow(
  manifest: ProviderManifest,
  known: {
    spends: readonly Spend[];
    keys: readonly sql.KeyRow[];
    blocks: readonly sql.Block[];
    terms: readonly Terms[];
  },
): z.input<typeof ProviderRow> {
  const spend = known.spends.find((row) => row.provider === manifest.id);
  const keys = known.keys.filter((row) => row.provider === manifest.id);
  return {
    id: manifest.id,
    name: manifest.name,
    host: manifest.host,
    capabilities: manifest.capabilities.map((offered) => ({
      id: offered.id,
      kind: offered.kind,
      gives: givesOf(offered),
      priceMicros: priceMicros(offered),
      charged: offered.price.credits === 0 ? 'free' : offered.price.charged,
      priceReadOn: offered.price.readOn,
      mode: offered.mode,
      batchMax: offered.batchMax,
    })),
    region: manifest.region,
    lawfulUse: manifest.lawfulUse,
    retentionDays: manifest.retentionDays,
    terms: termsOf(known.terms.find((row) => row.provider === manifest.id)),
    notes: [...manifest.notes],
    needsKey: manifest.credential.in !== 'none',
    keyUse: keys[0]?.use ?? 'order',
    publishedLimits: toKeyLimits(manifest.limits),
    keys: keys.map((key) => keyView(key, known.blocks)),
    spentMicros: spend?.spentMicros ?? 0,
    calls: spend?.calls ?? 0,
    unknownCalls: spend?.unknownCalls ?? 0,
  };
}
