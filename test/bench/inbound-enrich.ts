import { once } from 'node:events';
import { cp } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

import { DEFAULT_WATERFALL } from '@penstock/enrichment/model/presets';
import type { Waterfall } from '@penstock/enrichment/model/waterfall';
import { throwAwayDataDir } from '@penstock/infra-local/data-folder';
import { startInstance } from '@penstock/infra-local/instance';
import type { Instance } from '@penstock/infra-local/instance-options';
import { withConnection } from '@penstock/infra-local/postgres-connection';
import { openTemporalClient } from '@penstock/temporal/connect';
import { ENRICH_CONTACT_TASK, enrichContactId } from '@penstock/workflows/enrich-contact/enrich-contact-id';
import { TASK_QUEUE } from '@penstock/workflows/task-queue';

import { adminUrl } from '../walk/admin-url.ts';
import type { Benchmark } from './benchmark.ts';
import { cpuBetween, cpuSeconds } from './cpu-time.ts';
import { CEILING_MICROS, couldBeHad, DEADLINE_MS, FINDERS, VERIFIERS } from './inbound-truth.ts';
import { publishWaterfall } from './publish-waterfall.ts';
import { startProgram, WORKSPACE } from './queue-instance.ts';
import { COUNTS_STATEMENTS, forgetStatements, statementTimes } from './statement-times.ts';

const PER_SECOND = 20;
const LEADS = Number(process.env['BENCH_LEADS'] ?? 1_200);
const FLOOR = 0.95;
/** A folder for profiles of the services; the slowest statements are told too. */
const PROFILE = process.env['BENCH_PROFILE'] ?? '';
const VERSION: Waterfall = {
  ...DEFAULT_WATERFALL,
  wanted: ['work_email'],
  steps: [...FINDERS, ...VERIFIERS].map(({ vendor, capability }) => ({
    provider: vendor,
    capability,
    only: null,
    when: [],
  })),
  ceilingMicros: CEILING_MICROS,
  deadlineSeconds: DEADLINE_MS / 1_000,
  race: { atOnce: 3, afterSeconds: 1.5 },
};

/** Leads that come in evenly, each looked up at vendors as slow as they are, beside one who knows all answers beforehand. */
export const inboundEnrich: Benchmark = {
  name: 'inbound-enrich',
  about: `${LEADS.toLocaleString('en')} leads at ${PER_SECOND}/s, vendors that take 1 to 8 s or hang, a deadline of ${DEADLINE_MS / 1_000} s; beside a clairvoyant`,
  async run(say) {
    const stub = startProgram('slow-vendors.ts', {});
    // Safe: the stub sends nothing but its port.
    const [{ port }] = (await once(stub, 'message')) as [{ port: number }];
    await using instance = await startInstance({
      dataDir: await throwAwayDataDir('bench-inbound'),
      label: 'bench inbound-enrich',
      services: ['sandbox', 'gateway', 'worker'],
      seed: true,
      extraEnvironment: {
        PENSTOCK_LOG_LEVEL: 'warn',
        PENSTOCK_SANDBOX_URL: `http://127.0.0.1:${port}`,
        ...(PROFILE !== '' && {
          NODE_OPTIONS: `--cpu-prof --cpu-prof-dir=${PROFILE} --cpu-prof-interval=2000`,
        }),
      },
      ...(PROFILE !== '' && { postgresSettings: COUNTS_STATEMENTS }),
    });
    await publishWaterfall(instance, VERSION);
    const leads = await insertLeads(instance);
    if (PROFILE !== '') await forgetStatements(instance);
    const others = { 'the vendors': stub.pid };
    const before = cpuSeconds(instance, others);
    const asked = await askAll(instance, leads);
    await sleep(DEADLINE_MS + 2_000);
    for (const [part, seconds] of cpuBetween(before, cpuSeconds(instance, others)))
      if (seconds >= 0.1) say(`  ${((seconds * 1_000) / LEADS).toFixed(1)} ms a lead: ${part}`);
    if (PROFILE !== '') {
      for (const line of await statementTimes(instance, 30)) say(line);
      await cp(instance.logDir, PROFILE, { recursive: true });
    }
    const report = await reportOf(instance, asked);
    stub.disconnect();
    const possible = leads.filter(({ number }) => couldBeHad(number)).length;
    const share = report.usable / possible;
    for (const line of report.outcomes) say(line);
    say(`${possible} of ${leads.length} could be had; ${report.usable} were; ${report.calls} calls`);
    const sound = report.mostMicros <= CEILING_MICROS;
    return {
      figures: {
        share: share.toFixed(3),
        usable: `${report.usable}/${possible}`,
        p50: `${(report.p50Ms / 1_000).toFixed(1)} s`,
        p95: `${(report.p95Ms / 1_000).toFixed(1)} s`,
        most_spent: `$${(report.mostMicros / 1_000_000).toFixed(4)} of $${(CEILING_MICROS / 1_000_000).toFixed(4)}`,
        spent_per_usable: `$${(report.chargedMicros / 1_000_000 / report.usable).toFixed(4)}`,
      },
      floor: `share>=${FLOOR},most_spent<=ceiling`,
      goal: `share>=${FLOOR},most_spent<=ceiling`,
      verdict: sound && share >= FLOOR ? 'ok' : 'below floor',
    };
  },
};

type Lead = { number: number; personId: string; leadId: string };

/** Each of a company of their own, known by name. */
async function insertLeads(instance: Instance): Promise<Lead[]> {
  return withConnection(adminUrl(instance), async (client) => {
    await client.query(
      `insert into account (workspace_id, id, name, domain, state, origin, created_at, updated_at)
       select $1, gen_random_uuid(), 'Inbound ' || n, 'inbound-' || n || '.example', 'active', 'form', now(), now() from generate_series(1, $2::int) n`,
      [WORKSPACE, LEADS],
    );
    await client.query(
      `insert into person (workspace_id, id, account_id, given_name, family_name, origin, created_at, updated_at)
       select workspace_id, gen_random_uuid(), id, 'Ada', 'Number', 'form', now(), now() from account where domain like 'inbound-%'`,
    );
    await client.query(
      `insert into lead (workspace_id, id, form_id, account_id, person_id, state, intent, email, received_at, recorded_at, settled_at)
       select p.workspace_id, gen_random_uuid(), f.id, p.account_id, p.id, 'routed', 'demo_request', '', now(), now(), now()
       from person p join account a on a.id = p.account_id and a.domain like 'inbound-%'
       cross join lateral (select id from form where workspace_id = p.workspace_id limit 1) f`,
    );
    const { rows } = await client.query<Lead>(
      `select substring(a.domain from '[0-9]+')::int as number, p.id as "personId", l.id as "leadId"
       from lead l join person p on p.id = l.person_id join account a on a.id = p.account_id where a.domain like 'inbound-%' order by 1`,
    );
    await client.query('analyze person, account, lead');
    return rows;
  });
}

/** Begins one enrichment after the other at an even pace, whether or not earlier ones have ended; answers when each was begun. */
async function askAll(instance: Instance, leads: readonly Lead[]): Promise<Map<string, number>> {
  const { client, close } = openTemporalClient({
    address: instance.temporalAddress,
    namespace: instance.temporalNamespace,
    secretKey: instance.environment['PENSTOCK_SECRET_KEY'] ?? '',
  });
  const begun = new Map<string, number>();
  const starts: Promise<unknown>[] = [];
  const startedMs = performance.now();
  for (const [index, { personId, leadId }] of leads.entries()) {
    await sleep(Math.max(0, startedMs + (index * 1_000) / PER_SECOND - performance.now()));
    const runId = crypto.randomUUID();
    begun.set(runId, Date.now());
    starts.push(
      client.workflow.start('enrichContact', {
        taskQueue: TASK_QUEUE,
        workflowId: enrichContactId(WORKSPACE, personId),
        workflowTaskTimeout: ENRICH_CONTACT_TASK,
        args: [{ workspaceId: WORKSPACE, personId, leadId, runId }],
      }),
    );
  }
  await Promise.all(starts);
  await close();
  return begun;
}

async function reportOf(instance: Instance, begun: ReadonlyMap<string, number>) {
  return withConnection(adminUrl(instance), async (client) => {
    const { rows: runs } = await client.query<{ id: string; endedAt: Date }>(
      `select id, ended_at as "endedAt" from enrichment_run where state = 'finished' and id = any($1::uuid[])`,
      [[...begun.keys()]],
    );
    const took = runs
      .map(({ id, endedAt }) => endedAt.getTime() - (begun.get(id) ?? 0))
      .filter((ms) => ms <= DEADLINE_MS)
      .toSorted((a, b) => a - b);
    const { rows: money } = await client.query<{ most: number; charged: number; calls: number }>(
      `select max(held)::float8 as most, sum(charged)::float8 as charged, sum(calls)::int as calls from (
         select person_id, sum(charged_micros) as charged, count(*) as calls,
           sum(case when state in ('reserved', 'unknown') then reserved_micros else charged_micros end) as held
         from spend_ledger group by person_id) p`,
    );
    const { rows: outcomes } = await client.query<{ line: string }>(
      `select provider || '/' || capability || ': ' || count(*) || ' ' || state || ', ' || split_part(outcome, ':', 1) as line
       from spend_ledger group by provider, capability, state, split_part(outcome, ':', 1) order by 1`,
    );
    return {
      outcomes: outcomes.map(({ line }) => line),
      usable: took.length,
      p50Ms: took[Math.floor(took.length * 0.5)] ?? Number.NaN,
      p95Ms: took[Math.floor(took.length * 0.95)] ?? Number.NaN,
      mostMicros: money[0]?.most ?? 0,
      chargedMicros: money[0]?.charged ?? 0,
      calls: money[0]?.calls ?? 0,
    };
  });
}
