import { identifyCompany } from '@penstock/accounts/identify-company';
import { Done, plainText } from '@penstock/kernel/contract';
import { newId } from '@penstock/kernel/ids';
import { maybeOne, type Tx } from '@penstock/store/tx';
import { command } from '@penstock/workspace/operation';
import { z } from 'zod';

import { DescribedSettingsInput } from '../contracts.ts';
import { SIGNAL_KINDS } from '../model/signal-kind.ts';
import { SourceError, type DescribedSettings, type ListedItem, type SignalKind } from '../source-port.ts';
import { insertDescribed, readDescribedSource } from '../described-statements.ts';
import { assertNotWatched } from './add-source.ts';
import { DescribedSecret, secretFor } from './described-secret.ts';
import { editOperations, keepVersion } from './edit-source.ts';

/** What a reply gives, tried before it is saved. */
export type TriedReply = {
  items: { item: ListedItem; company: string; domain: string; kind: SignalKind }[];
  leftOut: number;
  /** Pages that were asked for. */
  pages: number;
  /** What is to be said of the pages: that more follow, or that they don't end. */
  note: string;
};
export type Describing = {
  seal: (secret: string) => string;
  unseal: (sealed: string) => string;
  /** Asks the described address for its first pages and reads them. @throws SourceError */
  tryOut(workspaceId: string, settings: DescribedSettings, secret: string | null): Promise<TriedReply>;
};

const MOST_SHOWN = 25;
const Hit = z.object({
  title: z.string(),
  company: z.string(),
  domain: z.string(),
  /** As people call it. */
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
  pages: z.int(),
  note: z.string(),
  hits: z.array(Hit),
});

/** Sources that RevOps describes without code. */
export function describedSourceOperations(deps: Describing) {
  return { describe: describeOperation(deps), tryOut: tryOperation(deps), ...editOperations(deps) };
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
      secret: DescribedSecret,
    }),
    output: Done,
    async run({ tx, actor, now }, { name, settings, secret }) {
      secretFor(settings, secret, null);
      await assertNotWatched(tx, settings.url);
      const id = newId(now);
      const sealed = secret === null ? '' : seal(secret);
      await tx.rows(insertDescribed, id, `described/${id}`, name, JSON.stringify(settings), sealed, now);
      await keepVersion(tx, { id, name, settings, note: 'As it was described first' }, { actor, now });
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

const tryOperation = ({ tryOut, unseal }: Describing) =>
  command({
    name: 'sources.try',
    lane: 'hot',
    permission: 'providers.manage',
    summary:
      'Ask a described address for its first pages and show what would be read from them. Nothing is kept.',
    input: z.strictObject({
      settings: DescribedSettingsInput,
      secret: DescribedSecret,
      /** A source that is changed: its stored key is used where none is typed in. */
      id: z.uuid().optional(),
    }),
    output: Tried,
    // It asks the outside world: before the transaction, not in it.
    prepare: async ({ store, actor }, { settings, secret, id }) => {
      const stored =
        id === undefined
          ? null
          : await store.reading(actor.workspaceId, (tx) => maybeOne(tx, readDescribedSource, id));
      const { typed, sealed } = secretFor(settings, secret, stored);
      const key = typed ?? (sealed === '' ? null : unseal(sealed));
      try {
        return { reply: await tryOut(actor.workspaceId, settings, key), fault: '' };
      } catch (error) {
        if (!(error instanceof SourceError)) throw error;
        return { reply: null, fault: `${error.fault}: ${error.detail}` };
      }
    },
    async run({ tx, prepared: { reply, fault } }) {
      const hits: z.input<typeof Hit>[] = [];
      for (const one of (reply?.items ?? []).slice(0, MOST_SHOWN)) hits.push(await hitOf(tx, one));
      return {
        output: {
          fault,
          items: reply?.items.length ?? 0,
          leftOut: reply?.leftOut ?? 0,
          pages: reply?.pages ?? 0,
          note: reply?.note ?? '',
          hits,
        },
        audit: { action: 'source.tried', subjectKind: 'source_watch', subjectId: '', detail: { fault } },
      };
    },
  });

async function hitOf(
  tx: Tx,
  { item, company, domain, kind }: TriedReply['items'][number],
): Promise<z.input<typeof Hit>> {
  const match = await identifyCompany(tx, {
    name: company === '' ? domain : company,
    formerNames: [],
    ids: [],
    domain: domain === '' ? null : domain,
    city: null,
    region: null,
    country: null,
  });
  return {
    title: item.title,
    company,
    domain,
    kind: SIGNAL_KINDS[kind].label,
    publishedAt: item.publishedAt === '' ? null : item.publishedAt,
    link: item.publicUrl,
    account: match.kind === 'known' ? match.account.name : null,
    match: match.kind === 'known' ? 'account' : match.kind === 'ambiguous' ? 'ambiguous' : 'new',
  };
}
