import { DEFAULT_ROUTING, DEFAULT_WELCOME } from '@penstock/engagement/model/presets';
import { insertCursor } from '@penstock/engagement/notifications/notice-statements';
import { DEFAULT_WATERFALL } from '@penstock/enrichment/model/presets';
import { DomainError } from '@penstock/kernel/domain-error';
import { newId } from '@penstock/kernel/ids';
import { violatedUnique } from '@penstock/kernel/database-fault';
import { TEMPLATE_A } from '@penstock/pipeline/model/stage';
import { DEFAULT_ICP, DEFAULT_INTENT_MODEL } from '@penstock/scoring/model/presets';
import { ensureWatches } from '@penstock/signals/ensure-watches';
import { DEFAULT_TITLE_RULES } from '@penstock/accounts/model/default-title-rules';
import { DEFAULT_WATCH_RULES } from '@penstock/signals/model/watch-rules';
import { CHAMPIONS_SOURCE } from '@penstock/signals/champion-checks/poll-champions';
import { PAID_SOURCE } from '@penstock/signals/paid-signals/poll-paid';
import { COMPANY_PRESS_SOURCE } from '@penstock/signals/poll-press';
import { DNS_SOURCE } from '@penstock/signals/poll-dns';
import { COMPANY_SITES_SOURCE } from '@penstock/signals/read-company-site';
import { createSourceAdapters } from '@penstock/sources/registry';
import { statement } from '@penstock/store/statement';
import { maybeOne, type Tx } from '@penstock/store/tx';
import { publishDocument, saveDraft, type DocumentKind } from '@penstock/workspace/documents';

import type { AuthStore } from './auth/auth-store.ts';
import type { GatewayDeps } from './gateway-deps.ts';

export type NewWorkspace = {
  /** Given for the sandbox, so that seeding twice is seeding once. */
  id?: string;
  name: string;
  slug: string;
  kind: 'sandbox' | 'real';
  timeZone: string;
  /** Becomes its first administrator; copied from a workspace they are in, or null. */
  founder: { userId: string; from: string } | null;
};

const insertWorkspace = statement(
  'insert_workspace',
  'insert into workspace (workspace_id, name, kind, slug, time_zone, created_at) values ($1, $2, $3, $4, $5, $6)',
);
const readFounder = statement<{ name: string; email: string; timeZone: string }>(
  'read_founder',
  'select name, email, time_zone as "timeZone" from member where workspace_id = $1 and id = $2',
);
const insertFounder = statement(
  'insert_founder',
  `insert into member (workspace_id, id, name, email, role, time_zone, created_at) values ($1, $2, $3, $4, 'admin', $5, $6)`,
);
const DOCUMENTS: [DocumentKind, unknown][] = [
  ['waterfall', DEFAULT_WATERFALL],
  ['icp', DEFAULT_ICP],
  ['intent_model', DEFAULT_INTENT_MODEL],
  ['routing', DEFAULT_ROUTING],
  ['mail_template', DEFAULT_WELCOME],
  ['pipeline', TEMPLATE_A],
  ['watch_rules', DEFAULT_WATCH_RULES],
  ['title_rules', DEFAULT_TITLE_RULES],
];

/**
 * Makes a workspace with everything that the product takes for granted: its documents, published, and its watches.
 * @throws DomainError `conflict` if the slug is taken
 */
export async function provisionWorkspace(
  deps: Pick<GatewayDeps, 'store' | 'clock'> & {
    auth: Pick<AuthStore, 'createOrganization' | 'joinOrganization'>;
  },
  wanted: NewWorkspace,
): Promise<string> {
  const { store, clock, auth } = deps;
  const now = clock.now();
  const id = wanted.id ?? newId(now);
  const { founder } = wanted;
  const person = founder
    ? await store.inWorkspace(founder.from, (tx) => maybeOne(tx, readFounder, founder.userId))
    : null;
  try {
    await store.inWorkspace(id, async (tx) => {
      await tx.rows(insertWorkspace, wanted.name, wanted.kind, wanted.slug, wanted.timeZone, now);
      if (founder && person)
        await tx.rows(insertFounder, founder.userId, person.name, person.email, person.timeZone, now);
      await publishPresets(tx, now);
      await tx.rows(insertCursor);
      await ensureWatches(
        tx,
        [
          ...createSourceAdapters({ contact: 'unused' }).keys(),
          DNS_SOURCE,
          CHAMPIONS_SOURCE,
          PAID_SOURCE,
          COMPANY_SITES_SOURCE,
        ],
        now,
      );
      await ensureWatches(tx, [COMPANY_PRESS_SOURCE], now, false);
    });
  } catch (error) {
    if (violatedUnique(error) === null) throw error;
    const problem = 'belongs to another workspace';
    throw new DomainError('conflict', 'A workspace of this short name exists already. Choose another one.', {
      issues: [{ field: 'slug', problem, remedy: 'Choose another one.' }],
      cause: error,
    });
  }
  await auth.createOrganization({ id, name: wanted.name, slug: wanted.slug });
  if (founder) await auth.joinOrganization(founder.userId, id);
  return id;
}

async function publishPresets(tx: Tx, now: Date): Promise<void> {
  for (const [kind, body] of DOCUMENTS) {
    const saved = await saveDraft(tx, {
      kind,
      body,
      note: 'What a new workspace starts with',
      authorId: 'penstock',
      now,
    });
    await publishDocument(tx, { ...saved, note: 'What a new workspace starts with', now });
  }
}
