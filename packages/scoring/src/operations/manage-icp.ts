import { DomainError } from '@penstock/kernel/domain-error';
import { plainText } from '@penstock/kernel/contract';
import { DocumentVersionRow } from '@penstock/workspace/contracts';
import { documentVersions, publishedDocument, saveDraft } from '@penstock/workspace/documents';
import { command, query } from '@penstock/workspace/operation';
import { z } from 'zod';

import { IcpBody } from '../contracts.ts';
import { CRITERION_LABELS, whyImpossible } from '../model/icp.ts';
import { ICP_TEMPLATES } from '../model/icp-templates.ts';
import { refuseWhileBuilt } from './publish-icp.ts';
import { versionRows } from '../version-rows.ts';

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
    await refuseWhileBuilt(tx, saved.versionId);
    return {
      output: { versionId: saved.versionId },
      audit: { action: 'icp.draft_saved', subjectKind: 'document_version', subjectId: saved.versionId },
      events: [{ kind: 'settings.changed', payload: { what: 'icp' } }],
    };
  },
});
