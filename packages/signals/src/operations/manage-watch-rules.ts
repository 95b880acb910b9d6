import { Done, plainText } from '@penstock/kernel/contract';
import { DomainError } from '@penstock/kernel/domain-error';
import { statement } from '@penstock/store/statement';
import { DocumentVersionRow } from '@penstock/workspace/contracts';
import { documentVersions, publishDocument, saveDraft } from '@penstock/workspace/documents';
import { command, query } from '@penstock/workspace/operation';
import { z } from 'zod';

import { WatchRulesBody } from '../contracts.ts';
import { watchRules } from '../watch-rules-document.ts';

const readAuthors = statement<{ id: string; name: string }>(
  'read_authors_of_watch_rules',
  'select id, name from member where workspace_id = $1 and id = any($2::text[])',
);

export const readWatchRules = query({
  name: 'settings.watchRules',
  lane: 'hot',
  permission: 'settings.read',
  summary: 'Which openings, tools and news count: published, draft and earlier versions.',
  input: z.object({}),
  output: z.object({
    published: WatchRulesBody,
    draft: WatchRulesBody.nullable(),
    versions: z.array(DocumentVersionRow),
  }),
  async run({ tx }) {
    const versions = await documentVersions(tx, 'watch_rules');
    const authors = await tx.rows(
      readAuthors,
      versions.map((version) => version.authorId),
    );
    const draft = versions.find((version) => version.state === 'draft');
    return {
      published: WatchRulesBody.parse(await watchRules(tx)),
      draft: draft ? WatchRulesBody.parse(draft.body) : null,
      versions: versions.map(({ body: _, ...version }) => ({
        ...version,
        authorName: authors.find((member) => member.id === version.authorId)?.name ?? version.authorId,
      })),
    };
  },
});

export const saveWatchRulesDraft = command({
  name: 'settings.saveWatchRulesDraft',
  lane: 'hot',
  permission: 'icp.edit',
  summary: 'Write the draft of the watch rules.',
  input: z.object({ body: WatchRulesBody, note: plainText(500).default('') }),
  output: z.object({ versionId: z.string() }),
  async run({ tx, actor, now }, input) {
    const draft = {
      kind: 'watch_rules' as const,
      body: input.body,
      note: input.note,
      authorId: actor.id,
      now,
    };
    const saved = await saveDraft(tx, draft);
    return {
      output: { versionId: saved.versionId },
      audit: {
        action: 'watch_rules.draft_saved',
        subjectKind: 'document_version',
        subjectId: saved.versionId,
      },
      events: [{ kind: 'settings.changed', payload: { what: 'watch_rules' } }],
    };
  },
});

export const publishWatchRules = command({
  name: 'settings.publishWatchRules',
  lane: 'hot',
  permission: 'icp.edit',
  summary:
    'Publish a draft of the watch rules, or an earlier version again. It holds from the next look at each board, feed and account.',
  input: z.object({ versionId: z.uuid(), note: plainText(500).default('') }),
  output: Done,
  async run({ tx, now }, input) {
    const versions = await documentVersions(tx, 'watch_rules');
    const wanted = versions.find((version) => version.versionId === input.versionId);
    if (!wanted)
      throw new DomainError(
        'not_found',
        'versionId: there is no such version. Save a draft first, or choose an earlier one.',
      );
    const { documentId } = wanted;
    await publishDocument(tx, { documentId, versionId: input.versionId, note: input.note, now });
    return {
      output: { id: input.versionId },
      audit: { action: 'watch_rules.published', subjectKind: 'document_version', subjectId: input.versionId },
      events: [{ kind: 'settings.changed', payload: { what: 'watch_rules' } }],
    };
  },
});
