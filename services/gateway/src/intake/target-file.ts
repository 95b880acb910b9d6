import {
  guessTargetColumns,
  missingTargetColumns,
  namesTargetColumns,
  TARGET_FIELDS,
  type TargetField,
} from '@penstock/scoring/model/target-row';
import {
  checkTargetRows,
  createTargetFile,
  takeTargetRows,
} from '@penstock/scoring/operations/manage-target-files';
import { listTargetFiles } from '@penstock/scoring/operations/read-lists';
import { execute } from '@penstock/workspace/operation';

import type { GatewayDeps } from '../gateway-deps.ts';
import type { RowsOfFile } from './csv-rows.ts';

/** Files of target accounts. */
export const targetFile = (deps: GatewayDeps): RowsOfFile<TargetField> => ({
  each: 'company',
  fields: TARGET_FIELDS,
  isHeader: namesTargetColumns,
  guess: guessTargetColumns,
  missing: missingTargetColumns,
  remembered: async (caller) => (await execute(deps, caller, listTargetFiles, {})).remembered,
  check: (caller, rows) => execute(deps, caller, checkTargetRows, rows),
  begin: (caller, file) => execute(deps, caller, createTargetFile, file),
  take: async (caller, fileId, rows) =>
    (await execute(deps, caller, takeTargetRows, { fileId, ...rows })).items,
});
