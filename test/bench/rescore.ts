import { setTimeout as sleep } from 'node:timers/promises';

import type { Instance } from '@penstock/infra-local/instance-options';
import { withConnection } from '@penstock/infra-local/postgres-connection';
import type { IntentModel } from '@penstock/scoring/model/intent';
import { DEFAULT_INTENT_MODEL } from '@penstock/scoring/model/presets';
import { SIGNAL_KINDS } from '@penstock/signals/model/signal-kind';
import { request } from 'undici';

import { adminUrl } from '../walk/admin-url.ts';
import type { Benchmark } from './benchmark.ts';
import { copySignals } from './copy-signals.ts';
import { between, startLoad } from './generate-load.ts';
import { queueInstance, reps, WORKSPACE } from './queue-instance.ts';
import { startSignals } from './queue.ts';

const ACCOUNTS = Number(process.env['BENCH_ACCOUNTS'] ?? 1_000_000);
const SIGNALS = Number(process.env['BENCH_SIGNALS'] ?? 10 * ACCOUNTS);
const OPEN_ITEMS = Math.min(50_000, ACCOUNTS / 2);
const SIGNALS_PER_SECOND = 100;
const PAGES_PER_SECOND = 20;
const WARM_MS = 10_000;
const QUIET_MS = 20_000;
/** What a change leaves to be done behind its answer counts too. */
const AFTERWARDS_MS = 5_000;
const LONGEST_S = 3_600;
const FLOOR = { weightsS: 15, halfLivesS: 60, p99Ratio: 2 };
const GOAL = { weightsS: 6, halfLivesS: 30, p99Ratio: 2 };

/** A new version of the intent model, built and switched while pages are read and signals arrive. */
export const rescore: Benchmark = {
  name: 'rescore',
  about: `a new version over ${ACCOUNTS.toLocaleString('en')} accounts: new weights, then new half-lives summed again from ${SIGNALS.toLocaleString('en')} signals`,
  async run(say) {
    await using instance = await queueInstance({ accounts: ACCOUNTS, openItems: OPEN_ITEMS, say });
    await copySignals({ url: adminUrl(instance), workspaceId: WORKSPACE, count: SIGNALS, say });
    const [cookie = ''] = await reps(instance, 1, 'admin');
    const cookies = await reps(instance, 20);
    const signals = await startSignals(instance, SIGNALS_PER_SECOND);
    const pages = startPages(instance, cookies);
    await sleep(WARM_MS + QUIET_MS);
    const before = Date.now();
    const publish = async (name: string, body: IntentModel) => {
      const { versionId } = await call<{ versionId: string }>(instance, cookie, 'scores.saveModelDraft', {
        body,
      });
      const watched = watchVersions(instance);
      const from = Date.now();
      await call(instance, cookie, 'scores.publishModel', { versionId, note: name });
      const until = Date.now();
      await sleep(AFTERWARDS_MS);
      return { name, from, until, ...(await watched.stop()) };
    };
    const newWeights = await publish('new weights', heavier(DEFAULT_INTENT_MODEL));
    const newHalfLives = await publish('new half-lives', slower(DEFAULT_INTENT_MODEL));
    const rate = signals.rate();
    signals.stop();
    const { latencies } = await pages.stop();
    const quiet = between(latencies, before - QUIET_MS, before);
    say(`pages before: p50 ${quiet.p50Ms.toFixed(1)} ms p99 ${quiet.p99Ms.toFixed(1)} ms`);
    const report = ({ name, from, until, seen, mixed }: Awaited<ReturnType<typeof publish>>) => {
      const seconds = (until - from) / 1_000;
      const read = between(latencies, from, until + AFTERWARDS_MS);
      say(
        `${name}: ${seconds.toFixed(1)} s; pages meanwhile p50 ${read.p50Ms.toFixed(1)} ms p99 ${read.p99Ms.toFixed(1)} ms, slowest ${read.maxMs.toFixed(0)} ms, ${read.failed} failed; ${seen} looks, ${mixed} mixed`,
      );
      return { seconds, p99: read.p99Ms, mixed };
    };
    const [weights, halfLives] = [report(newWeights), report(newHalfLives)];
    const ratio = Math.max(weights.p99, halfLives.p99) / quiet.p99Ms;
    const mixed = weights.mixed + halfLives.mixed;
    const holds = (limit: typeof FLOOR) =>
      mixed === 0 &&
      weights.seconds <= limit.weightsS &&
      halfLives.seconds <= limit.halfLivesS &&
      ratio <= limit.p99Ratio;
    return {
      figures: {
        weights: `${weights.seconds.toFixed(1)} s`,
        'half-lives': `${halfLives.seconds.toFixed(1)} s`,
        'p99-before': `${quiet.p99Ms.toFixed(1)} ms`,
        'p99-meanwhile/before': ratio.toFixed(2),
        mixed: String(mixed),
        'signals-meanwhile': `${rate.toFixed(0)}/s`,
      },
      floor: `weights<=${FLOOR.weightsS}s,half-lives<=${FLOOR.halfLivesS}s,p99<=${FLOOR.p99Ratio}x,mixed=0`,
      goal: `weights<=${GOAL.weightsS}s,half-lives<=${GOAL.halfLivesS}s,p99<=${GOAL.p99Ratio}x,mixed=0`,
      verdict: holds(GOAL) ? 'ok' : holds(FLOOR) ? 'short' : 'below floor',
    };
  },
};

const heavier = (model: IntentModel): IntentModel => ({
  ...model,
  kinds: Object.fromEntries(
    Object.entries(model.kinds).map(([kind, facts]) => [kind, { ...facts, cap: facts.cap * 0.9 }]),
  ),
});

const slower = (model: IntentModel): IntentModel => ({
  ...model,
  kinds: Object.fromEntries(
    Object.entries(model.kinds).map(([kind, facts]) => [
      kind,
      {
        ...facts,
        halfLifeDays:
          1.5 * (Object.entries(SIGNAL_KINDS).find(([known]) => known === kind)?.[1].halfLifeDays ?? 30),
      },
    ]),
  ),
});

/** Pages of the queue, read by many from here on until it is stopped. */
export const startPages = (instance: Instance, cookies: readonly string[]) =>
  startLoad({
    url: `${instance.publicUrl}/trpc/queue.list?input=${encodeURIComponent(JSON.stringify({ limit: 50 }))}`,
    method: 'GET',
    headers: {},
    body: null,
    cookies,
    perSecond: PAGES_PER_SECOND,
    seconds: LONGEST_S,
    connections: 16,
    keepsLatencies: true,
  });

export async function call<Answer>(
  instance: Instance,
  cookie: string,
  name: string,
  input: object,
  method: 'POST' | 'GET' = 'POST',
): Promise<Answer> {
  const asked = method === 'GET' ? `?input=${encodeURIComponent(JSON.stringify(input))}` : '';
  const reply = await request(`${instance.publicUrl}/trpc/${name}${asked}`, {
    method,
    headers: { cookie, ...(method === 'POST' && { 'content-type': 'application/json' }) },
    ...(method === 'POST' && { body: JSON.stringify(input) }),
    headersTimeout: 300_000,
    bodyTimeout: 300_000,
  });
  const body = await reply.body.text();
  if (reply.statusCode !== 200)
    throw new Error(`${name} answered ${reply.statusCode}: ${body.slice(0, 300)}`);
  // Safe: the procedure's own answer, of which the caller names what it reads.
  return (JSON.parse(body) as { result: { data: Answer } }).result.data;
}

/** Looks again and again, in one snapshot each: does every item of the top have exactly one score of the version in force? */
export function watchVersions(instance: Instance): { stop: () => Promise<{ seen: number; mixed: number }> } {
  let over = false;
  let seen = 0;
  let mixed = 0;
  const looking = withConnection(adminUrl(instance), async (client) => {
    while (!over) {
      const { rows } = await client.query<{ items: number; scores: number; marked: number }>(
        `select count(distinct q.id)::int as items, count(s.account_id)::int as scores, count(distinct q.updated_at)::int as marked
         from (select * from queue_item where workspace_id = $1 and state = 'open' and lead_id is null order by case coalesce((select bound_slot from score_base where workspace_id = $1), 0) when 0 then bound_0 else bound_1 end desc limit 200) q
         join account_score s on s.workspace_id = q.workspace_id and s.account_id = q.account_id
           and s.intent_version_id = coalesce((select version_id from score_base where workspace_id = $1),
             (select published_version_id from document where workspace_id = $1 and kind = 'intent_model'))`,
        [WORKSPACE],
      );
      seen += 1;
      if (rows[0]?.items !== 200 || rows[0].scores !== 200) mixed += 1;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  });
  return {
    async stop() {
      over = true;
      await looking;
      return { seen, mixed };
    },
  };
}
