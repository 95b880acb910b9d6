import { DomainError } from '@penstock/kernel/domain-error';
import { newId } from '@penstock/kernel/ids';
import { statement } from '@penstock/store/statement';
import { one, type Tx } from '@penstock/store/tx';
import { command, query } from '@penstock/workspace/operation';
import { z } from 'zod';

import { adaptersIn, manifestsIn, type Catalogue } from '../described-providers.ts';
import { liftBlocks } from '../call-gate/call-gate.ts';
import { ProviderRow } from '../contracts.ts';
import type { BlockReason } from '../model/blocks.ts';
import { priceMicros } from '../model/planner.ts';
import type { WaterfallDeps } from '../waterfall-run.ts';
import { checkKey } from '../check-key.ts';
import type { Capability, ProviderAdapter, ProviderManifest, RateLimit } from '../provider-port.ts';

type Spend = { provider: string; spentMicros: number; calls: number; unknownCalls: number };
const readSpend = statement<Spend>(
  'read_provider_spend',
  `select provider, coalesce(sum(charged_micros), 0)::bigint as "spentMicros", count(*)::int as calls,
     (count(*) filter (where state = 'unknown'))::int as "unknownCalls" from spend_ledger where workspace_id = $1 group by provider`,
);
type Credential = {
  id: string;
  provider: string;
  label: string;
  lastFour: string;
  balanceCredits: number | null;
  balanceAt: Date | null;
};
const readLabels = statement<Credential>(
  'read_credential_labels',
  `select distinct on (provider) id, provider, label, last_four as "lastFour", balance_credits as "balanceCredits", balance_at as "balanceAt" from provider_credential
   where workspace_id = $1 and active order by provider, created_at desc`,
);
type Terms = {
  provider: string;
  barredCountries: string[];
  asksUnknownCountry: boolean;
  keepDays: number | null;
};
const readTerms = statement<Terms>(
  'read_provider_terms',
  `select provider, barred_countries as "barredCountries", asks_unknown_country as "asksUnknownCountry", keep_days as "keepDays" from provider_terms where workspace_id = $1`,
);
type Block = { credentialId: string; reason: BlockReason; until: Date };
const readBlocks = statement<Block>(
  'read_provider_blocks',
  `select distinct on (credential_id) credential_id as "credentialId", reason, blocked_until as until from provider_block
   where workspace_id = $1 and blocked_until > $2 order by credential_id, blocked_until desc`,
);
const upsertCredential = statement<{ id: string }>(
  'upsert_credential',
  `insert into provider_credential (workspace_id, id, provider, label, secret_sealed, last_four, created_at, limits)
   values ($1, $2, $3, $4, $5, $6, $7, $8::jsonb)
   on conflict (workspace_id, provider, label) do update set secret_sealed = excluded.secret_sealed, last_four = excluded.last_four, active = true, limits = excluded.limits
   returning id`,
);
const noteBalance = statement(
  'note_key_balance',
  'update provider_credential set balance_credits = $3, balance_at = $4 where workspace_id = $1 and id = $2',
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

const Limit = z.object({
  requests: z.int().min(1).max(1_000_000),
  windowSeconds: z.int().min(1).max(86_400),
});

/** Providers with price, credential and what was spent; and the way to give them a key. */
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
      const spends = await tx.rows(readSpend);
      const credentials = await tx.rows(readLabels);
      const blocks = await tx.rows(readBlocks, now);
      const terms = await tx.rows(readTerms);
      const manifests = await manifestsIn(tx, deps);
      return { items: manifests.map((manifest) => toRow(manifest, { spends, credentials, blocks, terms })) };
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
      limits: z.array(Limit).max(5).optional(),
    }),
    output: z.object({
      id: z.string(),
      /** Whether the vendor was asked, for free, and takes the key. */
      checked: z.enum(['taken', 'not_checked']),
      credits: z.number().nullable(),
    }),
    async run({ tx, now }, input) {
      const adapter = await refuseKey(tx, deps, input);
      const sealed = deps.seal(input.secret);
      const check = await checkKey(deps.send, tx.workspaceId, adapter, sealed);
      if (check.state === 'refused') throw refused(adapter);
      const { id } = await one(
        tx,
        upsertCredential,
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
      await tx.rows(noteBalance, id, credits, credits === null ? null : now);
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
function limitsOf(input: { secret: string; limits?: z.output<typeof Limit>[] | undefined }): string | null {
  if (input.limits === undefined)
    return SANDBOX_KEY.test(input.secret) && !LIMITED_SANDBOX_KEY.test(input.secret) ? '[]' : null;
  const limits = input.limits.map(({ requests, windowSeconds }): RateLimit => ({
    requests,
    windowMs: windowSeconds * 1_000,
    window: 'rolling',
    scope: 'credential',
    counts: 'requests',
  }));
  return JSON.stringify(limits);
}

function givesOf(offered: Capability): string[] {
  if (offered.kind === 'verify_email') return ['e-mail verdict'];
  if (offered.kind === 'lookup_phone') return ['line type'];
  return offered.kind === 'search_people' ? ['people of a company'] : [...offered.gives];
}

const termsOf = (row: Terms | undefined): z.input<typeof ProviderRow>['terms'] => ({
  barredCountries: row?.barredCountries ?? [],
  asksUnknownCountry: row?.asksUnknownCountry ?? true,
  keepDays: row?.keepDays ?? null,
});

function toRow(
  manifest: ProviderManifest,
  known: {
    spends: readonly Spend[];
    credentials: readonly Credential[];
    blocks: readonly Block[];
    terms: readonly Terms[];
  },
): z.input<typeof ProviderRow> {
  const spend = known.spends.find((row) => row.provider === manifest.id);
  const credential = known.credentials.find((row) => row.provider === manifest.id);
  const block = known.blocks.find((row) => row.credentialId === credential?.id);
  return {
    id: manifest.id,
    name: manifest.name,
    host: manifest.host,
    capabilities: manifest.capabilities.map((offered) => ({
      id: offered.id,
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
    credential: credential
      ? {
          id: credential.id,
          label: credential.label,
          lastFour: credential.lastFour,
          balance:
            credential.balanceCredits === null || credential.balanceAt === null
              ? null
              : { credits: credential.balanceCredits, at: credential.balanceAt.toISOString() },
        }
      : null,
    spentMicros: spend?.spentMicros ?? 0,
    calls: spend?.calls ?? 0,
    unknownCalls: spend?.unknownCalls ?? 0,
    blocked: block ? { reason: block.reason, until: block.until.toISOString() } : null,
  };
}
