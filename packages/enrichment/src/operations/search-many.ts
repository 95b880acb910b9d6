import type { Catalogue } from '../described-providers.ts';
import { controlSearch } from './control-search.ts';
import { forecastSearchOperation } from './forecast-search.ts';
import { listSearches, searchAccounts } from './read-searches.ts';
import { startSearchOperation } from './start-search.ts';

/** Step zero for many: from a list or a selection of accounts to people. */
export const searchManyOperations = (deps: Catalogue) => ({
  forecast: forecastSearchOperation(deps),
  start: startSearchOperation(deps),
  control: controlSearch,
  list: listSearches,
  accounts: searchAccounts,
});
