import { readConfiguration } from '@penstock/config/environment';

import { runGateway } from './run-gateway.ts';

const gateway = await runGateway(readConfiguration(process.env));
let stopping = false;

async function drain(): Promise<void> {
  if (stopping) return;
  stopping = true;
  await gateway.stop();
  process.exit(0);
}

process.on('SIGTERM', () => void drain());
process.on('SIGINT', () => void drain());
// Whoever started this process is gone: nobody would stop it any more.
process.on('disconnect', () => void drain());
process.send?.({ kind: 'ready' });
