import type { QueryClient } from '@tanstack/react-query';

import type { QueryPath } from '../api/procedures.ts';
import { onChange, type Change } from './live-channel.ts';

/** What each kind of change makes stale. */
const STALE: Readonly<Record<string, readonly QueryPath[]>> = {
  'lead.received': ['leads.list', 'queue.list', 'accounts.timeline'],
  'lead.changed': [
    'leads.list',
    'leads.get',
    'queue.list',
    'queue.get',
    'accounts.timeline',
    'enrichment.runs',
  ],
  'account.changed': [
    'duplicates.list',
    'duplicates.merges',
    'accounts.list',
    'accounts.get',
    'accounts.committee',
    'queue.get',
    'queue.list',
    'queue.brief',
    'queue.day',
  ],
  'person.changed': [
    'duplicates.list',
    'duplicates.merges',
    'accounts.get',
    'accounts.committee',
    'queue.brief',
    'enrichment.runs',
    'queue.get',
    'queue.list',
    'leads.get',
  ],
  'signal.recorded': [
    'signals.list',
    'reviews.list',
    'accounts.timeline',
    'scores.explain',
    'sources.list',
    'visits.read',
  ],
  'score.changed': [
    'scores.explain',
    'scores.weighSignal',
    'queue.list',
    'queue.get',
    'deals.list',
    'deals.get',
  ],
  'queue.item.entered': ['queue.list', 'queue.day'],
  'queue.item.changed': ['queue.list', 'queue.get', 'queue.brief', 'queue.day', 'leads.get', 'leads.list'],
  'deal.changed': ['deals.list', 'deals.get', 'queue.day', 'accounts.timeline', 'leads.get'],
  'mail.changed': [
    'activities.unmatched',
    'mails.list',
    'sandbox.outbox',
    'leads.get',
    'accounts.timeline',
    'queue.brief',
  ],
  'list_run.changed': [
    'enrichment.budgets',
    'enrichment.listRuns',
    'enrichment.getListRun',
    'enrichment.listRecords',
  ],
  'list.changed': ['lists.list', 'lists.get', 'lists.members', 'lists.changes', 'queue.list'],
  'people_search.changed': [
    'enrichment.searches',
    'enrichment.searchAccounts',
    'enrichment.imports',
    'enrichment.budgets',
  ],
  'import.changed': ['enrichment.imports', 'lists.files'],
  'notification.changed': [
    'notifications.list',
    'notifications.count',
    'notifications.preferences',
    'notifications.mutes',
  ],
  'departure.changed': [
    'champions.departures',
    'champions.policy',
    'accounts.get',
    'signals.list',
    'signals.get',
    'accounts.timeline',
    'scores.explain',
    'deals.get',
  ],
  'source.changed': ['visits.read', 'sources.list', 'sandbox.filings'],
  'alert.opened': ['enrichment.alerts'],
  'alert.closed': ['enrichment.alerts', 'enrichment.closedAlerts'],
  'alert.acknowledged': ['enrichment.alerts'],
  'settings.changed': [
    'session.me',
    'settings.workspace',
    'settings.members',
    'settings.teams',
    'settings.icp',
    'settings.icpBuild',
    'settings.judgeIcp',
    'settings.compareIcp',
    'scores.explain',
    'accounts.list',
    'scores.model',
    'settings.watchRules',
    'settings.titleRules',
    'accounts.committee',
    'champions.policy',
    'settings.webhookTargets',
    'visits.read',
    'notifications.preferences',
    'enrichment.waterfall',
    'enrichment.money',
    'enrichment.lawfulUse',
    'enrichment.budgets',
    'enrichment.budgetChanges',
    'enrichment.unknownCharges',
    'queue.definitions',
    'queue.levels',
    'queue.list',
    'settings.forms',
    'deals.stages',
  ],
};

/** Many changes in a moment cost one round of questions. */
const GATHER_MS = 150;

/** Asks again what changes have made stale; only what is on screen is fetched at once. */
export function refreshOnChange(queries: QueryClient): () => void {
  const stale = new Set<QueryPath>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const flush = () => {
    timer = undefined;
    for (const path of stale) void queries.invalidateQueries({ queryKey: [path] });
    stale.clear();
  };
  const stop = onChange((change: Change | 'resync') => {
    if (change === 'resync') {
      void queries.invalidateQueries();
      return;
    }
    for (const path of STALE[change.kind] ?? []) stale.add(path);
    timer ??= setTimeout(flush, GATHER_MS);
  });
  return () => {
    stop();
    clearTimeout(timer);
  };
}
