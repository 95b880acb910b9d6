import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cp } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

import { throwAwayDataDir } from '@penstock/infra-local/data-folder';
import { startInstance } from '@penstock/infra-local/instance';
import type { Instance } from '@penstock/infra-local/instance-options';
import { withConnection } from '@penstock/infra-local/postgres-connection';

import { adminUrl } from '../walk/admin-url.ts';
import { median, type Benchmark } from './benchmark.ts';
import { sayDatabaseSettings } from './intake.ts';
import { publishWaterfall } from './publish-waterfall.ts';
import { cpuBetween, cpuSeconds } from './cpu-time.ts';
import { startProgram, WORKSPACE } from './queue-instance.ts';
import { COUNTS_STATEMENTS, forgetStatements, statementTimes } from './statement-times.ts';

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
const LIST_TIMEOUT_MS = 300_000;
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
    await listRate(instance, cookie, await people(instance, WARM_CONTACTS, 'warm'));
    const rates: { ours: number[]; bare: number[] } = { ours: [], bare: [] };
    for (let round = 0; round < ROUNDS; round += 1) {
      const raw = await bareRate(bare, origin, CONTACTS);
      const ids = await people(instance, CONTACTS, `round${round}`);
      if (PROFILE !== '') await forgetStatements(instance);
      const before = cpuSeconds(instance, { 'the vendors': stub.pid });
      const memoryMb = await peak(instance, async () => {
        rates.ours.push(await listRate(instance, cookie, ids));
      });
      for (const [part, seconds] of cpuBetween(before, cpuSeconds(instance, { 'the vendors': stub.pid })))
        if (seconds >= 0.1) say(`  ${((seconds * 1_000_000) / CONTACTS).toFixed(0)} µs a contact: ${part}`);
      if (PROFILE !== '') for (const line of await statementTimes(instance, 30)) say(line);
      rates.bare.push(raw);
      say(
        `bare ${raw.toFixed(0)} contacts/s, list ${rates.ours.at(-1)?.toFixed(0)} contacts/s, worker at most ${memoryMb.toFixed(0)} MB`,
      );
    }
    for (const line of await accounting(instance)) say(line);
    if (PROFILE !== '') await cp(instance.logDir, PROFILE, { recursive: true });
    bare.disconnect();
    stub.disconnect();
    const ratio = median(rates.ours) / median(rates.bare);
    return {
      figures: {
        list: `${median(rates.ours).toFixed(0)}/s`,
        bare: `${median(rates.bare).toFixed(0)}/s`,
        ratio: ratio.toFixed(3),
      },
      floor: `ratio>=${FLOOR}`,
      goal: `ratio>=${GOAL}`,
      verdict: ratio >= GOAL ? 'ok' : ratio >= FLOOR ? 'short' : 'below floor',
    };
  },
};

/** New people of a few thousand companies; answers the condition that chooses them. */
async function people(instance: Instance, count: number, tag: string): Promise<string[]> {
  return withConnection(adminUrl(instance), async (client) => {
    await client.query(
      `insert into account (workspace_id, id, name, domain, state, origin, created_at, updated_at)
       select $1, gen_random_uuid(), 'Company ' || $2 || n, 'company-' || $2 || n || '.example', 'active', 'manual', now(), now() from generate_series(1, $3::int) n`,
      [WORKSPACE, tag, Math.min(COMPANIES, count)],
    );
    const { rows } = await client.query<{ id: string }>(
      `insert into person (workspace_id, id, account_id, given_name, family_name, origin, created_at, updated_at)
       select $1, gen_random_uuid(), a.id, 'Bench', 'Person' || n, 'manual', now(), now()
       from generate_series(1, $3::int) n join account a on a.workspace_id = $1 and a.domain = 'company-' || $2 || (1 + n % $4::int) || '.example' returning id`,
      [WORKSPACE, tag, count, Math.min(COMPANIES, count)],
    );
    await client.query('analyze person, account');
    return rows.map((row) => row.id);
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

const MOST_IDS = 10_000;

/** Runs over these people, started together where one request can't name them all; contacts per second from the first start to the last end. */
async function listRate(instance: Instance, cookie: string, ids: readonly string[]): Promise<number> {
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
  const runs: string[] = [];
  for (let from = 0; from < ids.length; from += MOST_IDS) {
    const made = await call('/list-runs', {
      name: `bench ${from}`,
      people: { kind: 'ids', ids: ids.slice(from, from + MOST_IDS) },
    });
    runs.push(String(made['id']));
  }
  const ends = await Promise.all(
    runs.map(async (id) => {
      for (;;) {
        const run = await call(`/list-runs/${id}`);
        if (run['state'] === 'finished') return Date.parse(String(run['endedAt']));
        if (run['state'] !== 'running' || Date.now() - startedMs > LIST_TIMEOUT_MS)
          throw new Error(`the run is ${String(run['state'])}: ${String(run['stateReason'])}`);
        await sleep(500);
      }
    }),
  );
  return (ids.length / (Math.max(...ends) - startedMs)) * 1_000;
}

/** Most memory of the worker while `work` runs, in MB. */
async function peak(instance: Instance, work: () => Promise<void>): Promise<number> {
  let most = 0;
  const look = setInterval(() => {
    most = Math.max(most, instance.residentBytes()['worker'] ?? 0);
  }, 500);
  await work();
  clearInterval(look);
  return most / 1_048_576;
}

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
