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
import { recordConversion } from '@penstock/engagement/first-touch';
import { briefItemOperation } from '@penstock/engagement/operations/brief-item';
import { claimQueueItem } from '@penstock/engagement/operations/claim-item';
import { getLead } from '@penstock/engagement/operations/get-lead';
import { listDay } from '@penstock/engagement/operations/list-day';
import { listLeads } from '@penstock/engagement/operations/list-leads';
import { listMails } from '@penstock/engagement/operations/list-mails';
import { releaseQueueItem } from '@penstock/engagement/operations/release-item';
import { decideMessage } from '@penstock/engagement/operations/decide-message';
import { sendMessageOperation } from '@penstock/engagement/operations/send-message';
import { withdrawMessage } from '@penstock/engagement/operations/withdraw-message';
import { chooseAnew } from '@penstock/enrichment/choose-anew';
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
import { completeQueueItem } from '@penstock/scoring/operations/complete-queue-item';
import { explainScore } from '@penstock/scoring/operations/explain-score';
import { weighSignal } from '@penstock/scoring/operations/weigh-signal';
import { getQueueItem } from '@penstock/scoring/operations/get-queue-item';
import { listQueue } from '@penstock/scoring/operations/list-queue';
import { refreshScores, scoringPort } from '@penstock/scoring/rescore';
import { refreshStandings } from '@penstock/scoring/standing';
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
  answerCompanyReviewOperation,
  listCompanyReviews,
} from '@penstock/signals/operations/company-reviews';
import { getSignal, judgeSignal, listSignals } from '@penstock/signals/operations/read-signals';
import { regroupAccounts } from '@penstock/signals/regroup-accounts';
import { takeIntentOperation } from '@penstock/signals/operations/take-intent';
import { listViews, removeView, saveView } from '@penstock/workspace/operations/manage-views';
import { readMe } from '@penstock/workspace/operations/manage-workspace';

import { activityOperations } from './activity-operations.ts';
import { listOperations } from './list-operations.ts';
import { visitOperations } from './visit-operations.ts';
import { notificationOperations } from './notification-operations.ts';
import { sourceOperations, wakingWatchers } from './source-operations.ts';
import { vendorNews } from './vendor-news.ts';
import type { OperationDeps as Deps } from './gateway-deps.ts';
import { enrichmentOperations } from './enrichment-operations.ts';
import { settingsOperations } from './settings-operations.ts';

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

/** Mails of the sandbox stay in it; those of real workspaces need a server of their own. */
const mailServers =
  ({ config }: Pick<Deps, 'config'>): MailServers =>
  (kind) =>
    (kind === 'sandbox' ? config.PENSTOCK_SANDBOX_URL : config.PENSTOCK_SMTP_URL) !== '';
