import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { readConfiguration } from '@penstock/config/environment';

import { createSandbox } from './create-sandbox.ts';

const REPOSITORY = join(import.meta.dirname, '..', '..', '..');

const configuration = readConfiguration(process.env);

/** Real filings are used where they lie beside the repository, or where `PENSTOCK_DATA` says. */
const referenceDir = configuration.PENSTOCK_DATA || join(REPOSITORY, '..', 'shared', 'data');
/** Without a folder of its own, state is kept by port, so that two instances don't share it. */
const dataDir = configuration.PENSTOCK_DATA_DIR
  ? join(configuration.PENSTOCK_DATA_DIR, 'sandbox')
  : join(REPOSITORY, '.penstock', `sandbox-${configuration.PENSTOCK_SANDBOX_PORT}`);

const sandbox = await createSandbox({
  port: configuration.PENSTOCK_SANDBOX_PORT,
  smtpPort: configuration.PENSTOCK_SANDBOX_SMTP_PORT,
  dataDir,
  referenceDir: existsSync(referenceDir) ? referenceDir : null,
  newsAfterMs: configuration.PENSTOCK_SANDBOX_NEWS_AFTER_S * 1_000,
});

async function stop(): Promise<void> {
  await sandbox.close();
  process.exit(0);
}

process.once('SIGTERM', stop);
process.once('SIGINT', stop);
// The supervisor is gone: nothing may stay behind.
process.once('disconnect', stop);

console.log(`sandbox: ${sandbox.url}, mail ${sandbox.smtpUrl}, state in ${dataDir}`);
process.send?.({ kind: 'ready' });
