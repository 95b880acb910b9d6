import type { AccountDetail, AccountRow, Timeline } from '@penstock/accounts/contracts';
import type { FormRow, LeadDetail, LeadIntent, LeadRow, MailRow } from '@penstock/engagement/contracts';
import type { ProviderRow, RunTrace } from '@penstock/enrichment/contracts';
import type { DealDetail, DealPage, StageRow } from '@penstock/pipeline/contracts';
import type { IcpBody, QueueItem, QueuePage, ScoreExplained } from '@penstock/scoring/contracts';
import type {
  ApiKeyRow,
  AuditRow,
  DocumentVersionRow,
  Me,
  MemberRow,
  TeamRow,
  WorkspaceSettings,
} from '@penstock/workspace/contracts';
import type { Permission, Role } from '@penstock/workspace/model/role';
import type { SourceRow, WebhookRow } from '@penstock/signals/contracts';
import type { output, ZodType } from 'zod';

type Wire<Schema extends ZodType> = output<Schema>;
type Page<Item> = { items: Item[]; nextCursor: string | null };
type Id = { id: string };
type Paged = { cursor?: string | null | undefined; limit?: number | undefined };

export type QueueFilter = 'mine' | 'team' | 'all' | 'inbound' | 'unclaimed';
export type QueueOutcome = 'worked' | 'not_a_fit' | 'junk_signal';
export type LeadFilter = 'all' | 'mine' | 'unclaimed';
export type DealOrder = 'signal' | 'value' | 'stage' | 'age';
export type ActivityInput = {
  kind: 'call' | 'note' | 'meeting' | 'mail' | 'task';
  accountId: string;
  personId?: string | undefined;
  leadId?: string | undefined;
  dealId?: string | undefined;
  subject: string;
  body?: string | undefined;
  outcome?: string | undefined;
  direction?: 'in' | 'out' | 'none' | undefined;
  occurredAt?: string | undefined;
  dueAt?: string | undefined;
};
export type DealInput = {
  accountId: string;
  personId?: string | undefined;
  leadId?: string | undefined;
  name: string;
  valueMinor: number;
  currency: string;
  expectedCloseOn?: string | undefined;
  nextStep?: string | undefined;
  nextStepDueAt?: string | undefined;
  source: string;
};
export type OutboxMail = {
  id: string;
  from: string;
  to: string;
  subject: string;
  text: string;
  receivedAt: string;
  messageId: string;
};
export type FilingRow = { key: string; title: string; kind: string; released: boolean };

/** Every question the console asks: what goes in, what comes out. Times are ISO 8601 on the wire. */
export type Queries = {
  'session.me': [void, Wire<typeof Me>];
  'session.workspaces': [void, { items: { id: string; name: string; kind: 'sandbox' | 'real' }[] }];
  'queue.list': [{ filter: QueueFilter; search?: string | undefined } & Paged, Wire<typeof QueuePage>];
  'queue.get': [Id, Wire<typeof QueueItem>];
  'leads.list': [{ filter: LeadFilter } & Paged, Page<Wire<typeof LeadRow>>];
  'leads.get': [Id, Wire<typeof LeadDetail>];
  'enrichment.runs': [{ personId: string }, { items: Wire<typeof RunTrace>[] }];
  'enrichment.providers': [Record<string, never>, { items: Wire<typeof ProviderRow>[] }];
  'accounts.list': [
    { search?: string | undefined; state?: Wire<typeof AccountRow>['state'] | undefined } & Paged,
    Page<Wire<typeof AccountRow>>,
  ];
  'accounts.get': [Id, Wire<typeof AccountDetail>];
  'accounts.timeline': [Id & Paged, Wire<typeof Timeline>];
  'scores.explain': [{ accountId: string }, Wire<typeof ScoreExplained>];
  'people.export': [Id, { document: unknown }];
  'deals.list': [
    {
      order?: DealOrder | undefined;
      direction?: 'asc' | 'desc' | undefined;
      stage?: string | undefined;
      owner?: string | undefined;
      search?: string | undefined;
    } & Paged,
    Wire<typeof DealPage>,
  ];
  'deals.get': [Id, Wire<typeof DealDetail>];
  'deals.stages': [Record<string, never>, { items: Wire<typeof StageRow>[] }];
  'sandbox.outbox': [Record<string, never>, { items: OutboxMail[] }];
  'sandbox.filings': [Record<string, never>, { items: FilingRow[] }];
  'mails.list': [Record<string, never>, { items: Wire<typeof MailRow>[] }];
  'sources.list': [Record<string, never>, { items: Wire<typeof SourceRow>[] }];
  'settings.workspace': [void, Wire<typeof WorkspaceSettings>];
  'settings.members': [void, { items: Wire<typeof MemberRow>[] }];
  'settings.teams': [void, { items: Wire<typeof TeamRow>[] }];
  'settings.keys': [void, { items: Wire<typeof ApiKeyRow>[] }];
  'settings.icp': [
    void,
    {
      published: Wire<typeof IcpBody>;
      draft: Wire<typeof IcpBody> | null;
      versions: Wire<typeof DocumentVersionRow>[];
    },
  ];
  'settings.forms': [void, { items: Wire<typeof FormRow>[] }];
  'settings.webhooks': [void, { items: Wire<typeof WebhookRow>[] }];
  'settings.audit': [{ cursor?: string | null | undefined }, Page<Wire<typeof AuditRow>>];
};

/** Every change the console asks for. */
export type Mutations = {
  'session.switchWorkspace': [Id, Id];
  'queue.claim': [Id, Wire<typeof QueueItem>];
  'queue.release': [Id, Id];
  'queue.snooze': [Id & { until: string }, Id];
  'queue.complete': [Id & { outcome: QueueOutcome }, Id];
  'queue.reopen': [Id, Id];
  'accounts.create': [{ name: string; domain?: string | undefined; country?: string | undefined }, Id];
  'accounts.accept': [Id, Id];
  'accounts.dismiss': [Id, Id];
  'activities.record': [ActivityInput, Id];
  'people.erase': [Id & { confirmName: string }, Id & { erasedColumns: number }];
  'deals.create': [DealInput, Id];
  'deals.move': [
    Id & {
      toStage: string;
      reason?: string | undefined;
      override?: boolean | undefined;
      lostReason?: string | undefined;
    },
    Id,
  ];
  'deals.addEvidence': [
    {
      dealId: string;
      criterion: string;
      kind: 'call_note' | 'document';
      quote: string;
      value?: string | undefined;
    },
    Id,
  ];
  'sandbox.releaseFiling': [{ key?: string | undefined }, { key: string; title: string }];
  'settings.updateWorkspace': [
    {
      name?: string | undefined;
      timeZone?: string | undefined;
      repVisibility?: 'own' | 'team' | 'all' | undefined;
      paidCallsStopped?: boolean | undefined;
    },
    Id,
  ];
  'settings.updateMember': [
    Id & {
      role?: Role | undefined;
      teamId?: string | null | undefined;
      takesLeads?: boolean | undefined;
      active?: boolean | undefined;
      timeZone?: string | undefined;
    },
    Id,
  ];
  'settings.addMember': [{ name: string; email: string; role: Role; password: string }, Id];
  'settings.createKey': [{ name: string; scopes: Permission[] }, Id & { key: string }];
  'settings.revokeKey': [Id, Id];
  'settings.saveIcpDraft': [{ body: Wire<typeof IcpBody>; note: string }, { versionId: string }];
  'settings.publishIcp': [{ versionId: string; note: string }, Id];
  'settings.createForm': [{ name: string; intent: Wire<typeof LeadIntent>; allowedOrigins: string[] }, Id];
  'settings.updateForm': [
    Id & { name?: string | undefined; allowedOrigins?: string[] | undefined; active?: boolean | undefined },
    Id,
  ];
  'settings.saveCredential': [{ provider: string; label: string; secret: string }, Id];
  'settings.createWebhook': [{ name: string }, Id & { path: string; secret: string }];
  'settings.createWorkspace': [{ name: string; slug: string }, Id];
};

export type QueryPath = keyof Queries;
export type MutationPath = keyof Mutations;
export type QueryInput<Path extends QueryPath> = Queries[Path][0];
export type QueryOutput<Path extends QueryPath> = Queries[Path][1];
export type MutationInput<Path extends MutationPath> = Mutations[Path][0];
export type MutationOutput<Path extends MutationPath> = Mutations[Path][1];
export type { Permission, Role };
