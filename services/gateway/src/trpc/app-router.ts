import { DomainError } from '@penstock/kernel/domain-error';
import { z } from 'zod';

import type { Operations } from '../operations.ts';
import { releaseFiling, sandboxFilings, sandboxOutbox } from '../sandbox/sandbox-control.ts';
import { listsRouter } from './lists-router.ts';
import { notificationsRouter } from './notifications-router.ts';
import { changing, reading, router, special, specially } from './procedure.ts';
import { memberOf, settingsRouter } from './settings-router.ts';

export type AppRouter = ReturnType<typeof createAppRouter>;

/** What the console calls. Each line is an operation; the file is the table of contents. */
export function createAppRouter(operations: Operations) {
  const { queue, leads, accounts, deals, settings } = operations;
  return router({
    session: sessionRouter(operations.session),
    queue: queueRouter(queue),
    leads: router({ list: reading(leads.list), get: reading(leads.get) }),
    enrichment: enrichmentRouter(operations.enrichment),
    accounts: accountsRouter(accounts),
    scores: router({
      explain: reading(operations.scores.explain),
      weighSignal: reading(operations.scores.weighSignal),
      model: reading(operations.scores.model),
      saveModelDraft: changing(operations.scores.saveModelDraft),
      compareModel: reading(operations.scores.compareModel),
      publishModel: changing(operations.scores.publishModel),
    }),
    activities: router({
      recordMail: changing(operations.activities.recordMail),
      record: changing(operations.activities.record),
      settle: changing(operations.activities.settle),
      withdraw: changing(operations.activities.withdraw),
      unmatched: reading(operations.activities.unmatched),
      unmatchedCandidates: reading(operations.activities.unmatchedCandidates),
      matchMail: changing(operations.activities.matchMail),
      createFromMail: changing(operations.activities.createFromMail),
      ignoreMail: changing(operations.activities.ignoreMail),
      undoMail: changing(operations.activities.undoMail),
    }),
    duplicates: duplicatesRouter(operations.duplicates),
    people: router({
      export: changing(operations.people.export),
      report: changing(operations.people.report),
      erase: changing(operations.people.erase),
      correct: changing(operations.people.correct),
    }),
    deals: dealsRouter(deals),
    mails: router({
      list: reading(operations.mails.list),
      withdraw: changing(operations.mails.withdraw),
      decide: changing(operations.mails.decide),
    }),
    notifications: notificationsRouter(operations.notifications),
    lists: listsRouter(operations.lists),
    views: router({
      list: reading(operations.views.list),
      save: changing(operations.views.save),
      remove: changing(operations.views.remove),
    }),
    visits: router({
      read: reading(operations.visits.read),
      save: changing(operations.visits.save),
      try: changing(operations.visits.try),
    }),
    ...signalRouters(operations),
    settings: settingsRouter(settings),
    sandbox: sandboxProcedures(),
  });
}

const duplicatesRouter = (duplicates: Operations['duplicates']) =>
  router({
    list: reading(duplicates.list),
    compare: reading(duplicates.compare),
    find: changing(duplicates.find),
    keepApart: changing(duplicates.keepApart),
    merge: changing(duplicates.merge),
    undo: changing(duplicates.undo),
    merges: reading(duplicates.merges),
  });

function signalRouters(operations: Operations) {
  return {
    signals: router({
      list: reading(operations.signals.list),
      get: reading(operations.signals.get),
      judge: changing(operations.signals.judge),
      takeIntent: changing(operations.signals.takeIntent),
    }),
    reviews: router({
      list: reading(operations.reviews.list),
      answer: changing(operations.reviews.answer),
    }),
    champions: router({
      policy: reading(operations.champions.policy),
      savePolicy: changing(operations.champions.savePolicy),
      mark: changing(operations.champions.mark),
      object: changing(operations.champions.object),
      checks: reading(operations.champions.checks),
      setTier: changing(operations.champions.setTier),
      departures: reading(operations.champions.departures),
      undoDeparture: changing(operations.champions.undoDeparture),
      answerDeparture: changing(operations.champions.answerDeparture),
      reportDeparture: changing(operations.champions.reportDeparture),
    }),
    sources: router({
      list: reading(operations.sources.list),
      paid: reading(operations.sources.paid),
      setPaid: changing(operations.sources.setPaid),
      watchBoard: changing(operations.sources.watchBoard),
      answerBoard: changing(operations.sources.answerBoard),
      add: changing(operations.sources.add),
      switch: changing(operations.sources.switch),
      limit: changing(operations.sources.limit),
      lookNow: changing(operations.sources.lookNow),
      ofAccount: reading(operations.sources.ofAccount),
      lookAtAccount: changing(operations.sources.lookAtAccount),
      describe: changing(operations.sources.describe),
      try: changing(operations.sources.try),
      edit: changing(operations.sources.edit),
      versions: reading(operations.sources.versions),
      restoreVersion: changing(operations.sources.restoreVersion),
      remove: changing(operations.sources.remove),
    }),
  };
}

function enrichmentRouter(enrichment: Operations['enrichment']) {
  return router({
    runs: reading(enrichment.runs),
    providers: reading(enrichment.providers),
    waterfall: reading(enrichment.waterfall),
    saveWaterfallDraft: changing(enrichment.saveWaterfallDraft),
    publishWaterfall: changing(enrichment.publishWaterfall),
    dryRunWaterfall: reading(enrichment.dryRunWaterfall),
    forecast: reading(enrichment.forecast),
    money: reading(enrichment.money),
    alerts: reading(enrichment.alerts),
    closedAlerts: reading(enrichment.closedAlerts),
    acknowledgeAlert: changing(enrichment.acknowledgeAlert),
    budgets: reading(enrichment.budgets),
    setBudget: changing(enrichment.setBudget),
    budgetChanges: reading(enrichment.budgetChanges),
    createCampaign: changing(enrichment.createCampaign),
    changeCampaign: changing(enrichment.changeCampaign),
    switchPaidCalls: changing(enrichment.switchPaidCalls),
    unknownCharges: reading(enrichment.unknownCharges),
    settledCharges: reading(enrichment.settledCharges),
    reconcileCharges: changing(enrichment.reconcileCharges),
    peopleSearch: reading(enrichment.peopleSearch),
    findPeople: changing(enrichment.findPeople),
    forecastSearch: reading(enrichment.forecastSearch),
    startSearch: changing(enrichment.startSearch),
    controlSearch: changing(enrichment.controlSearch),
    searches: reading(enrichment.searches),
    searchAccounts: reading(enrichment.searchAccounts),
    imports: reading(enrichment.imports),
    createImport: changing(enrichment.createImport),
    importRows: changing(enrichment.importRows),
    checkImportRows: reading(enrichment.checkImportRows),
    scorecards: reading(enrichment.scorecards),
    describedProviders: reading(enrichment.describedProviders),
    describeProvider: changing(enrichment.describeProvider),
    removeProvider: changing(enrichment.removeProvider),
    tryProvider: changing(enrichment.tryProvider),
    setProviderTerms: changing(enrichment.setProviderTerms),
    lawfulUse: reading(enrichment.lawfulUse),
    saveLawfulUse: changing(enrichment.saveLawfulUse),
    startListRun: changing(enrichment.startListRun),
    controlListRun: changing(enrichment.controlListRun),
    listRuns: reading(enrichment.listRuns),
    getListRun: reading(enrichment.getListRun),
    listRecords: reading(enrichment.listRecords),
  });
}

function accountsRouter(accounts: Operations['accounts']) {
  return router({
    list: reading(accounts.list),
    get: reading(accounts.get),
    timeline: reading(accounts.timeline),
    committee: reading(accounts.committee),
    create: changing(accounts.create),
    accept: changing(accounts.accept),
    dismiss: changing(accounts.dismiss),
    setTrait: changing(accounts.setTrait),
  });
}

function dealsRouter(deals: Operations['deals']) {
  return router({
    list: reading(deals.list),
    get: reading(deals.get),
    stages: reading(deals.stages),
    create: changing(deals.create),
    move: changing(deals.move),
    planNextStep: changing(deals.planNextStep),
    addEvidence: changing(deals.addEvidence),
    winModel: reading(deals.winModel),
    wonPath: reading(deals.wonPath),
    learnWinModel: changing(deals.learnWinModel),
    recordConversation: changing(deals.recordConversation),
  });
}

function queueRouter(queue: Operations['queue']) {
  return router({
    list: reading(queue.list),
    get: reading(queue.get),
    brief: reading(queue.brief),
    sendMessage: changing(queue.sendMessage),
    day: reading(queue.day),
    claim: changing(queue.claim),
    release: changing(queue.release),
    snooze: changing(queue.snooze),
    passOn: changing(queue.passOn),
    definitions: reading(queue.definitions),
    saveDefinitions: changing(queue.saveDefinitions),
    levels: reading(queue.levels),
    outcomes: reading(queue.outcomes),
    load: reading(queue.load),
    complete: changing(queue.complete),
    reopen: changing(queue.reopen),
  });
}

function sessionRouter(session: Operations['session']) {
  return router({
    me: reading(session.me),
    workspaces: special('signed in', z.object({}).optional()).query(({ ctx }) =>
      specially(ctx, async (identity) => {
        const mine = await ctx.deps.auth.workspacesOf(memberOf(identity).userId);
        const all = await ctx.deps.store.dueWork.workspaces();
        return {
          items: mine.map(({ id, name }) => ({
            id,
            name,
            kind: all.find((one) => one.workspaceId === id)?.kind ?? ('real' as const),
          })),
        };
      }),
    ),
    switchWorkspace: special('signed in', z.object({ id: z.uuid() })).mutation(({ ctx, input }) =>
      specially(ctx, async (identity) => {
        const { userId, sessionId } = memberOf(identity);
        const entered = await ctx.deps.auth.enterWorkspace(sessionId, userId, input.id);
        if (!entered) throw new DomainError('not_found', 'You are not a member of that workspace.');
        return { id: input.id };
      }),
    ),
  });
}

function sandboxProcedures() {
  return router({
    outbox: special('outbox.read', z.object({}).optional()).query(({ ctx }) =>
      specially(ctx, (identity) => {
        return sandboxOutbox(ctx.deps, identity.actor.workspaceId);
      }),
    ),
    filings: special('settings.read', z.object({}).optional()).query(({ ctx }) =>
      specially(ctx, (identity) => {
        return sandboxFilings(ctx.deps, identity.actor.workspaceId);
      }),
    ),
    releaseFiling: special('sandbox.control', z.object({ key: z.string().max(80).optional() })).mutation(
      ({ ctx, input }) =>
        specially(ctx, (identity) => {
          return releaseFiling(ctx.deps, identity.actor.workspaceId, input.key);
        }),
    ),
  });
}
