import { plainText } from '@penstock/kernel/contract';
import { DomainError } from '@penstock/kernel/domain-error';
import { newId } from '@penstock/kernel/ids';
import { maybeOne, type Tx } from '@penstock/store/tx';
import { documentVersions, publishedDocument } from '@penstock/workspace/documents';
import { command } from '@penstock/workspace/operation';
import { z } from 'zod';

import { adaptersIn, type Catalogue } from '../described-providers.ts';
import { drawAskable, type Whom } from '../choose-people.ts';
import { lockCampaign, readBudgetSubject, readCampaignOfImport } from '../budget-statements.ts';
import { makeListRun } from '../make-list-run.ts';
import { MOST_RECORDS } from '../model/list-run.ts';
import type { Waterfall } from '../model/waterfall.ts';
import type { ProviderAdapter } from '../provider-port.ts';
import { WaterfallBody } from '../waterfall-document.ts';

/** What people may be chosen for lacking. */
export const MissingField = z.enum(['work_email', 'mobile', 'title']);
const MOST_DRAWN = 500;

const Micros = z.int().positive().max(1_000_000_000_000);

const ListRunRequest = z.object({
  name: plainText(120).pipe(z.string().min(1, 'is missing: give the run a name')),
  people: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('ids'), ids: z.array(z.uuid()).min(1).max(10_000) }),
    z.object({
      kind: z.literal('missing'),
      field: MissingField,
      limit: z.int().min(1).max(MOST_RECORDS).default(MOST_RECORDS),
    }),
    /** Everybody of a list that was brought in. */
    z.object({ kind: z.literal('import'), importId: z.uuid() }),
    /** A few of them at random, for whom somebody would really be asked: to try a version. */
    z.object({
      kind: z.literal('drawn'),
      field: MissingField,
      limit: z.int().min(1).max(MOST_DRAWN),
      /** Of a list that was brought in; left out for all. */
      importId: z.uuid().nullish(),
    }),
  ]),
  /** Another version than the published one, to try it; the draft too. */
  versionId: z.uuid().nullish(),
  budgetMicros: Micros.nullish(),
  /** Whose monthly budget pays too: left out for the team of whoever starts it, null for none. */
  teamId: z.uuid().nullish(),
  /** Whose budget it shares; left out for that of the list, if it has one. */
  campaignId: z.uuid().nullish(),
  guard: z
    .object({ costPerUsableMicros: Micros, afterRecords: z.int().min(1).max(10_000).default(200) })
    .nullish(),
});

/**
 * A version of the waterfall, the draft too.
 * @throws DomainError `not_found`
 */
export async function waterfallVersion(
  tx: Tx,
  asked: string,
): Promise<{ versionId: string; waterfall: Waterfall }> {
  const found = (await documentVersions(tx, 'waterfall')).find(({ versionId }) => versionId === asked);
  if (found) return { versionId: asked, waterfall: WaterfallBody.parse(found.body) };
  throw new DomainError('not_found', 'versionId: there is no such version of the waterfall.');
}

/**
 * Enriches a list of people with the published waterfall: at most the run's budget is spent, and a guard pauses it when a usable contact
 * becomes too dear.
 * @param start begins the durable work beside the answer; what it can't start, the sweep starts
 */
export const startListRunOperation = ({
  start,
  ...catalogue
}: Catalogue & { start: (run: { workspaceId: string; runId: string }) => void }) =>
  command({
    name: 'enrichment.startListRun',
    lane: 'hot',
    permission: 'enrichment.run',
    summary: 'Enrich a list of people with the published waterfall, or try another version on them.',
    input: ListRunRequest,
    output: z.object({ id: z.uuid(), records: z.int() }),
    async run({ tx, actor, now }, input) {
      const { versionId, waterfall } = await waterfallVersion(
        tx,
        input.versionId ?? (await publishedDocument(tx, 'waterfall')).versionId,
      );
      const id = newId(now);
      const adapters = await adaptersIn(tx, catalogue);
      const chosen = await chosenFor(tx, input.people, { adapters, waterfall, seed: id, now });
      const spenders = await spendersOf(
        tx,
        { ...input, importId: 'importId' in input.people ? input.people.importId : null },
        actor.teamId,
      );
      const records = await makeListRun(
        tx,
        {
          id,
          name: input.name,
          versionId,
          people: chosen,
          ...spenders,
          budgetMicros: input.budgetMicros ?? null,
          guard: input.guard ?? null,
          createdBy: actor.id,
        },
        now,
      );
      if (records === 0) throw isNobody(input.people);
      return {
        output: { id, records },
        audit: {
          action: 'list_run.started',
          subjectKind: 'list_run',
          subjectId: id,
          detail: { records },
        },
        events: [{ kind: 'list_run.changed', payload: { runId: id } }],
      };
    },
    afterCommit: ({ id }, { workspaceId }) => start({ workspaceId, runId: id }),
  });

/**
 * Whose budgets a run shares.
 * @throws DomainError `not_found` naming what is not there
 */
export async function spendersOf(
  tx: Tx,
  asked: {
    teamId?: string | null | undefined;
    campaignId?: string | null | undefined;
    importId?: string | null | undefined;
  },
  ownTeamId: string | null,
): Promise<{ teamId: string | null; campaignId: string | null }> {
  const { teamId, campaignId, importId } = asked;
  for (const [field, scope, id] of [
    ['teamId', 'team', teamId],
    ['campaignId', 'campaign', campaignId],
  ] as const)
    if (id && !(await maybeOne(tx, readBudgetSubject[scope], id)))
      throw new DomainError('not_found', `${field}: there is no such ${scope} in this workspace.`);
  if (campaignId && (await maybeOne(tx, lockCampaign, campaignId))?.closed)
    throw new DomainError(
      'conflict',
      'campaignId: this campaign is closed. Open it again, or choose another.',
    );
  const ofList = importId ? await maybeOne(tx, readCampaignOfImport, importId) : null;
  return {
    teamId: teamId === undefined ? ownTeamId : teamId,
    campaignId: campaignId ?? ofList?.id ?? null,
  };
}

type People = z.output<typeof ListRunRequest>['people'];

const NOBODY: Record<People['kind'], string> = {
  ids: 'None of these people is in the workspace. Check the ids.',
  missing: 'Nobody lacks this field: there is nothing to enrich.',
  import: 'This list has nobody who may be looked up.',
  drawn: 'There is nobody whom this version would ask somebody for: nothing can be tried.',
};

const isNobody = ({ kind }: People) =>
  new DomainError('invalid', NOBODY[kind], {
    issues: [{ field: 'people', problem: 'names nobody', remedy: 'Choose other people.' }],
  });

async function chosenFor(
  tx: Tx,
  people: People,
  by: { adapters: ReadonlyMap<string, ProviderAdapter>; waterfall: Waterfall; seed: string; now: Date },
): Promise<string[] | Whom> {
  if (people.kind === 'ids')
    return { ids: [...new Set(people.ids)], importId: null, field: '', limit: MOST_RECORDS };
  if (people.kind === 'import')
    return { ids: null, importId: people.importId, field: '', limit: MOST_RECORDS };
  const { field, limit } = people;
  if (people.kind === 'missing') return { ids: null, importId: null, field, limit };
  const among = { field, limit: MOST_RECORDS, importId: people.importId ?? null };
  const drawn = await drawAskable(tx, among, { ...by, most: limit });
  return drawn.people.map(({ person }) => person.id);
}
