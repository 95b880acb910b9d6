import { startInstance } from '@penstock/infra-local/instance';
import { throwAwayDataDir } from '@penstock/infra-local/data-folder';
import { withConnection } from '@penstock/infra-local/postgres-connection';
import { newId } from '@penstock/kernel/ids';
import { sealText } from '@penstock/kernel/seal';
import { Webhook } from 'standardwebhooks';

import { adminUrl } from '../walk/admin-url.ts';
import type { Benchmark } from './benchmark.ts';
import { sayDatabaseSettings } from './intake.ts';
import { startSignals } from './queue.ts';
import { reps, seedQueue, WORKSPACE } from './queue-instance.ts';

const ACCOUNTS = Number(process.env['BENCH_ACCOUNTS'] ?? 100_000);
const SECONDS = Number(process.env['BENCH_SECONDS'] ?? 60);
const OPEN_ITEMS = 5_000;
const SIGNALS_PER_SECOND = 200;
const WEBHOOKS_PER_SECOND = 5;
/** What is not there by then is counted as lost. */
const WAIT_MS = 15_000;
const FLOOR_MS = 1_000;
const GOAL_MS = 500;
const SECRET = `whsec_${Buffer.alloc(32, 9).toString('base64')}`;

type Sent = { sentAt: number; acceptedAt: number | null };

/** From a webhook to the queue event on an open console connection, with other signals in the background. */
export const freshness: Benchmark = {
  name: 'freshness',
  about: `from a signed webhook to the queue event on an open console, ${SIGNALS_PER_SECOND} signals/s in the background`,
  async run(say) {
    await using instance = await startInstance({
      dataDir: await throwAwayDataDir('bench-freshness'),
      label: 'bench freshness',
      services: ['sandbox', 'gateway', 'worker'],
      seed: true,
      extraEnvironment: { PENSTOCK_LOG_LEVEL: 'warn' },
    });
    await sayDatabaseSettings(adminUrl(instance), say);
    await seedQueue(instance, ACCOUNTS, OPEN_ITEMS, say);
    const [cookie = ''] = await reps(instance, 1, 'admin');
    const endpointId = await makeEndpoint(instance);
    const idle = await domainsOutOfQueue(instance);
    const sent = new Map<string, Sent>();
    const seen = new Map<string, number>();
    const console = await openConsole(instance.publicUrl, cookie, (accountId) => {
      if (!seen.has(accountId)) seen.set(accountId, performance.now());
    });
    const background = await startSignals(instance, SIGNALS_PER_SECOND);
    const count = Math.min(idle.length, SECONDS * WEBHOOKS_PER_SECOND);
    const start = performance.now();
    const posts: Promise<void>[] = [];
    for (const [at, account] of idle.slice(0, count).entries()) {
      const dueMs = start + (at * 1_000) / WEBHOOKS_PER_SECOND - performance.now();
      if (dueMs > 0) await new Promise((resolve) => setTimeout(resolve, dueMs));
      const one: Sent = { sentAt: performance.now(), acceptedAt: null };
      sent.set(account.id, one);
      posts.push(post(`${instance.publicUrl}/hooks/signals/${endpointId}`, account.domain, one));
    }
    await Promise.all(posts);
    const deadline = performance.now() + WAIT_MS;
    while (performance.now() < deadline && [...sent.keys()].some((id) => !seen.has(id)))
      await new Promise((resolve) => setTimeout(resolve, 20));
    const rate = background.rate();
    background.stop();
    console.close();
    return report(sent, seen, rate);
  },
};

function report(sent: ReadonlyMap<string, Sent>, seen: ReadonlyMap<string, number>, rate: number) {
  const fromSending: number[] = [];
  const fromAnswer: number[] = [];
  for (const [id, { sentAt, acceptedAt }] of sent) {
    const at = seen.get(id);
    if (at === undefined) continue;
    fromSending.push(at - sentAt);
    // The event may be there before the answer: then nobody waited.
    if (acceptedAt !== null) fromAnswer.push(Math.max(0, at - acceptedAt));
  }
  const lost = sent.size - fromSending.length;
  const refused = [...sent.values()].filter(({ acceptedAt }) => acceptedAt === null).length;
  const p99 = quantile(fromSending, 0.99);
  const isWhole = lost === 0 && refused === 0 && rate >= SIGNALS_PER_SECOND * 0.95;
  return {
    figures: {
      webhooks: String(sent.size),
      'sent-to-event': `p50 ${quantile(fromSending, 0.5).toFixed(0)} ms p95 ${quantile(fromSending, 0.95).toFixed(0)} ms p99 ${p99.toFixed(0)} ms`,
      'accepted-to-event': `p50 ${quantile(fromAnswer, 0.5).toFixed(0)} ms p99 ${quantile(fromAnswer, 0.99).toFixed(0)} ms`,
      background: `${rate.toFixed(0)}/s`,
      lost: String(lost),
      refused: String(refused),
    },
    floor: `p99<=${FLOOR_MS}ms`,
    goal: `p99<=${GOAL_MS}ms`,
    verdict:
      !isWhole || p99 > FLOOR_MS
        ? ('below floor' as const)
        : p99 > GOAL_MS
          ? ('short' as const)
          : ('ok' as const),
  };
}

function quantile(samples: readonly number[], share: number): number {
  const sorted = samples.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

type Instance = Awaited<ReturnType<typeof startInstance>>;

async function makeEndpoint(instance: Instance): Promise<string> {
  const id = newId(new Date());
  const key = Buffer.from(instance.environment['PENSTOCK_SECRET_KEY'] ?? '', 'base64');
  await withConnection(adminUrl(instance), (client) =>
    client.query(
      `insert into webhook_endpoint (workspace_id, id, name, secret_sealed, created_at) values ($1, $2, 'bench', $3, $4)`,
      [WORKSPACE, id, sealText(key, SECRET), new Date()],
    ),
  );
  return id;
}

/** Accounts that no queue holds: a signal makes each of them enter. */
function domainsOutOfQueue(instance: Instance): Promise<{ id: string; domain: string }[]> {
  return withConnection(
    adminUrl(instance),
    async (client) =>
      (
        await client.query<{ id: string; domain: string }>(
          `select a.id, a.domain from account a where a.workspace_id = $1 and a.domain like 'company-%'
           and not exists (select 1 from queue_item q where q.workspace_id = a.workspace_id and q.account_id = a.id) limit 5000`,
          [WORKSPACE],
        )
      ).rows,
  );
}

async function post(url: string, domain: string, one: Sent): Promise<void> {
  const body = JSON.stringify({
    kind: 'funding',
    company: { domain },
    summary: 'Raised a round',
    strength: 0.8,
    occurredAt: new Date().toISOString(),
    eventId: `bench ${domain}`,
  });
  const at = new Date();
  const reply = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'webhook-id': `msg_${domain}`,
      'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
      'webhook-signature': new Webhook(SECRET).sign(`msg_${domain}`, at, body),
    },
    body,
  });
  await reply.arrayBuffer();
  if (reply.status === 202) one.acceptedAt = performance.now();
}

/** A console's live connection; tells each account that enters a queue. */
async function openConsole(
  url: string,
  cookie: string,
  onEntered: (accountId: string) => void,
): Promise<{ close: () => void }> {
  const stop = new AbortController();
  const reply = await fetch(`${url}/live`, { headers: { cookie }, signal: stop.signal });
  if (!reply.ok || reply.body === null) throw new TypeError(`/live answered ${reply.status}`);
  const read = async (body: ReadableStream<Uint8Array>) => {
    let text = '';
    const decoder = new TextDecoder();
    for await (const chunk of body) {
      text += decoder.decode(chunk, { stream: true });
      const events = text.split('\n\n');
      text = events.pop() ?? '';
      for (const event of events) {
        if (!event.includes('"queue.item.entered"')) continue;
        const accountId = /"accountId":"([^"]+)"/.exec(event)?.[1];
        if (accountId) onEntered(accountId);
      }
    }
  };
  read(reply.body).catch(() => undefined);
  return { close: () => stop.abort() };
}
