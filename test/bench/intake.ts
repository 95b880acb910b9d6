import { fork } from 'node:child_process';
import { resolve } from 'node:path';

import { throwAwayDataDir } from '@penstock/infra-local/data-folder';
import { startInstance } from '@penstock/infra-local/instance';
import pg from 'pg';

import { adminUrl } from '../walk/admin-url.ts';
import { median, type Benchmark } from './benchmark.ts';
import { generateLoad, heading, row } from './generate-load.ts';
import type { LoadReport } from './load-generator.ts';

const RATE_PER_SECOND = 20;
const SECONDS = 10;
const ROUNDS = 3;
const FLOOR_P99_MS = 100;
const GOAL_P99_MS = 50;

/** A form acknowledged, with everything behind it running, beside a bare handler that does one insert. */
export const intake: Benchmark = {
  name: 'intake',
  about: 'a form acknowledged (20/s, everything behind it running), beside a bare handler with one insert',
  async run(say) {
    await using instance = await startInstance({
      dataDir: await throwAwayDataDir('bench-intake'),
      label: 'bench intake',
      services: ['sandbox', 'gateway', 'worker'],
      seed: true,
      extraEnvironment: { PENSTOCK_FORM_LIMIT_PER_MINUTE: '1000000', PENSTOCK_LOG_LEVEL: 'warn' },
    });
    await sayDatabaseSettings(adminUrl(instance), say);
    const bare = await startBare(adminUrl(instance));
    const formUrl = instance.seeded?.formUrl ?? '';
    say(heading);
    const ours: LoadReport[] = [];
    const theirs: LoadReport[] = [];
    await generateLoad(job(formUrl, 'warm', 20, 3));
    await generateLoad(job(bare.url, 'warm', 20, 3));
    for (let round = 0; round < ROUNDS; round += 1) {
      // The order is reversed each round: what comes second finds a warmer or busier machine.
      for (const which of round % 2 === 0 ? ['penstock', 'bare'] : ['bare', 'penstock']) {
        const report = await generateLoad(
          job(which === 'bare' ? bare.url : formUrl, `${which}${round}`, RATE_PER_SECOND, SECONDS),
        );
        (which === 'bare' ? theirs : ours).push(report);
        say(row(which, report));
      }
    }
    bare.stop();
    const p99 = median(ours.map((report) => report.p99Ms));
    const failed = ours.reduce((sum, report) => sum + report.failed, 0);
    const figures = {
      p50: `${median(ours.map((report) => report.p50Ms)).toFixed(2)} ms`,
      p95: `${median(ours.map((report) => report.p95Ms)).toFixed(2)} ms`,
      p99: `${p99.toFixed(2)} ms`,
      'p50/bare': (
        median(ours.map((report) => report.p50Ms)) / median(theirs.map((report) => report.p50Ms))
      ).toFixed(1),
      failed: String(failed),
    };
    const verdict = failed > 0 || p99 > FLOOR_P99_MS ? 'below floor' : p99 > GOAL_P99_MS ? 'short' : 'ok';
    return { figures, floor: `p99<=${FLOOR_P99_MS}ms`, goal: `p99<=${GOAL_P99_MS}ms`, verdict };
  },
};

const job = (url: string, tag: string, perSecond: number, seconds: number) => ({
  url,
  method: 'POST' as const,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({
    email: `visitor-${tag}-{n}@bench-${tag}-{n}.example`,
    first_name: 'Bench',
    last_name: 'Visitor',
    company: `Bench ${tag} {n}`,
    message: 'hello',
  }),
  perSecond,
  seconds,
  connections: 32,
});

export async function sayDatabaseSettings(adminUrl: string, say: (line: string) => void): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  const { rows } = await client.query<{ name: string; setting: string }>(
    `select name, setting || coalesce(unit, '') as setting from pg_settings where name in ('server_version', 'shared_buffers', 'synchronous_commit', 'fsync', 'max_connections', 'wal_level', 'checkpoint_timeout') order by name`,
  );
  await client.end();
  say(`database: ${rows.map((setting) => `${setting.name}=${setting.setting}`).join(' ')}`);
}

function startBare(databaseUrl: string): Promise<{ url: string; stop: () => void }> {
  return new Promise((done, fail) => {
    const child = fork(resolve(import.meta.dirname, 'bare-handler.ts'), {
      env: { ...process.env, BARE_DATABASE_URL: databaseUrl },
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    child.once('error', fail);
    // Safe: the handler sends nothing but its port.
    child.once('message', (message) =>
      done({
        url: `http://127.0.0.1:${(message as { port: number }).port}/f`,
        stop: () => child.disconnect(),
      }),
    );
  });
}
