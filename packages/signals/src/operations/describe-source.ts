import { identifyCompany } from '@penstock/accounts/identify-company';
import { Done, plainText } from '@penstock/kernel/contract';
import { DomainError } from '@penstock/kernel/domain-error';
import { newId } from '@penstock/kernel/ids';
import { statement } from '@penstock/store/statement';
import { command } from '@penstock/workspace/operation';
import { z } from 'zod';

import { DescribedSettingsInput } from '../contracts.ts';
import { SourceError, type DescribedSettings, type ListedItem } from '../source-port.ts';
import { assertNotWatched } from './add-source.ts';

const Secret = z
  .string()
  .trim()
  .min(1)
  .max(4_000)
  .regex(/^[\x21-\x7e]+$/, 'holds spaces or characters that no key has')
  .nullable();

const insertDescribed = statement(
  'insert_described_source',
  `insert into source_watch (workspace_id, id, source, name, settings, secret_sealed, due_at) values ($1, $2, $3, $4, $5::jsonb, $6, $7)`,
);

/** What a reply gives, tried before it is saved. */
export type TriedReply = {
  items: { item: ListedItem; company: string; domain: string; kind: string }[];
  leftOut: number;
};
export type Describing = {
  seal: (secret: string) => string;
  /** Asks the described address once and reads it. @throws SourceError */
  tryOut(workspaceId: string, settings: DescribedSettings, secret: string | null): Promise<TriedReply>;
};

const MOST_SHOWN = 25;
const Hit = z.object({
  title: z.string(),
  company: z.string(),
  domain: z.string(),
  kind: z.string(),
  /** ISO; null where the item does not say. */
  publishedAt: z.string().nullable(),
  link: z.string(),
  /** The account that would be told of, or why none is certain. */
  account: z.string().nullable(),
  match: z.enum(['account', 'ambiguous', 'new']),
});
const Tried = z.object({
  /** Why it could not be read; empty for a reply that can be. */
  fault: z.string(),
  items: z.int(),
  leftOut: z.int(),
  hits: z.array(Hit),
});

/** Sources that RevOps describes without code. */
export function describedSourceOperations(deps: Describing) {
  return { describe: describeOperation(deps), tryOut: tryOperation(deps) };
}

const describeOperation = ({ seal }: Describing) =>
  command({
    name: 'sources.describe',
    lane: 'hot',
    permission: 'providers.manage',
    summary:
      'Watch an address that answers with JSON: where its items are, what stands where in each, and what they tell. What is there at the first look is no news.',
    input: z.strictObject({
      name: plainText(80).pipe(z.string().min(2, 'is too short')),
      settings: DescribedSettingsInput,
      secret: Secret,
    }),
    output: Done,
    async run({ tx, now }, { name, settings, secret }) {
      assertSecret(settings, secret);
      await assertNotWatched(tx, settings.url);
      const id = newId(now);
      const sealed = secret === null ? '' : seal(secret);
      await tx.rows(insertDescribed, id, `described/${id}`, name, JSON.stringify(settings), sealed, now);
      return {
        output: { id },
        audit: {
          action: 'source.added',
          subjectKind: 'source_watch',
          subjectId: id,
          detail: { kind: settings.kind },
        },
        events: [{ kind: 'source.changed', payload: { watchId: id } }],
      };
    },
  });

function assertSecret(settings: DescribedSettings, secret: string | null): void {
  if (settings.secret !== null && secret === null)
    throw new DomainError('invalid', 'secret: the key is missing. Type it in, or say that none is needed.');
  if (settings.secret === null && secret !== null)
    throw new DomainError('invalid', 'secret: say where in the request the key belongs.');
}

const tryOperation = ({ tryOut }: Describing) =>
  command({
    name: 'sources.try',
    lane: 'hot',
    permission: 'providers.manage',
    summary: 'Ask a described address once and show what would be read from it. Nothing is kept.',
    input: z.strictObject({ settings: DescribedSettingsInput, secret: Secret }),
    output: Tried,
    // It asks the outside world: before the transaction, not in it.
    prepare: async ({ actor }, { settings, secret }) => {
      assertSecret(settings, secret);
      try {
        return { reply: await tryOut(actor.workspaceId, settings, secret), fault: '' };
      } catch (error) {
        if (!(error instanceof SourceError)) throw error;
        return { reply: null, fault: `${error.fault}: ${error.detail}` };
      }
    },
    async run({ tx, prepared: { reply, fault } }) {
      const hits: z.input<typeof Hit>[] = [];
      for (const { item, company, domain, kind } of (reply?.items ?? []).slice(0, MOST_SHOWN)) {
        const match = await identifyCompany(tx, {
          name: company === '' ? domain : company,
          formerNames: [],
          ids: [],
          domain: domain === '' ? null : domain,
          city: null,
          region: null,
          country: null,
        });
        hits.push({
          title: item.title,
          company,
          domain,
          kind,
          publishedAt: item.publishedAt === '' ? null : item.publishedAt,
          link: item.publicUrl,
          account: match.kind === 'known' ? match.account.name : null,
          match: match.kind === 'known' ? 'account' : match.kind === 'ambiguous' ? 'ambiguous' : 'new',
        });
      }
      return {
        output: { fault, items: reply?.items.length ?? 0, leftOut: reply?.leftOut ?? 0, hits },
        audit: { action: 'source.tried', subjectKind: 'source_watch', subjectId: '', detail: { fault } },
      };
    },
  });
