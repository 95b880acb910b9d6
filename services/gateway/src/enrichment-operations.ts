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
import { providerOperations } from '@penstock/enrichment/operations/manage-providers';
import { waterfallOperations } from '@penstock/enrichment/operations/manage-waterfall';
import { getListRun, listListRecords, listListRuns } from '@penstock/enrichment/operations/read-list-runs';
import { scorecardsOperation } from '@penstock/enrichment/operations/read-scorecards';
import { startListRunOperation } from '@penstock/enrichment/operations/start-list-run';
import { GenericProvider } from '@penstock/providers/generic-http/definition';
import { providerCatalogue } from '@penstock/providers/registry';
import { describedOperations } from '@penstock/enrichment/operations/manage-described';
import { setProviderTermsOperation } from '@penstock/enrichment/operations/set-provider-terms';
import { tryProvider } from '@penstock/enrichment/try-provider';

import { searchOperations } from './list-operations.ts';
import { startListRun } from './start-list-run.ts';
import type { OperationDeps as Deps } from './gateway-deps.ts';
import { sealing } from './sealing.ts';

export const providersOf = (deps: Deps) =>
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

/** Everything about providers, waterfalls, money and lists of people. */
export function enrichmentOperations(deps: Deps) {
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
