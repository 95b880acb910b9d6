import {
  guessColumns,
  IMPORT_FIELDS,
  looksLikeHeader,
  missingColumns,
  type ImportField,
} from '@penstock/enrichment/model/import-columns';
import {
  checkImportRows,
  createImport,
  importRows,
  listImports,
} from '@penstock/enrichment/operations/import-people';
import { execute } from '@penstock/workspace/operation';

import type { GatewayDeps } from '../gateway-deps.ts';
import type { RowsOfFile } from './csv-rows.ts';

/** Files of people. */
export const peopleFile = (deps: GatewayDeps): RowsOfFile<ImportField> => ({
  each: 'person',
  fields: IMPORT_FIELDS,
  isHeader: looksLikeHeader,
  guess: (names, samples, remembered) => guessColumns(names, remembered, samples),
  missing: missingColumns,
  remembered: async (caller) => (await execute(deps, caller, listImports, {})).remembered,
  check: (caller, rows) => execute(deps, caller, checkImportRows, rows),
  begin: (caller, file) => execute(deps, caller, createImport, file),
  take: async (caller, importId, rows) =>
    (await execute(deps, caller, importRows, { importId, ...rows })).items,
});
