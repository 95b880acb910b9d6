import { DomainError } from '@penstock/kernel/domain-error';
import { Done, plainText } from '@penstock/kernel/contract';
import { statement } from '@penstock/store/statement';
import type { Tx } from '@penstock/store/tx';
import { DocumentVersionRow } from '@penstock/workspace/contracts';
import {
  documentVersions,
  publishDocument,
  publishedDocument,
  saveDraft,
} from '@penstock/workspace/documents';
import { command, query } from '@penstock/workspace/operation';
import { z } from 'zod';

import { IcpBody } from '../contracts.ts';
import { CRITERION_LABELS, whyImpossible } from '../model/icp.ts';
import { ICP_TEMPLATES } from '../model/icp-templates.ts';
import { holdScoring } from '../model-statements.ts';
import { refreshScores } from '../rescore.ts';
import { IN_FORCE } from '../standing-statements.ts';
import { versionRows } from '../version-rows.ts';

const nextAccounts = statement<{ accountId: string }>(
  'next_accounts_to_rescore',
  `select account_id as "accountId" from account_score where workspace_id = $1 and intent_version_id = ${IN_FORCE} and icp_version_id <> $2 and account_id > $3 order by account_id limit $4`,
);

export const readIcp = query({
  name: 'settings.icp',
  lane: 'hot',
  permission: 'settings.read',
  summary: 'The ideal customer profile: published, draft and earlier versions.',
  input: z.object({}),
  output: z.object({
    published: IcpBody,
    draft: IcpBody.nullable(),
    versions: z.array(DocumentVersionRow),
    /** Profiles to begin with. */
    templates: z.array(IcpBody.extend({ key: z.string(), about: z.string() })),
  }),
  async run({ tx }) {
    const versions = await documentVersions(tx, 'icp');
    const draft = versions.find((version) => version.state === 'draft');
    return {
      published: IcpBody.parse((await publishedDocument(tx, 'icp')).body),
      draft: draft ? IcpBody.parse(draft.body) : null,
      versions: await versionRows(tx, versions),
      templates: [...ICP_TEMPLATES],
    };
  },
});

/** What can't ever match is refused, naming the criterion. */
function assertPossible(icp: z.output<typeof IcpBody>): void {
  const impossible = whyImpossible(icp);
  if (!impossible) return;
  const { index, problem, remedy } = impossible;
  const kind = index === null ? undefined : icp.criteria[index]?.kind;
  const named = kind === undefined ? `${problem}.` : `${CRITERION_LABELS[kind]} ${problem}.`;
  throw new DomainError('invalid', named.charAt(0).toUpperCase() + named.slice(1), {
    issues: [{ field: index === null ? 'body.criteria' : `body.criteria.${index}`, problem, remedy }],
  });
}

export const saveIcpDraft = command({
  name: 'settings.saveIcpDraft',
  lane: 'hot',
  permission: 'icp.edit',
  summary: 'Write the draft of the ideal customer profile.',
  input: z.object({ body: IcpBody, note: plainText(500).default('') }),
  output: z.object({ versionId: z.string() }),
  async run({ tx, actor, now }, input) {
    assertPossible(input.body);
    const saved = await saveDraft(tx, {
      kind: 'icp',
      body: input.body,
      note: input.note,
      authorId: actor.id,
      now,
    });
    return {
      output: { versionId: saved.versionId },
      audit: { action: 'icp.draft_saved', subjectKind: 'document_version', subjectId: saved.versionId },
      events: [{ kind: 'settings.changed', payload: { what: 'icp' } }],
    };
  },
});

export const publishIcp = command({
  name: 'settings.publishIcp',
  lane: 'hot',
  permission: 'icp.edit',
  summary: 'Publish a draft, or an earlier version again. Accounts are scored with it at once.',
  input: z.object({ versionId: z.uuid(), note: plainText(500).default('') }),
  output: Done,
  async run({ tx, now }, input) {
    const { documentId } = await publishedDocument(tx, 'icp');
    await publishDocument(tx, { documentId, versionId: input.versionId, note: input.note, now });
    await tx.rows(holdScoring);
    await rescoreAll(tx, input.versionId, now);
    return {
      output: { id: input.versionId },
      audit: { action: 'icp.published', subjectKind: 'document_version', subjectId: input.versionId },
      events: [{ kind: 'settings.changed', payload: { what: 'icp' } }],
    };
  },
});

const BATCH = 1_000;
const LOWEST_ID = '00000000-0000-0000-0000-000000000000';

/** Fit of every scored account under the new version, in the same transaction: no reader sees two versions mixed. */
async function rescoreAll(tx: Tx, versionId: string, now: Date): Promise<void> {
  let after = LOWEST_ID;
  for (;;) {
    const accounts = await tx.rows(nextAccounts, versionId, after, BATCH);
    const last = accounts.at(-1);
    if (!last) return;
    await refreshScores(
      tx,
      accounts.map((row) => row.accountId),
      now,
    );
    after = last.accountId;
  }
}
