import { Done, plainText } from '@penstock/kernel/contract';
import { DomainError } from '@penstock/kernel/domain-error';
import { statement } from '@penstock/store/statement';
import type { Tx } from '@penstock/store/tx';
import { DocumentVersionRow } from '@penstock/workspace/contracts';
import {
  documentVersions,
  publishDocument,
  publishedDocument,
  retireDraft,
  saveDraft,
  type DocumentVersion,
} from '@penstock/workspace/documents';
import { command, query } from '@penstock/workspace/operation';
import { z } from 'zod';

import { manifestsIn, type Catalogue } from '../described-providers.ts';
import { WATERFALL_TEMPLATES } from '../model/presets.ts';
import { priceMicros } from '../model/planner.ts';
import { waterfallProblems, type OfferedCapability } from '../model/waterfall-problems.ts';
import type { Capability, ProviderManifest } from '../provider-port.ts';
import { readCredentials } from '../run-statements.ts';
import { Field, Input, WaterfallBody } from '../waterfall-document.ts';

type Uses = { versionId: string; authorName: string | null; listRuns: number; personRuns: number };
const readUses = statement<Uses>(
  'read_uses_of_waterfall_versions',
  `select v.id as "versionId", m.name as "authorName",
     (select count(*) from list_run r where r.workspace_id = $1 and r.waterfall_version_id = v.id)::int as "listRuns",
     (select count(*) from enrichment_run r where r.workspace_id = $1 and r.waterfall_version_id = v.id)::int as "personRuns"
   from document_version v left join member m on m.workspace_id = v.workspace_id and m.id = v.author_id
   where v.workspace_id = $1 and v.id = any($2::uuid[])`,
);

const Offer = z.object({
  provider: z.string(),
  providerName: z.string(),
  capability: z.string(),
  kind: z.enum([
    'find_person',
    'find_company',
    'verify_email',
    'lookup_phone',
    'search_people',
    'check_employment',
    'watch_company',
  ]),
  mode: z.enum(['sync', 'submit_poll', 'webhook', 'preview_redeem']),
  gives: z.array(Field),
  needs: z.array(z.array(z.enum([...Input.options, 'titles', 'since', 'page']))),
  priceMicros: z.int(),
  hasCredential: z.boolean(),
});
const Version = DocumentVersionRow.extend({
  body: WaterfallBody,
  /** Runs over lists, and of single people, that used it. */
  listRuns: z.int(),
  personRuns: z.int(),
});
const Template = z.object({
  key: z.string(),
  name: z.string(),
  description: z.string(),
  body: WaterfallBody,
});

/** What vendors offer that a waterfall can be made of, and for which of them this workspace has a key. */
async function offersOf(tx: Tx, catalogue: Catalogue): Promise<OfferedCapability[]> {
  const manifests = await manifestsIn(tx, catalogue);
  const credentials = await tx.rows(readCredentials);
  return manifests.flatMap((manifest) => {
    const hasCredential = credentials.some(({ provider }) => provider === manifest.id);
    return manifest.capabilities
      .filter(({ kind }) => kind !== 'check_employment' && kind !== 'watch_company')
      .map((offered) => offerOf(manifest, offered, hasCredential));
  });
}

const offerOf = (
  { id, name }: ProviderManifest,
  offered: Capability,
  hasCredential: boolean,
): OfferedCapability => ({
  provider: id,
  providerName: name,
  capability: offered.id,
  kind: offered.kind,
  mode: offered.mode,
  gives: offered.gives,
  needs: offered.needs,
  priceMicros: priceMicros(offered),
  hasCredential,
});

/** The waterfall as RevOps edits it: read, draft, publish and roll back. */
export function waterfallOperations(deps: Catalogue) {
  return { read: readOperation(deps), saveDraft: saveDraftOperation, publish: publishOperation(deps) };
}

const readOperation = (catalogue: Catalogue) =>
  query({
    name: 'enrichment.waterfall',
    lane: 'hot',
    permission: 'settings.read',
    summary:
      'The waterfall: its versions with the runs that used them, what steps it can be made of, templates.',
    input: z.object({}),
    output: z.object({
      published: WaterfallBody,
      draft: WaterfallBody.nullable(),
      versions: z.array(Version),
      offers: z.array(Offer),
      templates: z.array(Template),
    }),
    async run({ tx }) {
      const published = await publishedDocument(tx, 'waterfall');
      const versions = await documentVersions(tx, 'waterfall');
      const uses = await tx.rows(
        readUses,
        versions.map(({ versionId }) => versionId),
      );
      return {
        published: WaterfallBody.parse(published.body),
        draft: bodyOf(versions.find(({ state }) => state === 'draft')),
        versions: versions.map((version) => row(version, uses)),
        offers: (await offersOf(tx, catalogue)).map(mutable),
        templates: [...WATERFALL_TEMPLATES],
      };
    },
  });

const mutable = (offer: OfferedCapability) => ({
  ...offer,
  gives: [...offer.gives],
  needs: offer.needs.map((names) => [...names]),
});
const bodyOf = (version: DocumentVersion | undefined) => (version ? WaterfallBody.parse(version.body) : null);

function row(version: DocumentVersion, uses: readonly Uses[]): z.input<typeof Version> {
  const used = uses.find(({ versionId }) => versionId === version.versionId);
  return {
    ...version,
    authorName: used?.authorName ?? version.authorId,
    body: WaterfallBody.parse(version.body),
    listRuns: used?.listRuns ?? 0,
    personRuns: used?.personRuns ?? 0,
  };
}

const saveDraftOperation = command({
  name: 'enrichment.saveWaterfallDraft',
  lane: 'hot',
  permission: 'providers.manage',
  summary: 'Write the draft of the waterfall; nobody is asked by it until it is published or tried.',
  input: z.object({ body: WaterfallBody, note: plainText(500).default('') }),
  output: z.object({ versionId: z.string() }),
  async run({ tx, actor, now }, { body, note }) {
    const draft = (await documentVersions(tx, 'waterfall')).find(({ state }) => state === 'draft');
    // What a run has used never changes: it stays as a version of its own, and a new draft begins.
    if (draft && (await tx.rows(readUses, [draft.versionId])).some(({ listRuns }) => listRuns > 0))
      await retireDraft(tx, draft);
    const saved = await saveDraft(tx, { kind: 'waterfall', body, note, authorId: actor.id, now });
    return {
      output: { versionId: saved.versionId },
      audit: { action: 'waterfall.draft_saved', subjectKind: 'document_version', subjectId: saved.versionId },
      events: [{ kind: 'settings.changed', payload: { what: 'waterfall' } }],
    };
  },
});

const publishOperation = (catalogue: Catalogue) =>
  command({
    name: 'enrichment.publishWaterfall',
    lane: 'hot',
    permission: 'providers.manage',
    summary:
      'Publish a draft of the waterfall, or an earlier version again. Runs that have begun keep theirs.',
    input: z.object({ versionId: z.uuid(), note: plainText(500).default('') }),
    output: Done,
    async run({ tx, now }, { versionId, note }) {
      const version = (await documentVersions(tx, 'waterfall')).find((one) => one.versionId === versionId);
      if (!version)
        throw new DomainError(
          'not_found',
          'versionId: there is no such version. Save a draft first, or choose an earlier one.',
        );
      refuseProblems(WaterfallBody.parse(version.body), await offersOf(tx, catalogue));
      await publishDocument(tx, { documentId: version.documentId, versionId, note, now });
      return {
        output: { id: versionId },
        audit: { action: 'waterfall.published', subjectKind: 'document_version', subjectId: versionId },
        events: [{ kind: 'settings.changed', payload: { what: 'waterfall' } }],
      };
    },
  });

function refuseProblems(body: z.output<typeof WaterfallBody>, offers: readonly OfferedCapability[]): void {
  const issues = waterfallProblems(body, offers)
    .filter(({ severity }) => severity === 'refused')
    .map(({ field, problem, remedy }) => ({ field, problem, remedy }));
  const [first] = issues;
  if (first)
    throw new DomainError('invalid', `${first.field}: ${first.problem}. ${first.remedy}`, { issues });
}
