import { readConfiguration } from '@penstock/config/environment';
import { openStore } from '@penstock/store/store';
import { openOutsideWorld } from '@penstock/worker/outside-world';
import { sourceLooks } from '@penstock/worker/slices/signals';
import { setTimeout as sleep } from 'node:timers/promises';

// A program: looks at the sources of a shard as a worker does, again and again, with a clock that is off by CHAOS_CLOCK_OFF_MS. Whoever
// started it kills it.

const EVERY_MS = 200;
const config = readConfiguration(process.env);
const offMs = Number(process.env['CHAOS_CLOCK_OFF_MS'] ?? 0);
const shard = Number(process.env['CHAOS_SHARD'] ?? 0);
const clock = { now: () => new Date(Date.now() + offMs) };
const store = openStore({
  appUrl: config.PENSTOCK_APP_DATABASE_URL,
  dueUrl: config.PENSTOCK_DUE_DATABASE_URL,
  applicationName: 'source poller',
});
const outside = openOutsideWorld(config, store);
const looks = sourceLooks({ store, clock, outside, log: { info() {} } }, {});
process.on('disconnect', () => process.exit(0));
for (;;) {
  await looks.pollDue(shard).catch((error: unknown) => {
    process.stderr.write(`a round ended early: ${error instanceof Error ? error.message : 'unknown'}\n`);
  });
  await sleep(EVERY_MS);
}
