import {
  acceptAccount,
  createAccountByHand,
  dismissAccount,
} from '@penstock/accounts/operations/change-accounts';
import type { MailServers } from '@penstock/engagement/mail-port';
import type { MergePort } from '@penstock/accounts/merge-port';
import { correctPersonOperation } from '@penstock/accounts/operations/correct-person';
import { readCommittee } from '@penstock/accounts/operations/read-committee';
import { setAccountTraitOperation } from '@penstock/accounts/operations/set-account-trait';
import { mergeDuplicatesOperation, undoMergeOperation } from '@penstock/accounts/operations/merge-duplicates';
import {
  compareDuplicates,
  keepDuplicatesApart,
  listDuplicates,
  listMerges,
  lookForDuplicates,
} from '@penstock/accounts/operations/review-duplicates';
import { erasePerson, exportPerson, reportPerson } from '@penstock/accounts/operations/manage-personal-data';
import { accountTimeline, getAccount, listAccounts } from '@penstock/accounts/operations/read-accounts';
import { recordConversion, recordRelease } from '@penstock/engagement/first-touch';
import { briefItemOperation } from '@penstock/engagement/operations/brief-item';
import { claimQueueItem } from '@penstock/engagement/operations/claim-item';
import { getLead } from '@penstock/engagement/operations/get-lead';
import { listDay } from '@penstock/engagement/operations/list-day';
import { listLeads } from '@penstock/engagement/operations/list-leads';
import { listMails } from '@penstock/engagement/operations/list-mails';
import { createForm, listForms, updateForm } from '@penstock/engagement/operations/manage-forms';
import { releaseQueueItem } from '@penstock/engagement/operations/release-item';
import { decideMessage } from '@penstock/engagement/operations/decide-message';
import { sendMessageOperation } from '@penstock/engagement/operations/send-message';
import { sendTestLeadOperation } from '@penstock/engagement/operations/send-test-lead';
import { withdrawMessage } from '@penstock/engagement/operations/withdraw-message';
import { chooseAnew } from '@penstock/enrichment/choose-anew';
import { controlListRunOperation } from '@penstock/enrichment/operations/control-list-run';
import { dryRunOperation } from '@penstock/enrichment/operations/dry-run-waterfall';
import { findPeopleOperations } from '@penstock/enrichment/operations/find-people';
import {
  checkImportRows,
  createImport,
  importRows,
  listImports,
} from '@penstock/enrichment/operations/import-people';
import { forecastRunOperation } from '@penstock/enrichment/operations/forecast-run';
import { listRuns } from '@penstock/enrichment/operations/list-runs';
import { acknowledgeAlert, alertOperations } from '@penstock/enrichment/operations/manage-alerts';
import {
  createCampaign,
  listBudgetChanges,
  readBudgets,
  setBudget,
} from '@penstock/enrichment/operations/manage-budgets';
import {
  listSettledCharges,
  listUnknownCharges,
  readMoney,
  reconcileCharges,
  switchPaidCalls,
} from '@penstock/enrichment/operations/manage-money';
import { arrangeKeys, removeKey, setKeyLimits } from '@penstock/enrichment/operations/manage-keys';
import { providerOperations } from '@penstock/enrichment/operations/manage-providers';
import { waterfallOperations } from '@penstock/enrichment/operations/manage-waterfall';
import { getListRun, listListRecords, listListRuns } from '@penstock/enrichment/operations/read-list-runs';
import { scorecardsOperation } from '@penstock/enrichment/operations/read-scorecards';
import { startListRunOperation } from '@penstock/enrichment/operations/start-list-run';
import { sealText } from '@penstock/kernel/seal';
import { addDealEvidence } from '@penstock/pipeline/operations/add-deal-evidence';
import { createDealOperation } from '@penstock/pipeline/operations/create-deal';
import { getDeal } from '@penstock/pipeline/operations/get-deal';
import { listDeals } from '@penstock/pipeline/operations/list-deals';
import { listStages } from '@penstock/pipeline/operations/list-stages';
import { moveDeal } from '@penstock/pipeline/operations/move-deal';
import { recordConversationOperation } from '@penstock/pipeline/operations/record-conversation';
import { planNextStep } from '@penstock/pipeline/operations/plan-next-step';
import { readWonPath } from '@penstock/pipeline/operations/read-won-path';
import { learnWinProbability, readWinProbability } from '@penstock/pipeline/operations/win-probability';
import { GenericProvider } from '@penstock/providers/generic-http/definition';
import { providerCatalogue } from '@penstock/providers/registry';
import { describedOperations } from '@penstock/enrichment/operations/manage-described';
import { setProviderTermsOperation } from '@penstock/enrichment/operations/set-provider-terms';
import { tryProvider } from '@penstock/enrichment/try-provider';
import { giveBackItems } from '@penstock/scoring/give-back';
import { completeQueueItem } from '@penstock/scoring/operations/complete-queue-item';
import { compareIcp } from '@penstock/scoring/operations/compare-icp';
import { explainScore } from '@penstock/scoring/operations/explain-score';
import { weighSignal } from '@penstock/scoring/operations/weigh-signal';
import { getQueueItem } from '@penstock/scoring/operations/get-queue-item';
import { listQueue } from '@penstock/scoring/operations/list-queue';
import {
  publishTitleRules,
  readTitleRules,
  saveTitleRulesDraft,
} from '@penstock/scoring/operations/manage-title-rules';
import { tryTitleRules } from '@penstock/scoring/operations/try-title-rules';
import { refreshScores, scoringPort } from '@penstock/scoring/rescore';
import { refreshStandings } from '@penstock/scoring/standing';
import { readIcpFeedback } from '@penstock/scoring/operations/read-icp-feedback';
import { judgeIcp } from '@penstock/scoring/operations/judge-icp';
import { readIcp, saveIcpDraft } from '@penstock/scoring/operations/manage-icp';
import { cancelIcpBuild, publishIcp, readIcpBuild } from '@penstock/scoring/operations/publish-icp';
import {
  compareModel,
  publishModel,
  readModel,
  saveModelDraft,
} from '@penstock/scoring/operations/manage-model';
import { listQueues, saveQueues } from '@penstock/scoring/operations/manage-queues';
import { passOnQueueItem } from '@penstock/scoring/operations/pass-on-queue-item';
import { reopenQueueItem } from '@penstock/scoring/operations/reopen-queue-item';
import { readServiceLevels } from '@penstock/scoring/operations/read-service-levels';
import { readLoad, signalOutcomes } from '@penstock/scoring/operations/review-queue';
import { snoozeQueueItem } from '@penstock/scoring/operations/snooze-queue-item';
import { readChampionPolicy, saveChampionPolicy } from '@penstock/signals/operations/champion-policy';
import { answerDepartureOperation, listDepartures } from '@penstock/signals/operations/departures';
import { markChampion, recordObjection } from '@penstock/signals/operations/manage-champions';
import { undoDepartureOperation } from '@penstock/signals/operations/undo-departure';
import { reportDepartureOperation } from '@penstock/signals/operations/report-departure';
import {
  publishWatchRules,
  readWatchRules,
  saveWatchRulesDraft,
  testWatchRules,
} from '@penstock/signals/operations/manage-watch-rules';
import { testNewsRules } from '@penstock/signals/operations/test-news-rules';
import {
  createTargetOperation,
  listWebhookTargets,
  removeWebhookTarget,
  switchWebhookTarget,
} from '@penstock/signals/operations/manage-targets';
import { createWebhookOperation, listWebhooks } from '@penstock/signals/operations/manage-webhooks';
import {
  answerCompanyReviewOperation,
  listCompanyReviews,
} from '@penstock/signals/operations/company-reviews';
import { getSignal, judgeSignal, listSignals } from '@penstock/signals/operations/read-signals';
import { regroupAccounts } from '@penstock/signals/regroup-accounts';
import { takeIntentOperation } from '@penstock/signals/operations/take-intent';
import {
  addMemberOperation,
  listMembers,
  listTeams,
  updateMemberOperation,
} from '@penstock/workspace/operations/manage-members';
import { listViews, removeView, saveView } from '@penstock/workspace/operations/manage-views';
import {
  listAudit,
  readMe,
  readWorkspace,
  updateWorkspace,
} from '@penstock/workspace/operations/manage-workspace';

import { activityOperations } from './activity-operations.ts';
import type { GatewayDeps } from './gateway-deps.ts';
import { listOperations, searchOperations } from './list-operations.ts';
import { visitOperations } from './visit-operations.ts';
import { notificationOperations } from './notification-operations.ts';
import { startLead } from './intake/start-lead.ts';
import { sourceOperations, wakingWatchers } from './source-operations.ts';
import { startListRun } from './start-list-run.ts';
import { vendorNews } from './vendor-news.ts';

export type Operations = ReturnType<typeof createOperations>;

const duplicateOperations = () => ({
  list: listDuplicates,
  compare: compareDuplicates,
  find: lookForDuplicates,
  keepApart: keepDuplicatesApart,
  merge: mergeDuplicatesOperation(mergePort),
  undo: undoMergeOperation(mergePort),
  merges: listMerges,
});

/** Every operation that a caller can reach, by its name. tRPC and REST are two doors to these and to nothing else. */
export function createOperations(deps: Deps) {
  return {
    session: { me: readMe },
    queue: {
      list: listQueue,
      get: getQueueItem,
      brief: briefItemOperation(mailServers(deps)),
      sendMessage: sendMessageOperation(mailServers(deps)),
      day: listDay,
      claim: claimQueueItem,
      release: releaseQueueItem,
      snooze: snoozeQueueItem,
      passOn: passOnQueueItem,
      definitions: listQueues,
      saveDefinitions: saveQueues,
      levels: readServiceLevels,
      outcomes: signalOutcomes,
      load: readLoad,
      complete: completeQueueItem,
      reopen: reopenQueueItem,
    },
    leads: { list: listLeads, get: getLead },
    enrichment: enrichmentOperations(deps),
    accounts: {
      list: listAccounts,
      get: getAccount,
      timeline: accountTimeline,
      committee: readCommittee,
      create: createAccountByHand,
      accept: acceptAccount,
      dismiss: dismissAccount,
      setTrait: setAccountTraitOperation({ onChanged: refreshScores }),
    },
    scores: {
      explain: explainScore,
      weighSignal,
      model: readModel,
      saveModelDraft,
      compareModel,
      publishModel,
    },
    activities: activityOperations,
    duplicates: duplicateOperations(),
    people: {
      export: exportPerson,
      report: reportPerson,
      erase: erasePerson,
      correct: correctPersonOperation({ onChanged: refreshStandings }),
    },
    deals: dealOperations,
    mails: { list: listMails, withdraw: withdrawMessage, decide: decideMessage },
    notifications: notificationOperations(deps),
    views: { list: listViews, save: saveView, remove: removeView },
    ...signalOperations(deps),
    visits: visitOperations(deps),
    lists: listOperations,
    settings: settingsOperations(deps),
  } as const;
}

/** What follows when two records become one. */
export const mergePort: MergePort = {
  lockAccounts: scoringPort.lock,
  onPeople: chooseAnew,
  onAccounts: (tx, accountIds, now) => regroupAccounts(tx, scoringPort, accountIds, now),
  onAccountPeople: refreshScores,
};

const dealOperations = {
  list: listDeals,
  get: getDeal,
  stages: listStages,
  create: createDealOperation({ onLeadConverted: recordConversion }),
  move: moveDeal,
  planNextStep,
  addEvidence: addDealEvidence,
  winModel: readWinProbability,
  wonPath: readWonPath,
  learnWinModel: learnWinProbability,
  recordConversation: recordConversationOperation({ scoring: scoringPort }),
} as const;

function signalOperations(deps: Deps) {
  return {
    sources: { ...sourceOperations({ ...deps, wakeWatchers: wakingWatchers(deps) }), ...vendorNews.sources },
    signals: {
      list: listSignals,
      get: getSignal,
      judge: judgeSignal,
      takeIntent: takeIntentOperation({ scoring: scoringPort }),
    },
    champions: {
      policy: readChampionPolicy,
      savePolicy: saveChampionPolicy,
      mark: markChampion,
      object: recordObjection,
      ...vendorNews.champions,
      departures: listDepartures,
      answerDeparture: answerDepartureOperation({ scoring: scoringPort }),
      undoDeparture: undoDepartureOperation({ scoring: scoringPort }),
      reportDeparture: reportDepartureOperation({ scoring: scoringPort }),
    },
    reviews: { list: listCompanyReviews, answer: answerCompanyReviewOperation({ scoring: scoringPort }) },
  } as const;
}

type Deps = Pick<GatewayDeps, 'config' | 'auth' | 'temporal' | 'log' | 'store' | 'vendors'>;

/** Mails of the sandbox stay in it; those of real workspaces need a server of their own. */
const mailServers =
  ({ config }: Pick<Deps, 'config'>): MailServers =>
  (kind) =>
    (kind === 'sandbox' ? config.PENSTOCK_SANDBOX_URL : config.PENSTOCK_SMTP_URL) !== '';

function sealing(deps: Pick<Deps, 'config'>): (secret: string) => string {
  const secretKey = Buffer.from(deps.config.PENSTOCK_SECRET_KEY, 'base64');
  return (secret) => sealText(secretKey, secret);
}

const providersOf = (deps: Deps) =>
  providerOperations({ ...providerCatalogue, seal: sealing(deps), send: deps.vendors.send });
const waterfall = waterfallOperations(providerCatalogue);
const alerts = alertOperations(providerCatalogue);
const findPeopleOf = ({ vendors }: Deps) =>
  findPeopleOperations({ ...providerCatalogue, send: vendors.send });
const describedOf = ({ store, vendors }: Deps) =>
  describedOperations({
    definition: GenericProvider,
    tryCall: (workspaceId, input, now) =>
      tryProvider({ ...providerCatalogue, store, send: vendors.send }, workspaceId, input, now),
  });

function enrichmentOperations(deps: Deps) {
  const start = (run: { workspaceId: string; runId: string }) => startListRun(deps, run);
  return {
    runs: listRuns,
    providers: providersOf(deps).list,
    describedProviders: describedOf(deps).list,
    describeProvider: describedOf(deps).save,
    removeProvider: describedOf(deps).remove,
    tryProvider: describedOf(deps).tryOut,
    setProviderTerms: setProviderTermsOperation(providerCatalogue),
    waterfall: waterfall.read,
    saveWaterfallDraft: waterfall.saveDraft,
    publishWaterfall: waterfall.publish,
    dryRunWaterfall: dryRunOperation(providerCatalogue),
    forecast: forecastRunOperation(providerCatalogue),
    startListRun: startListRunOperation({ start, ...providerCatalogue }),
    controlListRun: controlListRunOperation(start),
    alerts: alerts.list,
    closedAlerts: alerts.closed,
    acknowledgeAlert,
    money: readMoney,
    budgets: readBudgets,
    setBudget,
    budgetChanges: listBudgetChanges,
    createCampaign,
    switchPaidCalls,
    unknownCharges: listUnknownCharges,
    settledCharges: listSettledCharges,
    reconcileCharges,
    peopleSearch: findPeopleOf(deps).preview,
    findPeople: findPeopleOf(deps).find,
    ...searchOperations,
    imports: listImports,
    createImport,
    importRows,
    checkImportRows,
    scorecards: scorecardsOperation(providerCatalogue),
    listRuns: listListRuns,
    getListRun,
    listRecords: listListRecords,
  } as const;
}

function settingsOperations(deps: Deps) {
  return {
    workspace: readWorkspace,
    updateWorkspace,
    members: listMembers,
    updateMember: updateMemberOperation({
      onLeft: (tx, memberId, now) => giveBackItems(tx, memberId, now, recordRelease),
    }),
    addMember: addMemberOperation({
      createUser: (user, workspaceId) => deps.auth.createUser(user, workspaceId),
    }),
    teams: listTeams,
    icp: readIcp,
    saveIcpDraft,
    publishIcp,
    icpBuild: readIcpBuild,
    cancelIcpBuild,
    judgeIcp,
    compareIcp,
    icpFeedback: readIcpFeedback,
    watchRules: readWatchRules,
    saveWatchRulesDraft,
    publishWatchRules,
    testWatchRules,
    testNewsRules,
    titleRules: readTitleRules,
    saveTitleRulesDraft,
    publishTitleRules,
    testTitleRules: tryTitleRules,
    forms: listForms,
    createForm,
    updateForm,
    sendTestLead: sendTestLeadOperation((lead) => startLead(deps, lead)),
    saveCredential: providersOf(deps).save,
    arrangeKeys,
    setKeyLimits,
    removeKey,
    webhooks: listWebhooks,
    webhookTargets: listWebhookTargets,
    createWebhookTarget: createTargetOperation({ seal: sealing(deps) }),
    switchWebhookTarget,
    removeWebhookTarget,
    createWebhook: createWebhookOperation({ seal: sealing(deps) }),
    audit: listAudit,
  } as const;
}
