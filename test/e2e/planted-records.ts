import { findOrCreateAccount } from '@penstock/accounts/identify-company';
import { insertActivity } from '@penstock/accounts/activity-statements';
import { storeSubmission } from '@penstock/engagement/store-submission';
import { workLead } from '@penstock/engagement/work-lead';
import { newId } from '@penstock/kernel/ids';
import { insertDeal } from '@penstock/pipeline/deal-statements';
import { publishedPipeline } from '@penstock/pipeline/pipeline-document';
import type { Store } from '@penstock/store/store';

export type PlantedRecords = {
  ids: string[];
  /** Texts that nobody outside the workspace may see. */
  secrets: string[];
  /** An input that satisfies many contracts, about one id. */
  inputWith(id: string): Record<string, unknown>;
};

/** A lead, person, account, queue item, deal and activity with recognisable texts. */
export async function plantRecords(
  store: Store,
  workspaceId: string,
  ownerId: string,
): Promise<PlantedRecords> {
  const now = new Date();
  const form = await store.withRecords(workspaceId, (tx) =>
    tx.db.form.findFirstOrThrow({ where: { workspaceId } }),
  );
  const leadId = newId(now);
  const posted = {
    email: 'zelda.quixote@planted-company.example',
    first_name: 'Zelda',
    last_name: 'Quixote',
    company: 'Planted Company',
    message: 'planted message',
  };
  await storeSubmission(store, {
    workspaceId,
    formId: form.id,
    posted,
    isTest: false,
    leadId,
    receivedAt: now,
  });
  const worked = await workLead(store, { workspaceId, leadId }, now);
  const dealId = newId(now);
  const activityId = newId(now);
  const accountId = worked?.accountId ?? '';
  await store.inWorkspace(workspaceId, async (tx) => {
    await findOrCreateAccount(
      tx,
      {
        name: 'Planted Second',
        formerNames: [],
        domain: null,
        ids: [],
        country: null,
        region: null,
        city: null,
      },
      { state: 'proposed', origin: 'signal', isTest: false, ownerId: null, now },
    );
    const { versionId } = await publishedPipeline(tx);
    await tx.rows(
      insertDeal,
      dealId,
      accountId,
      worked?.personId ?? null,
      leadId,
      ownerId,
      'Planted deal',
      versionId,
      'prospecting',
      100_00,
      'USD',
      null,
      'planted step',
      null,
      'inbound',
      now,
    );
    await tx.rows(
      insertActivity,
      activityId,
      'note',
      accountId,
      null,
      null,
      dealId,
      ownerId,
      'none',
      'planted subject',
      'planted body',
      '',
      null,
      now,
      now,
    );
  });
  const items = await store.withRecords(workspaceId, (tx) =>
    tx.db.queueItem.findMany({ where: { workspaceId } }),
  );
  const versions = await store.withRecords(workspaceId, (tx) =>
    tx.db.documentVersion.findMany({ where: { workspaceId } }),
  );
  return {
    ids: [
      leadId,
      accountId,
      worked?.personId ?? '',
      dealId,
      form.id,
      ownerId,
      workspaceId,
      ...items.map((item) => item.id),
      ...versions.map((version) => version.id),
    ],
    secrets: ['Zelda', 'Quixote', 'planted-company', 'Planted', 'planted step', 'planted body', 'home rep'],
    inputWith: (id) => ({
      id,
      accountId: id,
      personId: id,
      leadId: id,
      dealId: id,
      versionId: id,
      teamId: null,
      until: new Date(now.getTime() + 86_400_000).toISOString(),
      outcome: 'worked',
      toStage: 'lost',
      lostReason: 'because',
      reason: 'because',
      confirmName: 'Zelda Quixote',
      kind: 'note',
      subject: 'from outside',
      name: 'from outside',
      valueMinor: 1,
      source: 'inbound',
      criterion: 'budget_confirmed',
      quote: 'from outside',
      active: false,
    }),
  };
}
