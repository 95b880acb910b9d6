import { DomainError } from '@penstock/kernel/domain-error';
import { statement } from '@penstock/store/statement';
import { publishedDocument } from '@penstock/workspace/documents';
import { command, query } from '@penstock/workspace/operation';
import { z } from 'zod';

import { readDescribed } from '../described-providers.ts';
import { Field, Input, WaterfallBody } from '../waterfall-document.ts';

const upsert = statement(
  'upsert_described_provider',
  `insert into described_provider (workspace_id, id, definition, created_by, created_at, updated_at) values ($1, $2, $3::jsonb, $4, $5, $5)
   on conflict (workspace_id, id) do update set definition = excluded.definition, updated_at = excluded.updated_at`,
);
const remove = statement<{ id: string }>(
  'remove_described_provider',
  'delete from described_provider where workspace_id = $1 and id = $2 returning id',
);
const retireKeys = statement(
  'retire_keys_of_provider',
  'update provider_credential set active = false where workspace_id = $1 and provider = $2',
);

/** What a test call is made with: nobody of this workspace, just what is typed in. */
export type TryInput = { providerId: string; known: Record<string, string> };
const Tried = z.object({
  outcome: z.enum(['hit', 'miss', 'verified', 'fault']),
  /** In words: fields, verdict, reason or fault. */
  detail: z.string(),
  values: z.array(z.object({ field: Field, value: z.string() })),
  chargedMicros: z.int(),
  latencyMs: z.int().nullable(),
  request: z.string(),
});
export type Tried = z.input<typeof Tried>;

/** Vendors that RevOps describes without code. `definition` is the contract of a description. */
export function describedOperations<Definition extends z.ZodType<{ id: string; name: string }>>(deps: {
  definition: Definition;
  tryCall(workspaceId: string, input: TryInput, now: Date): Promise<Tried>;
}) {
  const list = query({
    name: 'enrichment.describedProviders',
    lane: 'hot',
    permission: 'settings.read',
    summary: 'Vendors that this workspace describes itself.',
    input: z.object({}),
    output: z.object({ items: z.array(z.record(z.string(), z.unknown())) }),
    async run({ tx }) {
      const rows = await tx.rows(readDescribed);
      return { items: rows.map(({ definition }) => z.record(z.string(), z.unknown()).parse(definition)) };
    },
  });
  const save = command({
    name: 'enrichment.describeProvider',
    lane: 'hot',
    permission: 'providers.manage',
    summary:
      'Describe a vendor without code: URL, headers, mapping, what counts as a hit, price. The same id again replaces it.',
    input: deps.definition,
    output: z.object({ id: z.string() }),
    async run({ tx, actor, now }, definition) {
      const { id } = definition;
      await tx.rows(upsert, id, JSON.stringify(definition), actor.id, now);
      return {
        output: { id },
        audit: {
          action: 'provider.described',
          subjectKind: 'provider',
          subjectId: id,
          detail: { provider: id },
        },
        events: [{ kind: 'settings.changed', payload: { what: 'providers' } }],
      };
    },
  });
  return { list, save, remove: removeOperation, tryOut: tryOperation(deps.tryCall) };
}

const removeOperation = command({
  name: 'enrichment.removeProvider',
  lane: 'hot',
  permission: 'providers.manage',
  summary:
    'Remove a described vendor and retire its keys. What it told is kept; the published waterfall may not use it.',
  input: z.object({ id: z.string().min(1).max(60) }),
  output: z.object({ id: z.string() }),
  async run({ tx }, { id }) {
    const { steps } = WaterfallBody.parse((await publishedDocument(tx, 'waterfall')).body);
    if (steps.some(({ provider }) => provider === id))
      throw new DomainError(
        'conflict',
        'The published waterfall asks this provider. Publish a version without it first.',
      );
    if ((await tx.rows(remove, id)).length === 0)
      throw new DomainError('not_found', 'There is no described provider with this id.');
    await tx.rows(retireKeys, id);
    return {
      output: { id },
      audit: { action: 'provider.removed', subjectKind: 'provider', subjectId: id, detail: { provider: id } },
      events: [{ kind: 'settings.changed', payload: { what: 'providers' } }],
    };
  },
});

const tryOperation = (tryCall: (workspaceId: string, input: TryInput, now: Date) => Promise<Tried>) =>
  command({
    name: 'enrichment.tryProvider',
    lane: 'hot',
    permission: 'providers.manage',
    summary:
      'Ask a described vendor once, with what is typed in. It may cost what a call costs, and is in the ledger.',
    input: z.object({
      providerId: z.string().min(1).max(60),
      known: z.partialRecord(Input, z.string().trim().max(200)),
    }),
    output: Tried,
    // Its answer is about a person who is not in the workspace: it is kept nowhere.
    shownOnce: true,
    async run({ tx, now }, { providerId, known }) {
      const tried = await tryCall(tx.workspaceId, { providerId, known }, now);
      return {
        output: tried,
        audit: {
          action: 'provider.tried',
          subjectKind: 'provider',
          subjectId: providerId,
          detail: { provider: providerId, outcome: tried.outcome },
        },
      };
    },
  });
