import { changeCampaign } from '@penstock/enrichment/operations/change-campaign';
import { readLawfulUse, saveLawfulUse } from '@penstock/enrichment/operations/lawful-use';
import { searchManyOperations } from '@penstock/enrichment/operations/search-many';
import { providerCatalogue } from '@penstock/providers/registry';
import { controlList, saveList } from '@penstock/scoring/operations/manage-lists';
import {
  checkTargetRows,
  createTargetFile,
  removeTargetFile,
  takeTargetRows,
} from '@penstock/scoring/operations/manage-target-files';
import { previewList } from '@penstock/scoring/operations/preview-list';
import {
  getList,
  listChangesOfList,
  listLists,
  listMembersOfList,
  listTargetFiles,
} from '@penstock/scoring/operations/read-lists';

/** Lists of accounts that refill by themselves. */
export const listOperations = {
  list: listLists,
  get: getList,
  members: listMembersOfList,
  changes: listChangesOfList,
  files: listTargetFiles,
  createFile: createTargetFile,
  checkTargets: checkTargetRows,
  addTargets: takeTargetRows,
  removeFile: removeTargetFile,
  preview: previewList,
  save: saveList,
  control: controlList,
} as const;

const searchMany = searchManyOperations(providerCatalogue);

/** From many accounts to their people, and on what that rests. */
export const searchOperations = {
  lawfulUse: readLawfulUse,
  saveLawfulUse,
  changeCampaign,
  forecastSearch: searchMany.forecast,
  startSearch: searchMany.start,
  controlSearch: searchMany.control,
  searches: searchMany.list,
  searchAccounts: searchMany.accounts,
} as const;
