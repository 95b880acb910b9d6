import { statement } from '@penstock/store/statement';
import type { Tx } from '@penstock/store/tx';
import type { DocumentVersionRow } from '@penstock/workspace/contracts';
import type { DocumentVersion } from '@penstock/workspace/documents';
import type { z } from 'zod';

const readNames = statement<{ id: string; name: string }>(
  'read_member_names',
  'select id, name from member where workspace_id = $1 and id = any($2::text[])',
);

/** Versions of a document as a list shows them, with who wrote each. */
export async function versionRows(
  tx: Tx,
  versions: readonly DocumentVersion[],
): Promise<z.input<typeof DocumentVersionRow>[]> {
  const names = await tx.rows(
    readNames,
    versions.map((version) => version.authorId),
  );
  return versions.map(({ documentId, versionId, number, state, note, authorId, createdAt, publishedAt }) => ({
    documentId,
    versionId,
    number,
    state,
    note,
    authorName: names.find((member) => member.id === authorId)?.name ?? authorId,
    createdAt,
    publishedAt,
  }));
}
