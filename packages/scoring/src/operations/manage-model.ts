import { DomainError } from '@penstock/kernel/domain-error';
import { Done, plainText } from '@penstock/kernel/contract';
import { SIGNAL_KINDS } from '@penstock/signals/model/signal-kind';
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

import { RankShifts } from '../contracts.ts';
import { buildVersion, takeOver } from '../build-version.ts';
import { dropper } from '../drop-others.ts';
import { inTurn } from '../in-turn.ts';
import { backTest, rankShift, type PastCase } from '../model/compare-models.ts';
import type { IntentModel } from '../model/intent.ts';
import { decidedDeals, rankedCandidates, type PastCaseRow } from '../model-statements.ts';
import { massesOf } from '../rescore.ts';
import { boundForgetter, signalLowerer } from '../bound-switch.ts';
import { IntentModelBody, scoreDocuments } from '../score-documents.ts';
import { versionRows } from '../version-rows.ts';

const TOP = 50;
const MOST_CANDIDATES = 2_000;
const MOST_CASES = 1_000;

const Version = z.object({ versionId: z.uuid(), note: plainText(500).default('') });

export const readModel = query({
  name: 'scores.model',
  lane: 'hot',
  permission: 'settings.read',
  summary: 'The intent model: published, draft and earlier versions.',
  input: z.object({}),
  output: z.object({
    published: IntentModelBody,
    draft: IntentModelBody.nullable(),
    versions: z.array(DocumentVersionRow),
  }),
  async run({ tx }) {
    const versions = await documentVersions(tx, 'intent_model');
    const draft = versions.find((version) => version.state === 'draft');
    return {
      published: (await scoreDocuments(tx)).intent,
      draft: draft ? IntentModelBody.parse(draft.body) : null,
      versions: await versionRows(tx, versions),
    };
  },
});

export const saveModelDraft = command({
  name: 'scores.saveModelDraft',
  lane: 'hot',
  permission: 'icp.edit',
  summary: 'Write the draft of the intent model; nothing is ranked by it until it is published.',
  input: z.object({ body: IntentModelBody, note: plainText(500).default('') }),
  output: z.object({ versionId: z.string() }),
  async run({ tx, actor, now }, { body, note }) {
    refuseUnknownKinds(body);
    if (Object.values(body.kinds).every((kind) => kind.cap === 0))
      throw new DomainError(
        'invalid',
        'Every kind has a cap of 0, so nothing would count. Raise at least one.',
        {
          issues: [{ field: 'body.kinds', problem: 'all caps are 0', remedy: 'Raise the cap of one kind.' }],
        },
      );
    const saved = await saveDraft(tx, { kind: 'intent_model', body, note, authorId: actor.id, now });
    return {
      output: { versionId: saved.versionId },
      audit: { action: 'model.draft_saved', subjectKind: 'document_version', subjectId: saved.versionId },
      events: [{ kind: 'settings.changed', payload: { what: 'intent_model' } }],
    };
  },
});

/** A kind that nobody can tell would never count, and its name is most likely mistyped. */
function refuseUnknownKinds(body: IntentModel): void {
  const issues = (['kinds', 'risk'] as const).flatMap((group) =>
    Object.keys(body[group])
      .filter((kind) => !(kind in SIGNAL_KINDS))
      .map((kind) => ({
        field: `body.${group}.${kind}`,
        problem: 'is no kind of signal',
        remedy: `Leave it out, or use one of ${Object.keys(SIGNAL_KINDS).join(', ')}.`,
      })),
  );
  const [first] = issues;
  if (first) throw new DomainError('invalid', `${first.field} ${first.problem}. ${first.remedy}`, { issues });
}

const Tested = z.object({
  cases: z.int(),
  area: z.number().nullable(),
  precision: z.number().nullable(),
  capacity: z.int(),
  /** Chance that the score stood for against what came, in tenths; null with too few decided deals. */
  calibration: z
    .array(
      z.object({
        from: z.number(),
        to: z.number(),
        count: z.int(),
        predicted: z.number(),
        observed: z.number(),
      }),
    )
    .nullable(),
});

/** A version in shadow: the live queue ranked by both, and both judged by what became of earlier deals. */
export const compareModel = query({
  name: 'scores.compareModel',
  lane: 'hot',
  permission: 'settings.read',
  summary:
    'Who would enter and leave the top 50 under another version, and how both would have ranked decided deals.',
  input: z.object({ versionId: z.uuid(), capacity: z.coerce.number().int().min(1).max(500).default(20) }),
  output: z.object({
    top: z.int(),
    candidates: z.int(),
    ...RankShifts.shape,
    published: Tested,
    compared: Tested,
  }),
  async run({ tx, now }, input) {
    const models = {
      before: (await scoreDocuments(tx)).intent,
      after: await versionBody(tx, input.versionId),
    };
    const candidates = (await tx.rows(rankedCandidates, MOST_CANDIDATES)).map((row) => ({
      ...row,
      masses: massesOf(row),
      standing: row,
    }));
    const cases = (await tx.rows(decidedDeals, MOST_CASES)).map(pastCase);
    return {
      top: TOP,
      candidates: candidates.length,
      ...rankShift(candidates, models, now, TOP),
      published: backTest(models.before, cases, input.capacity),
      compared: backTest(models.after, cases, input.capacity),
    };
  },
});

async function versionBody(tx: Tx, versionId: string): Promise<IntentModel> {
  const version = (await documentVersions(tx, 'intent_model')).find((one) => one.versionId === versionId);
  if (!version)
    throw new DomainError(
      'not_found',
      'versionId: there is no such version of the intent model. Save a draft first, or choose an earlier one.',
    );
  return IntentModelBody.parse(version.body);
}

function pastCase(row: PastCaseRow): PastCase {
  const signals = row.kinds.flatMap((kind, at) => {
    const [strength, halfLifeDays] = [row.strengths[at], row.halfLives[at]];
    const [occurredAt, recordedAt] = [row.occurred[at], row.recorded[at]];
    return strength !== undefined && halfLifeDays !== undefined && occurredAt && recordedAt
      ? [{ kind, strength, halfLifeDays, occurredAt, recordedAt }]
      : [];
  });
  return { at: row.at, won: row.won, signals };
}

/** A draft, or an earlier version again. Readers see the old order until the whole new one stands; signals go on arriving while it is built. */
export const publishModel = command({
  name: 'scores.publishModel',
  lane: 'hot',
  permission: 'icp.edit',
  summary: 'Publish a draft of the intent model, or an earlier version again.',
  input: Version,
  output: Done,
  prepare: ({ store, actor, now }, { versionId }) =>
    buildVersion(
      store,
      actor.workspaceId,
      async (tx) => ({ versionId, intent: await versionBody(tx, versionId) }),
      now,
    ),
  async run({ tx, now, afterwards, prepared: built }, { versionId, note }) {
    await takeOver(tx, built, now);
    const { documentId } = await publishedDocument(tx, 'intent_model');
    await publishDocument(tx, { documentId, versionId, note, now });
    afterwards(inTurn(boundForgetter(), signalLowerer(now), dropper()));
    return {
      output: { id: versionId },
      audit: { action: 'model.published', subjectKind: 'document_version', subjectId: versionId },
      events: [{ kind: 'settings.changed', payload: { what: 'intent_model' } }],
    };
  },
});
