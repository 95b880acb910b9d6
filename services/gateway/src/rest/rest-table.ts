import type { Command, Query } from '@penstock/workspace/operation';
import type { z } from 'zod';

import type { Operations } from '../operations.ts';

export type AnyOperation = Query<z.ZodType, z.ZodType> | Command<z.ZodType, z.ZodType>;
export type RestRoute = {
  method: 'get' | 'post' | 'patch' | 'delete';
  path: string;
  operation: AnyOperation;
  creates?: boolean;
};

type Entry = Omit<RestRoute, 'operation'> & { operation: unknown };

/** REST below `/v1`: the same operations as the console's, by resource. Path parameters, query and body make up the input. */
export function restTable(operations: Operations): RestRoute[] {
  const { accounts, queue, leads, deals, people, settings } = operations;
  const table: Entry[] = [
    { method: 'get', path: '/me', operation: operations.session.me },
    ...queueRoutes(queue),
    { method: 'get', path: '/leads', operation: leads.list },
    { method: 'get', path: '/leads/{id}', operation: leads.get },
    ...duplicateRoutes(operations.duplicates),
    { method: 'get', path: '/accounts', operation: accounts.list },
    { method: 'post', path: '/accounts', operation: accounts.create, creates: true },
    { method: 'get', path: '/accounts/{id}', operation: accounts.get },
    { method: 'get', path: '/accounts/{id}/timeline', operation: accounts.timeline },
    { method: 'get', path: '/accounts/{id}/committee', operation: accounts.committee },
    { method: 'post', path: '/accounts/{id}/accept', operation: accounts.accept },
    { method: 'post', path: '/accounts/{id}/dismiss', operation: accounts.dismiss },
    { method: 'post', path: '/accounts/{id}/traits', operation: accounts.setTrait },
    { method: 'get', path: '/accounts/{accountId}/score', operation: operations.scores.explain },
    ...icpRoutes(settings),
    { method: 'get', path: '/scores/model', operation: operations.scores.model },
    { method: 'get', path: '/scores/compare/{versionId}', operation: operations.scores.compareModel },
    ...enrichmentRoutes(operations.enrichment),
    { method: 'get', path: '/people/{personId}/runs', operation: operations.enrichment.runs },
    ...peopleRoutes(people),
    { method: 'post', path: '/activities', operation: operations.activities.record, creates: true },
    { method: 'post', path: '/activities/mail', operation: operations.activities.recordMail, creates: true },
    { method: 'patch', path: '/activities/{id}', operation: operations.activities.settle },
    { method: 'delete', path: '/activities/{id}', operation: operations.activities.withdraw },
    ...unmatchedRoutes(operations.activities),
    { method: 'get', path: '/deals', operation: deals.list },
    { method: 'post', path: '/deals', operation: deals.create, creates: true },
    { method: 'get', path: '/deals/{id}', operation: deals.get },
    { method: 'post', path: '/deals/{id}/next-step', operation: deals.planNextStep },
    { method: 'post', path: '/deals/{id}/move', operation: deals.move },
    { method: 'post', path: '/deals/{dealId}/evidence', operation: deals.addEvidence, creates: true },
    { method: 'post', path: '/conversations', operation: deals.recordConversation, creates: true },
    { method: 'get', path: '/stages', operation: deals.stages },
    { method: 'get', path: '/won-path', operation: deals.wonPath },
    { method: 'get', path: '/win-probability', operation: deals.winModel },
    { method: 'post', path: '/win-probability/learn', operation: deals.learnWinModel },
    { method: 'get', path: '/mails', operation: operations.mails.list },
    { method: 'delete', path: '/mails/{id}', operation: operations.mails.withdraw },
    { method: 'post', path: '/mails/{id}/decide', operation: operations.mails.decide },
    ...listRoutes(operations.lists),
    ...ownRoutes(operations),
    ...signalRoutes(operations),
    ...watchingRoutes(operations),
    { method: 'get', path: '/providers', operation: operations.enrichment.providers },
    { method: 'post', path: '/providers/{provider}/keys', operation: settings.arrangeKeys },
    { method: 'post', path: '/provider-keys/{id}/limits', operation: settings.setKeyLimits },
    { method: 'post', path: '/provider-keys/{id}/remove', operation: settings.removeKey },
    { method: 'get', path: '/forms', operation: settings.forms },
    { method: 'post', path: '/forms', operation: settings.createForm, creates: true },
    { method: 'post', path: '/forms/{formId}/test', operation: settings.sendTestLead, creates: true },
    { method: 'patch', path: '/forms/{id}', operation: settings.updateForm },
    { method: 'get', path: '/members', operation: settings.members },
    { method: 'get', path: '/audit', operation: settings.audit },
  ];
  // Safe: every entry is a query or a command; their parameters only become unknown to this table.
  return table as RestRoute[];
}

/** Mails with people whom nobody knows. */
function unmatchedRoutes(activities: Operations['activities']): Entry[] {
  return [
    { method: 'get', path: '/unmatched-mails', operation: activities.unmatched },
    { method: 'get', path: '/unmatched-mails/candidates', operation: activities.unmatchedCandidates },
    { method: 'post', path: '/unmatched-mails/match', operation: activities.matchMail },
    { method: 'post', path: '/unmatched-mails/create-person', operation: activities.createFromMail },
    { method: 'post', path: '/unmatched-mails/ignore', operation: activities.ignoreMail },
    { method: 'post', path: '/unmatched-mails/undo', operation: activities.undoMail },
  ];
}

/** The ideal customer profile: drafted, counted, compared, published. */
function icpRoutes(settings: Operations['settings']): Entry[] {
  return [
    { method: 'get', path: '/icp', operation: settings.icp },
    { method: 'post', path: '/icp/draft', operation: settings.saveIcpDraft },
    { method: 'post', path: '/icp/publish', operation: settings.publishIcp },
    { method: 'get', path: '/icp/build', operation: settings.icpBuild },
    { method: 'post', path: '/icp/build/cancel', operation: settings.cancelIcpBuild },
    { method: 'get', path: '/icp/feedback', operation: settings.icpFeedback },
    { method: 'post', path: '/icp/judge', operation: settings.judgeIcp },
    { method: 'post', path: '/icp/compare', operation: settings.compareIcp },
  ];
}

const peopleRoutes = (people: Operations['people']): Entry[] => [
  { method: 'patch', path: '/people/{id}', operation: people.correct },
  { method: 'post', path: '/people/{id}/export', operation: people.export },
  { method: 'post', path: '/people/{id}/report', operation: people.report },
  { method: 'post', path: '/people/{id}/erase', operation: people.erase },
];

/** Lists of accounts that refill by themselves. */
const listRoutes = (lists: Operations['lists']): Entry[] => [
  { method: 'get', path: '/lists', operation: lists.list },
  { method: 'post', path: '/lists', operation: lists.save, creates: true },
  { method: 'post', path: '/lists/preview', operation: lists.preview },
  { method: 'get', path: '/target-files', operation: lists.files },
  { method: 'post', path: '/target-files', operation: lists.createFile, creates: true },
  { method: 'post', path: '/target-files/check', operation: lists.checkTargets },
  { method: 'post', path: '/target-files/{fileId}/rows', operation: lists.addTargets },
  { method: 'delete', path: '/target-files/{id}', operation: lists.removeFile },
  { method: 'get', path: '/lists/{id}', operation: lists.get },
  { method: 'get', path: '/lists/{id}/members', operation: lists.members },
  { method: 'get', path: '/lists/{id}/changes', operation: lists.changes },
  { method: 'post', path: '/lists/{id}/control', operation: lists.control },
];

/** What is a member's own: what they are told of, how they look at pages. */
const ownRoutes = ({ notifications, views }: Operations): Entry[] => [
  { method: 'get', path: '/notifications', operation: notifications.list },
  { method: 'get', path: '/notifications/count', operation: notifications.count },
  { method: 'post', path: '/notifications/mark', operation: notifications.mark },
  { method: 'post', path: '/notifications/mark-all', operation: notifications.markAll },
  { method: 'get', path: '/notifications/preferences', operation: notifications.preferences },
  { method: 'post', path: '/notifications/preferences', operation: notifications.savePreferences },
  { method: 'post', path: '/notifications/find-in-slack', operation: notifications.findInSlack },
  { method: 'post', path: '/slack', operation: notifications.connectSlack },
  { method: 'delete', path: '/slack', operation: notifications.disconnectSlack },
  { method: 'post', path: '/notifications/slack-webhook', operation: notifications.connectHook },
  { method: 'delete', path: '/notifications/slack-webhook', operation: notifications.disconnectHook },
  { method: 'get', path: '/notifications/mutes', operation: notifications.mutes },
  { method: 'post', path: '/notifications/mutes', operation: notifications.mute },
  { method: 'delete', path: '/notifications/mutes/{accountId}', operation: notifications.unmute },
  { method: 'get', path: '/views', operation: views.list },
  { method: 'post', path: '/views', operation: views.save, creates: true },
  { method: 'delete', path: '/views/{id}', operation: views.remove },
];

/** Waterfalls and the runs over lists that use them. */
function enrichmentRoutes(enrichment: Operations['enrichment']): Entry[] {
  return [
    { method: 'get', path: '/waterfall', operation: enrichment.waterfall },
    { method: 'post', path: '/waterfall/draft', operation: enrichment.saveWaterfallDraft },
    { method: 'get', path: '/waterfall/{versionId}/dry-run', operation: enrichment.dryRunWaterfall },
    { method: 'post', path: '/waterfall/publish', operation: enrichment.publishWaterfall },
    { method: 'get', path: '/money', operation: enrichment.money },
    { method: 'get', path: '/alerts', operation: enrichment.alerts },
    { method: 'get', path: '/alerts/closed', operation: enrichment.closedAlerts },
    { method: 'post', path: '/alerts/{id}/acknowledge', operation: enrichment.acknowledgeAlert },
    { method: 'get', path: '/budgets', operation: enrichment.budgets },
    { method: 'post', path: '/budgets', operation: enrichment.setBudget },
    { method: 'get', path: '/budgets/changes', operation: enrichment.budgetChanges },
    { method: 'post', path: '/campaigns', operation: enrichment.createCampaign, creates: true },
    { method: 'patch', path: '/campaigns/{id}', operation: enrichment.changeCampaign },
    { method: 'post', path: '/money/switch', operation: enrichment.switchPaidCalls },
    { method: 'get', path: '/unknown-charges', operation: enrichment.unknownCharges },
    { method: 'get', path: '/unknown-charges/settled', operation: enrichment.settledCharges },
    { method: 'post', path: '/unknown-charges/reconcile', operation: enrichment.reconcileCharges },
    { method: 'get', path: '/accounts/{accountId}/people-search', operation: enrichment.peopleSearch },
    { method: 'post', path: '/accounts/{accountId}/people-search', operation: enrichment.findPeople },
    { method: 'post', path: '/people-searches/forecast', operation: enrichment.forecastSearch },
    { method: 'get', path: '/people-searches', operation: enrichment.searches },
    { method: 'post', path: '/people-searches', operation: enrichment.startSearch, creates: true },
    { method: 'get', path: '/people-searches/{id}/accounts', operation: enrichment.searchAccounts },
    { method: 'post', path: '/people-searches/{id}/control', operation: enrichment.controlSearch },
    { method: 'get', path: '/imports', operation: enrichment.imports },
    { method: 'post', path: '/imports', operation: enrichment.createImport, creates: true },
    { method: 'post', path: '/imports/check', operation: enrichment.checkImportRows },
    { method: 'post', path: '/imports/{importId}/rows', operation: enrichment.importRows },
    { method: 'get', path: '/providers/scorecards', operation: enrichment.scorecards },
    { method: 'get', path: '/providers/described', operation: enrichment.describedProviders },
    { method: 'post', path: '/providers/described', operation: enrichment.describeProvider },
    { method: 'post', path: '/providers/described/{id}/remove', operation: enrichment.removeProvider },
    { method: 'post', path: '/providers/described/{providerId}/try', operation: enrichment.tryProvider },
    { method: 'post', path: '/providers/{provider}/terms', operation: enrichment.setProviderTerms },
    { method: 'get', path: '/lawful-use', operation: enrichment.lawfulUse },
    { method: 'post', path: '/lawful-use', operation: enrichment.saveLawfulUse },
    { method: 'get', path: '/list-runs/forecast', operation: enrichment.forecast },
    { method: 'get', path: '/list-runs', operation: enrichment.listRuns },
    { method: 'post', path: '/list-runs', operation: enrichment.startListRun, creates: true },
    { method: 'get', path: '/list-runs/{id}', operation: enrichment.getListRun },
    { method: 'post', path: '/list-runs/{id}/control', operation: enrichment.controlListRun },
    { method: 'get', path: '/list-runs/{runId}/records', operation: enrichment.listRecords },
  ];
}

/** What happened: the feed, what each does, verdicts, and whose a doubtful one is. */
function signalRoutes({ scores, signals, reviews }: Operations): Entry[] {
  return [
    { method: 'get', path: '/signals', operation: signals.list },
    { method: 'get', path: '/signals/{id}', operation: signals.get },
    { method: 'get', path: '/signals/{id}/weight', operation: scores.weighSignal },
    { method: 'post', path: '/signals/{id}/verdict', operation: signals.judge },
    { method: 'post', path: '/signals/intent', operation: signals.takeIntent, creates: true },
    { method: 'get', path: '/company-reviews', operation: reviews.list },
    { method: 'post', path: '/company-reviews/{id}/answer', operation: reviews.answer },
  ];
}

/** How it is watched: sources, rules, champions, visits. */
function watchingRoutes({ sources, settings, champions, visits }: Operations): Entry[] {
  return [
    { method: 'get', path: '/visits', operation: visits.read },
    { method: 'post', path: '/visits', operation: visits.save },
    { method: 'post', path: '/visits/try', operation: visits.try },
    { method: 'get', path: '/champions/policy', operation: champions.policy },
    { method: 'post', path: '/champions/policy', operation: champions.savePolicy },
    { method: 'get', path: '/champions/checks', operation: champions.checks },
    { method: 'post', path: '/champions/tiers', operation: champions.setTier },
    { method: 'post', path: '/people/{personId}/champion', operation: champions.mark },
    { method: 'post', path: '/people/{personId}/objection', operation: champions.object },
    { method: 'get', path: '/departures', operation: champions.departures },
    { method: 'post', path: '/departures', operation: champions.reportDeparture },
    { method: 'post', path: '/departures/{id}/answer', operation: champions.answerDeparture },
    { method: 'post', path: '/departures/{id}/undo', operation: champions.undoDeparture },
    { method: 'get', path: '/watch-rules', operation: settings.watchRules },
    { method: 'post', path: '/watch-rules/draft', operation: settings.saveWatchRulesDraft },
    { method: 'post', path: '/watch-rules/publish', operation: settings.publishWatchRules },
    { method: 'post', path: '/watch-rules/test', operation: settings.testWatchRules },
    { method: 'post', path: '/watch-rules/test-news', operation: settings.testNewsRules },
    { method: 'get', path: '/title-rules', operation: settings.titleRules },
    { method: 'post', path: '/title-rules/draft', operation: settings.saveTitleRulesDraft },
    { method: 'post', path: '/title-rules/publish', operation: settings.publishTitleRules },
    { method: 'post', path: '/title-rules/test', operation: settings.testTitleRules },
    { method: 'get', path: '/sources', operation: sources.list },
    { method: 'get', path: '/sources/paid', operation: sources.paid },
    { method: 'post', path: '/sources/paid', operation: sources.setPaid },
    { method: 'post', path: '/sources', operation: sources.add, creates: true },
    { method: 'post', path: '/sources/{id}/switch', operation: sources.switch },
    { method: 'post', path: '/sources/limit', operation: sources.limit },
    { method: 'post', path: '/sources/{id}/look', operation: sources.lookNow },
    { method: 'get', path: '/accounts/{accountId}/sources', operation: sources.ofAccount },
    { method: 'post', path: '/accounts/{accountId}/look', operation: sources.lookAtAccount },
    { method: 'post', path: '/accounts/{accountId}/boards/answer', operation: sources.answerBoard },
    { method: 'post', path: '/sources/described', operation: sources.describe, creates: true },
    { method: 'post', path: '/sources/described/try', operation: sources.try },
    { method: 'get', path: '/sources/described/{id}', operation: sources.versions },
    { method: 'post', path: '/sources/described/{id}', operation: sources.edit },
    { method: 'post', path: '/sources/described/{id}/restore', operation: sources.restoreVersion },
    { method: 'post', path: '/sources/{id}/remove', operation: sources.remove },
    { method: 'get', path: '/webhook-targets', operation: settings.webhookTargets },
    {
      method: 'post',
      path: '/webhook-targets',
      operation: settings.createWebhookTarget,
      creates: true,
    },
    { method: 'post', path: '/webhook-targets/{id}/switch', operation: settings.switchWebhookTarget },
    { method: 'delete', path: '/webhook-targets/{id}', operation: settings.removeWebhookTarget },
    { method: 'post', path: '/boards', operation: sources.watchBoard, creates: true },
  ];
}

const duplicateRoutes = (duplicates: Operations['duplicates']): Entry[] => [
  { method: 'get', path: '/duplicates', operation: duplicates.list },
  { method: 'get', path: '/duplicates/compare', operation: duplicates.compare },
  { method: 'post', path: '/duplicates/find', operation: duplicates.find },
  { method: 'post', path: '/duplicates/keep-apart', operation: duplicates.keepApart },
  { method: 'get', path: '/merges', operation: duplicates.merges },
  { method: 'post', path: '/merges', operation: duplicates.merge, creates: true },
  { method: 'post', path: '/merges/{id}/undo', operation: duplicates.undo },
];

const queueRoutes = (queue: Operations['queue']): Entry[] => [
  { method: 'get', path: '/queue', operation: queue.list },
  { method: 'get', path: '/queues', operation: queue.definitions },
  { method: 'post', path: '/queues', operation: queue.saveDefinitions },
  { method: 'post', path: '/queues/preview', operation: queue.levels },
  { method: 'get', path: '/reports/queue-load', operation: queue.load },
  { method: 'get', path: '/reports/signal-outcomes', operation: queue.outcomes },
  { method: 'get', path: '/day', operation: queue.day },
  { method: 'get', path: '/queue/{id}', operation: queue.get },
  { method: 'get', path: '/queue/{id}/brief', operation: queue.brief },
  { method: 'post', path: '/queue/{id}/messages', operation: queue.sendMessage, creates: true },
  { method: 'post', path: '/queue/{id}/claim', operation: queue.claim },
  { method: 'post', path: '/queue/{id}/release', operation: queue.release },
  { method: 'post', path: '/queue/{id}/snooze', operation: queue.snooze },
  { method: 'post', path: '/queue/{id}/pass-on', operation: queue.passOn },
  { method: 'post', path: '/queue/{id}/complete', operation: queue.complete },
  { method: 'post', path: '/queue/{id}/reopen', operation: queue.reopen },
];
