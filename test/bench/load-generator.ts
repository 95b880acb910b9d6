import { build } from 'hdr-histogram-js';
import { Agent, request } from 'undici';

// A process of its own: an open loop that sends at scheduled times, whatever the answers do. A request's latency counts from the time
// it was due, so that a stall is seen by everyone who had to wait behind it.

export type LoadJob = {
  url: string;
  method: 'GET' | 'POST';
  headers: Record<string, string>;
  /** `{n}` in the body is replaced by the number of the request. */
  body: string | null;
  /** Request `n` is sent with the n-th of these, from the start again after the last: people, not one person. */
  cookies?: readonly string[];
  /**
   * Before each n-th request (`every`) the same person does this first; `{id}` in the body is one of the ids. Then only those
   * requests count that come after it: the others are load.
   */
  before?: { url: string; body: string; ids: readonly string[]; every: number };
  perSecond: number;
  seconds: number;
  connections: number;
  /** Report each latency too, with when it was due, for those who look at parts of a load. */
  keepsLatencies?: true;
};
export type LoadReport = {
  sent: number;
  failed: number;
  statuses: Record<string, number>;
  p50Ms: number;
  p95Ms: number;
  p99Ms: number;
  maxMs: number;
  perSecond: number;
  /** In the order of their ends; empty unless they are kept. */
  latencies: Latency[];
};
/** When a request was due (milliseconds since 1970), and how long its answer took from then on. */
export type Latency = { dueAt: number; ms: number; failed: boolean };

const SETTLE_MS = 10_000;

async function prepare(
  before: NonNullable<LoadJob['before']>,
  n: number,
  headers: Record<string, string>,
  dispatcher: Agent,
): Promise<void> {
  const id = before.ids[(n / before.every) % before.ids.length] ?? '';
  const reply = await request(before.url, {
    dispatcher,
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: before.body.replaceAll('{id}', id),
  });
  await reply.body.dump();
  if (reply.statusCode !== 200 && reply.statusCode !== 409) throw new Error(`answered ${reply.statusCode}`);
}

/** Set when the parent has seen enough. */
let stopped = false;

async function run(job: LoadJob): Promise<LoadReport> {
  const agent = new Agent({ connections: job.connections, pipelining: 1 });
  const histogram = build({
    lowestDiscernibleValue: 1,
    highestTrackableValue: 120_000_000,
    numberOfSignificantValueDigits: 3,
  });
  const statuses: Record<string, number> = {};
  const total = job.perSecond * job.seconds;
  const start = performance.now() + 50;
  const running = new Set<Promise<void>>();
  let lastEnd = start;
  let failed = 0;
  const latencies: Latency[] = [];
  const counts = (n: number): boolean => job.before === undefined || n % job.before.every === 0;
  const send = async (n: number, scheduledAt: number): Promise<void> => {
    let dueAt = scheduledAt;
    const cookie = job.cookies?.[n % job.cookies.length];
    const headers = cookie === undefined ? job.headers : { ...job.headers, cookie };
    let isFailed = false;
    try {
      if (job.before && counts(n)) {
        await prepare(job.before, n, headers, agent);
        dueAt = performance.now();
      }
      const reply = await request(job.url, {
        dispatcher: agent,
        method: job.method,
        headers,
        body: job.body === null ? null : job.body.replaceAll('{n}', String(n)),
      });
      await reply.body.dump();
      statuses[reply.statusCode] = (statuses[reply.statusCode] ?? 0) + 1;
      isFailed = reply.statusCode >= 400;
    } catch {
      isFailed = true;
      statuses['error'] = (statuses['error'] ?? 0) + 1;
    }
    if (isFailed) failed += 1;
    lastEnd = performance.now();
    if (!counts(n)) return;
    histogram.recordValue(Math.max(1, Math.round((lastEnd - dueAt) * 1_000)));
    if (job.keepsLatencies)
      latencies.push({ dueAt: performance.timeOrigin + dueAt, ms: lastEnd - dueAt, failed: isFailed });
  };
  let sent = 0;
  for (let n = 0; n < total && !stopped;) {
    // The first is due at the start itself, and each the moment its time has come.
    const due = Math.min(total, 1 + Math.floor(((performance.now() - start) / 1_000) * job.perSecond));
    for (; n < due; n += 1) {
      const one = send(n, start + (n / job.perSecond) * 1_000).finally(() => running.delete(one));
      running.add(one);
    }
    sent = n;
    // Looking at the clock more often than this would take the machine away from what is measured.
    const nextMs = start + (n / job.perSecond) * 1_000 - performance.now();
    await new Promise((resolve) => setTimeout(resolve, Math.max(1, Math.floor(nextMs))));
  }
  await Promise.race([Promise.all(running), new Promise((resolve) => setTimeout(resolve, SETTLE_MS))]);
  await agent.destroy();
  const ms = (percentile: number) => histogram.getValueAtPercentile(percentile) / 1_000;
  return {
    sent,
    failed,
    statuses,
    p50Ms: ms(50),
    p95Ms: ms(95),
    p99Ms: ms(99),
    maxMs: histogram.maxValue / 1_000,
    perSecond: sent / ((lastEnd - start) / 1_000),
    latencies,
  };
}

// Whoever wants to know the answer is gone.
process.once('disconnect', () => process.exit(1));
process.once('message', (job) => {
  process.once('message', () => (stopped = true));
  // Safe: sent by `startLoad` alone.
  void run(job as LoadJob).then((report) => process.send?.(report, () => process.exit(0)));
});
