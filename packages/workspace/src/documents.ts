import { DomainError } from '@penstock/kernel/domain-error';
import { newId } from '@penstock/kernel/ids';
import { invariant } from '@penstock/kernel/invariant';
import { statement } from '@penstock/store/statement';
import { maybeOne, one, type Tx } from '@penstock/store/tx';
import type { z } from 'zod';

/** Everything that RevOps versions goes through here: draft → publish (with a note) → roll back. */
export type DocumentKind =
  | 'waterfall'
  | 'icp'
  | 'intent_model'
  | 'routing'
  | 'pipeline'
  | 'mail_template'
  | 'watch_rules'
  | 'queues'
  | 'first_messages'
  | 'win_model'
  | 'title_rules'
  /** One document for each source that was described, by the id of its watch. */
  | 'described_source';

export type DocumentVersion = {
  documentId: string;
  versionId: string;
  number: number;
  state: 'draft' | 'published' | 'retired';
  body: unknown;
  note: string;
  authorId: string;
  createdAt: Date;
  publishedAt: Date | null;
};

const VERSION = `d.id as "documentId", v.id as "versionId", v.number, v.state, v.body, v.note, v.author_id as "authorId",
  v.created_at as "createdAt", v.published_at as "publishedAt"`;

const readPublished = statement<DocumentVersion>(
  'read_published_document',
  `select ${VERSION} from document d join document_version v on v.workspace_id = d.workspace_id and v.id = d.published_version_id
   where d.workspace_id = $1 and d.kind = $2 and d.name = $3`,
);
const readVersions = statement<DocumentVersion>(
  'read_document_versions',
  `select ${VERSION} from document d join document_version v on v.workspace_id = d.workspace_id and v.document_id = d.id
   where d.workspace_id = $1 and d.kind = $2 and d.name = $3 order by v.number desc limit 50`,
);
const insertDocument = statement<{ id: string }>(
  'insert_document',
  `insert into document (workspace_id, id, kind, name, created_at) values ($1, $2, $3, $4, $5)
   on conflict (workspace_id, kind, name) do update set name = excluded.name returning id`,
);
const upsertDraft = statement<{ id: string }>(
  'upsert_draft',
  `insert into document_version (workspace_id, id, document_id, number, state, body, note, author_id, created_at)
   select $1, $2, $3::uuid, coalesce(max(number), 0) + 1, 'draft', $4::jsonb, $5, $6, $7
   from document_version where workspace_id = $1 and document_id = $3::uuid
   on conflict (workspace_id, document_id) where state = 'draft'
   do update set body = excluded.body, note = excluded.note, author_id = excluded.author_id returning id`,
);
const lockDocument = statement<{ id: string }>(
  'lock_document',
  'select id from document where workspace_id = $1 and id = $2 for update',
);
const retirePublished = statement(
  'retire_published',
  `update document_version set state = 'retired' where workspace_id = $1 and document_id = $2 and state = 'published' and id <> $3`,
);
const publishVersion = statement<{ id: string }>(
  'publish_version',
  `update document_version set state = 'published', published_at = $5,
     -- Published again: why is told first, and what was told before is kept.
     note = case when published_at is null or note in ('', $4) then $4 else left($4 || '; earlier: ' || note, 2000) end
   where workspace_id = $1 and document_id = $2 and id = $3 and state in ('draft', 'retired') returning id`,
);
const retireDraftVersion = statement<{ id: string }>(
  'retire_draft',
  `update document_version set state = 'retired' where workspace_id = $1 and document_id = $2 and id = $3 and state = 'draft' returning id`,
);
const pointDocument = statement(
  'point_document',
  'update document set published_version_id = $3 where workspace_id = $1 and id = $2',
);

const MAIN = 'main';

/** The published version of a kind; every workspace is created with one of each. */
export async function publishedDocument(
  tx: Tx,
  kind: DocumentKind,
  name: string = MAIN,
): Promise<DocumentVersion> {
  const found = await maybeOne(tx, readPublished, kind, name);
  invariant(found !== null, `workspace has a published ${kind}`);
  return found;
}

const readPublishedIds = statement<{ kind: DocumentKind; versionId: string | null }>(
  'read_published_ids',
  `select kind, published_version_id as "versionId" from document where workspace_id = $1 and name = $3 and kind = any($2::text[])`,
);

const readVersionBody = statement<{ body: unknown }>(
  'read_version_body',
  'select body from document_version where workspace_id = $1 and id = $2',
);

const MOST_KEPT = 500;

/**
 * A reader of the published versions of some kinds, parsed. What a published version says never changes, so each is read and parsed
 * once by this process; which one is published is asked every time.
 */
export function publishedBodies<Shapes extends Partial<Record<DocumentKind, z.ZodType>>>(shapes: Shapes) {
  type Bodies = {
    [Kind in keyof Shapes & DocumentKind]: { versionId: string; body: z.output<NonNullable<Shapes[Kind]>> };
  };
  // Safe: the keys are those of `shapes`.
  const kinds = Object.keys(shapes) as (keyof Shapes & DocumentKind)[];
  const kept = new Map<string, unknown>();
  return async (tx: Tx): Promise<Bodies> => {
    const ids = await tx.rows(readPublishedIds, kinds, MAIN);
    const found: Partial<Record<DocumentKind, { versionId: string; body: unknown }>> = {};
    for (const kind of kinds) {
      const versionId = ids.find((row) => row.kind === kind)?.versionId;
      invariant(typeof versionId === 'string', `workspace has a published ${kind}`);
      if (!kept.has(versionId)) {
        if (kept.size >= MOST_KEPT) kept.clear();
        kept.set(versionId, shapes[kind]?.parse((await one(tx, readVersionBody, versionId)).body));
      }
      found[kind] = { versionId, body: kept.get(versionId) };
    }
    // Safe: the loop above has filled every kind with what its shape parsed.
    return found as Bodies;
  };
}

/** As `publishedBodies`, of one kind that older workspaces may never have published: then the fallback holds. */
export function publishedBodyOr<Body>(
  kind: DocumentKind,
  shape: { parse(raw: unknown): Body },
  fallback: Body,
): (tx: Tx) => Promise<Body> {
  const kept = new Map<string, Body>();
  return async (tx) => {
    const [published] = await tx.rows(readPublishedIds, [kind], MAIN);
    if (!published?.versionId) return fallback;
    const known = kept.get(published.versionId);
    if (known !== undefined) return known;
    const body = shape.parse((await one(tx, readVersionBody, published.versionId)).body);
    if (kept.size >= MOST_KEPT) kept.clear();
    kept.set(published.versionId, body);
    return body;
  };
}

/** Newest first, at most 50. */
export function documentVersions(
  tx: Tx,
  kind: DocumentKind,
  name: string = MAIN,
): Promise<DocumentVersion[]> {
  return tx.rows(readVersions, kind, name);
}

/** Writes the draft (there is at most one); the caller has validated `body` against the kind's contract. */
export async function saveDraft(
  tx: Tx,
  draft: { kind: DocumentKind; name?: string; body: unknown; note: string; authorId: string; now: Date },
): Promise<{ documentId: string; versionId: string }> {
  const document = await one(tx, insertDocument, newId(draft.now), draft.kind, draft.name ?? MAIN, draft.now);
  await tx.rows(lockDocument, document.id);
  const version = await one(
    tx,
    upsertDraft,
    newId(draft.now),
    document.id,
    JSON.stringify(draft.body),
    draft.note,
    draft.authorId,
    draft.now,
  );
  return { documentId: document.id, versionId: version.id };
}

/** Sets a draft aside as it is, so that the next one is a version of its own: something has used it already. */
export async function retireDraft(
  tx: Tx,
  draft: Pick<DocumentVersion, 'documentId' | 'versionId'>,
): Promise<void> {
  await tx.rows(lockDocument, draft.documentId);
  await tx.rows(retireDraftVersion, draft.documentId, draft.versionId);
}

/**
 * Makes a draft the published version, or an earlier one again (roll back).
 * @throws DomainError `conflict` if that version is published already or does not exist
 */
export async function publishDocument(
  tx: Tx,
  what: { documentId: string; versionId: string; note: string; now: Date },
): Promise<void> {
  await tx.rows(lockDocument, what.documentId);
  await tx.rows(retirePublished, what.documentId, what.versionId);
  const published = await tx.rows(publishVersion, what.documentId, what.versionId, what.note, what.now);
  if (published.length === 0) {
    throw new DomainError(
      'conflict',
      'This version is published already or was removed. Load the versions again.',
    );
  }
  await tx.rows(pointDocument, what.documentId, what.versionId);
}
