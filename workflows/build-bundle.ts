import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

import { FAILURE_CONVERTER_PATH } from '@penstock/temporal/data-converter';
import { bundleWorkflowCode } from '@temporalio/worker';

// Workers load this file instead of bundling at every start.
const { code } = await bundleWorkflowCode({
  workflowsPath: fileURLToPath(new URL('./all-workflows.ts', import.meta.url)),
  failureConverterPath: FAILURE_CONVERTER_PATH,
});
await mkdir(new URL('./dist/', import.meta.url), { recursive: true });
await writeFile(new URL('./dist/workflow-bundle.js', import.meta.url), code);
