import { TitleRulesBody } from '@penstock/accounts/contracts';
import { DEFAULT_TITLE_RULES } from '@penstock/accounts/model/default-title-rules';
import { deadRules } from '@penstock/accounts/model/title-rule-faults';
import { titleRules } from '@penstock/accounts/title-rules-document';
import { Done, plainText } from '@penstock/kernel/contract';
import { DomainError } from '@penstock/kernel/domain-error';
import { one, type Tx } from '@penstock/store/tx';
import { DocumentVersionRow } from '@penstock/workspace/contracts';
import { documentVersions, publishDocument, saveDraft } from '@penstock/workspace/documents';
import { command, query } from '@penstock/workspace/operation';
import { z } from 'zod';

import { holdScoring } from '../model-statements.ts';
import { countDueFits, dueByTitles } from '../title-statements.ts';
import { titlesReadOtherwise } from '../titles-read-otherwise.ts';
import { versionRows } from '../version-rows.ts';

const MOST_COUNTED = 10_000;

export const readTitleRules = query({
  name: 'settings.titleRules',
  lane: 'hot',
  permission: 'settings.read',
  summary: 'How titles are read into roles and ranks: published, draft and earlier versions.',
  input: z.object({}),
  output: z.object({
    published: TitleRulesBody,
    draft: TitleRulesBody.nullable(),
    versions: z.array(DocumentVersionRow),
    /** What new workspaces start with. */
    builtIn: TitleRulesBody,
    /** Accounts that are still to be judged again, counted up to 10,000. */
    due: z.int(),
  }),
  async run({ tx, now }) {
    const versions = await documentVersions(tx, 'title_rules');
    const draft = versions.find((version) => version.state === 'draft');
    return {
      published: TitleRulesBody.parse(await titleRules(tx)),
      draft: draft ? TitleRulesBody.parse(draft.body) : null,
      versions: await versionRows(tx, versions),
      builtIn: TitleRulesBody.parse(DEFAULT_TITLE_RULES),
      due: (await one(tx, countDueFits, now, MOST_COUNTED)).count,
    };
  },
});

/** What would never count is refused, naming the rule. */
function assertAlive({ rules }: z.output<typeof TitleRulesBody>): void {
  const dead = deadRules(rules);
  const [first] = dead;
  if (!first) return;
  throw new DomainError('invalid', `${first.problem}. ${first.remedy}`, {
    issues: dead.map(({ index, problem, remedy }) => ({ field: `body.rules.${index}`, problem, remedy })),
  });
}

export const saveTitleRulesDraft = command({
  name: 'settings.saveTitleRulesDraft',
  lane: 'hot',
  permission: 'icp.edit',
  summary: 'Write the draft of the title rules; nothing is read by it until it is published.',
  input: z.object({ body: TitleRulesBody, note: plainText(500).default('') }),
  output: z.object({ versionId: z.string() }),
  async run({ tx, actor, now }, { body, note }) {
    assertAlive(body);
    const saved = await saveDraft(tx, { kind: 'title_rules', body, note, authorId: actor.id, now });
    return {
      output: { versionId: saved.versionId },
      audit: {
        action: 'title_rules.draft_saved',
        subjectKind: 'document_version',
        subjectId: saved.versionId,
      },
      events: [{ kind: 'settings.changed', payload: { what: 'title_rules' } }],
    };
  },
});

/** Committees are read by the new rules at once; fits and markers that rest on titles are judged again by the sweep, from what is stored. */
export const publishTitleRules = command({
  name: 'settings.publishTitleRules',
  lane: 'hot',
  permission: 'icp.edit',
  summary:
    'Publish a draft of the title rules, or an earlier version again. Accounts with people who are read otherwise are judged again.',
  input: z.object({ versionId: z.uuid(), note: plainText(500).default('') }),
  output: Done,
  prepare: ({ store, actor }, { versionId }) =>
    titlesReadOtherwise(store, actor.workspaceId, async (tx) => (await versionOf(tx, versionId)).rules),
  async run({ tx, now, prepared: titles }, { versionId, note }) {
    const { documentId } = await versionOf(tx, versionId);
    await publishDocument(tx, { documentId, versionId, note, now });
    // Scorers lock accounts in an order that this one does not know.
    await tx.rows(holdScoring);
    const due = titles.length === 0 ? [] : await tx.rows(dueByTitles, titles, now);
    return {
      output: { id: versionId },
      audit: {
        action: 'title_rules.published',
        subjectKind: 'document_version',
        subjectId: versionId,
        detail: { accountsJudgedAgain: due.length },
      },
      events: [{ kind: 'settings.changed', payload: { what: 'title_rules' } }],
    };
  },
});

async function versionOf(tx: Tx, versionId: string) {
  const found = (await documentVersions(tx, 'title_rules')).find(
    (version) => version.versionId === versionId,
  );
  if (!found)
    throw new DomainError(
      'not_found',
      'versionId: there is no such version. Save a draft first, or choose an earlier one.',
    );
  return { documentId: found.documentId, rules: TitleRulesBody.parse(found.body) };
}
