import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cp } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

import { throwAwayDataDir } from '@penstock/infra-local/data-folder';
import { startInstance } from '@penstock/infra-local/instance';
import type { Instance } from '@penstock/infra-local/instance-options';
import { withConnection } from '@penstock/infra-local/postgres-connection';
import { ownResidentBytes } from '@penstock/infra-local/process-table';

import { adminUrl } from '../walk/admin-url.ts';
import { median, type Benchmark } from './benchmark.ts';
import { sayDatabaseSettings } from './intake.ts';
import { publishWaterfall } from './publish-waterfall.ts';
import { cpuBetween, cpuSeconds } from './cpu-time.ts';
import { startProgram, WORKSPACE } from './queue-instance.ts';
import { COUNTS_STATEMENTS, forgetStatements, statementTimes } from './statement-times.ts';
import { temporalActions } from './temporal-actions.ts';

const CONTACTS = Number(process.env['BENCH_CONTACTS'] ?? 20_000);
const COMPANIES = 4_000;
const WARM_CONTACTS = 1_000;
const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 2);
const VERSION = {
  wanted: ['work_email' as const],
  steps: [
    { provider: 'leadmagic', capability: 'email-finder' },
    { provider: 'zerobounce', capability: 'validate' },
  ],
  policy: { acceptCatchAll: false, mobileLineTypes: ['mobile'] },
  ceilingMicros: 1_000_000,
  timeToLiveDays: 90,
};
const FLOOR = 0.2;
const GOAL = 0.35;
/** Of Temporal, for 1,000 contacts. */
const MOST_ACTIONS = 20;
/** The slowest that is waited for: a list of 20,000 in five minutes, longer ones in proportion. */
const LIST_TIMEOUT_MS = Math.max(300_000, CONTACTS * 15);
/** A folder for profiles of the services; the slowest statements are told too. */
const PROFILE = process.env['BENCH_PROFILE'] ?? '';

/** Contacts per second through a whole run, beside a bare loop of the same calls. */
export const waterfall: Benchmark = {
  name: 'waterfall',
  about: `${CONTACTS.toLocaleString('en')} contacts of about two calls each through a run over a list, beside a bare loop of the same calls`,
  async run(say) {
    const stub = startProgram('vendor-stub.ts', {});
    // Safe: the stub sends nothing but its port.
    const [{ port }] = (await once(stub, 'message')) as [{ port: number }];
    const origin = `http://127.0.0.1:${port}`;
    const bare = startProgram('bare-waterfall.ts', {});
    await once(bare, 'message');
    await using instance = await startInstance({
      dataDir: await throwAwayDataDir('bench-waterfall'),
      label: 'bench waterfall',
      services: ['sandbox', 'gateway', 'worker'],
      seed: true,
      extraEnvironment: {
        PENSTOCK_LOG_LEVEL: 'warn',
        PENSTOCK_SANDBOX_URL: origin,
        ...(PROFILE !== '' && {
          NODE_OPTIONS: `--cpu-prof --cpu-prof-dir=${PROFILE} --cpu-prof-interval=2000`,
        }),
      },
      ...(PROFILE !== '' && { postgresSettings: COUNTS_STATEMENTS }),
    });
    await sayDatabaseSettings(adminUrl(instance), say);
    await publishWaterfall(instance, VERSION);
    const cookie = await signIn(instance);
    await bareRate(bare, origin, WARM_CONTACTS);
    await listRate(instance, cookie, await listOf(instance, WARM_CONTACTS, 'warm'));
    const actionsBefore = sumOf(await temporalActions(instance));
    const rates: { ours: number[]; bare: number[] } = { ours: [], bare: [] };
    const memoryMb = new Map<string, number>();
    for (let round = 0; round < ROUNDS; round += 1) {
      const raw = await bareRate(bare, origin, CONTACTS);
      const list = await listOf(instance, CONTACTS, `round${round}`);
      if (PROFILE !== '') await forgetStatements(instance);
      const before = cpuSeconds(instance, { 'the vendors': stub.pid });
      const peaks = await peaksOf(instance, async () => {
        rates.ours.push(await listRate(instance, cookie, list));
      });
      for (const [name, mb] of peaks) memoryMb.set(name, Math.max(memoryMb.get(name) ?? 0, mb));
      for (const [part, seconds] of cpuBetween(before, cpuSeconds(instance, { 'the vendors': stub.pid })))
        if (seconds >= 0.1) say(`  ${((seconds * 1_000_000) / CONTACTS).toFixed(0)} µs a contact: ${part}`);
      if (PROFILE !== '') for (const line of await statementTimes(instance, 30)) say(line);
      rates.bare.push(raw);
      say(
        `bare ${raw.toFixed(0)} contacts/s, list ${rates.ours.at(-1)?.toFixed(0)} contacts/s, at most ${inWords(peaks, 'MB')}`,
      );
    }
    const actions = await temporalActions(instance);
    say(`Temporal's actions, ${WARM_CONTACTS} contacts to warm up included: ${inWords(actions, '')}`);
    for (const line of await accounting(instance)) say(line);
    if (PROFILE !== '') await cp(instance.logDir, PROFILE, { recursive: true });
    bare.disconnect();
    stub.disconnect();
    const ratio = median(rates.ours) / median(rates.bare);
    const actionsPer1000 = (sumOf(actions) - actionsBefore) / ((CONTACTS * ROUNDS) / 1_000);
    const sound = ratio >= FLOOR && actionsPer1000 <= MOST_ACTIONS;
    return {
      figures: {
        list: `${median(rates.ours).toFixed(0)}/s`,
        bare: `${median(rates.bare).toFixed(0)}/s`,
        ratio: ratio.toFixed(3),
        actions_per_1000: actionsPer1000.toFixed(1),
        worker: `${(memoryMb.get('worker') ?? 0).toFixed(0)} MB`,
        gateway: `${(memoryMb.get('gateway') ?? 0).toFixed(0)} MB`,
      },
      floor: `ratio>=${FLOOR},actions_per_1000<=${MOST_ACTIONS}`,
      goal: `ratio>=${GOAL}`,
      verdict: !sound ? 'below floor' : ratio >= GOAL ? 'ok' : 'short',
    };
  },
};

/** A list of new people of a few thousand companies, as if brought in by a file; answers its id. */
async function listOf(instance: Instance, count: number, tag: string): Promise<string> {
  return withConnection(adminUrl(instance), async (client) => {
    const importId = crypto.randomUUID();
    const companies = Math.min(COMPANIES, count);
    await client.query(
      `insert into account (workspace_id, id, name, domain, state, origin, created_at, updated_at)
       select $1, gen_random_uuid(), 'Company ' || $2 || n, 'company-' || $2 || n || '.example', 'active', 'manual', now(), now() from generate_series(1, $3::int) n`,
      [WORKSPACE, tag, companies],
    );
    await client.query(
      `insert into people_import (workspace_id, id, name, created, created_by, created_at) values ($1, $2, $3, $4, 'bench', now())`,
      [WORKSPACE, importId, tag, count],
    );
    await client.query(
      `with made as (
         insert into person (workspace_id, id, account_id, given_name, family_name, origin, created_at, updated_at)
         select $1, gen_random_uuid(), a.id, 'Bench', 'Person' || n, 'import', now(), now()
         from generate_series(1, $3::int) n join account a on a.workspace_id = $1 and a.domain = 'company-' || $2 || (1 + n % $4::int) || '.example' returning id)
       insert into people_import_member (workspace_id, import_id, person_id) select $1, $5, id from made`,
      [WORKSPACE, tag, count, companies, importId],
    );
    await client.query('analyze person, account, people_import_member');
    return importId;
  });
}

async function bareRate(bare: ChildProcess, origin: string, contacts: number): Promise<number> {
  bare.send({ origin, contacts });
  // Safe: the loop sends nothing but its time.
  const [{ tookMs }] = (await once(bare, 'message')) as [{ tookMs: number }];
  return (contacts / tookMs) * 1_000;
}

async function signIn(instance: Instance): Promise<string> {
  const member = instance.seeded?.signIns.find((one) => one.role === 'revops');
  const reply = await fetch(`${instance.publicUrl}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: instance.publicUrl },
    body: JSON.stringify({ email: member?.email, password: member?.password }),
  });
  return reply.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ');
}

/** A run over everybody of a list; contacts per second from its start to its end. */
async function listRate(instance: Instance, cookie: string, importId: string): Promise<number> {
  const headers = { cookie, origin: instance.publicUrl, 'content-type': 'application/json' };
  const call = async (path: string, body?: object): Promise<Record<string, unknown>> => {
    const reply = await fetch(`${instance.publicUrl}/v1${path}`, {
      headers,
      ...(body && { method: 'POST', body: JSON.stringify(body) }),
    });
    if (!reply.ok) throw new Error(`${path} answered ${reply.status}: ${await reply.text()}`);
    // Safe: every answer is an object.
    return (await reply.json()) as Record<string, unknown>;
  };
  const startedMs = Date.now();
  const made = await call('/list-runs', { name: 'bench', people: { kind: 'import', importId } });
  for (;;) {
    const run = await call(`/list-runs/${String(made['id'])}`);
    if (run['state'] === 'finished')
      return (Number(made['records']) / (Date.parse(String(run['endedAt'])) - startedMs)) * 1_000;
    if (run['state'] !== 'running' || Date.now() - startedMs > LIST_TIMEOUT_MS)
      throw new Error(`the run is ${String(run['state'])}: ${String(run['stateReason'])}`);
    await sleep(500);
  }
}

const WATCHED = ['worker', 'gateway'];
const LOOK_EVERY_MS = 2_000;

/**
 * Most memory of the services while `work` runs, in MB. Of these alone, and seldom: to tell it takes Linux some ten milliseconds, in which the process waits
 * for its memory; of every connection of Postgres twice a second it would be a tenth of the machine.
 */
async function peaksOf(instance: Instance, work: () => Promise<void>): Promise<Map<string, number>> {
  const most = new Map<string, number>();
  const look = setInterval(() => {
    const pids = instance.pids();
    for (const name of WATCHED) {
      const bytes = pids[name] === undefined ? 0 : ownResidentBytes(pids[name]);
      most.set(name, Math.max(most.get(name) ?? 0, bytes / 1_048_576));
    }
  }, LOOK_EVERY_MS);
  try {
    await work();
  } finally {
    clearInterval(look);
  }
  return most;
}

const sumOf = (counts: ReadonlyMap<string, number>): number =>
  [...counts.values()].reduce((a, b) => a + b, 0);
const inWords = (counts: ReadonlyMap<string, number>, unit: string): string =>
  [...counts].map(([name, count]) => `${name} ${count.toFixed(0)}${unit && ` ${unit}`}`).join(', ');

/** What was written, so that nobody has to believe it. */
async function accounting(instance: Instance): Promise<string[]> {
  return withConnection(adminUrl(instance), async (client) => {
    const { rows } = await client.query<Record<string, string>>(
      `select (select count(*) from list_run_record where state = 'done') as done, (select count(*) from list_run_record where usable) as usable,
         (select count(*) from spend_ledger where state = 'charged') as charged, (select count(*) from spend_ledger where state not in ('charged', 'released')) as unsettled,
         (select count(*) from observation) as observations, (select count(*) from visible_value) as visible, (select count(*) from list_run_chunk) as chunks`,
    );
    return [
      Object.entries(rows[0] ?? {})
        .map(([name, count]) => `${name} ${count}`)
        .join(', '),
    ];
  });
}
