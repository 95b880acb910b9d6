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
  perSecond: number;
  seconds: number;
  connections: number;
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
};

const SETTLE_MS = 10_000;

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
  const send = async (n: number, dueAt: number): Promise<void> => {
    try {
      const reply = await request(job.url, {
        dispatcher: agent,
        method: job.method,
        headers: job.headers,
        body: job.body === null ? null : job.body.replaceAll('{n}', String(n)),
      });
      await reply.body.dump();
      statuses[reply.statusCode] = (statuses[reply.statusCode] ?? 0) + 1;
      if (reply.statusCode >= 400) failed += 1;
    } catch {
      failed += 1;
      statuses['error'] = (statuses['error'] ?? 0) + 1;
    }
    lastEnd = performance.now();
    histogram.recordValue(Math.max(1, Math.round((lastEnd - dueAt) * 1_000)));
  };
  for (let n = 0; n < total;) {
    const due = Math.min(total, Math.floor(((performance.now() - start) / 1_000) * job.perSecond));
    for (; n < due; n += 1) {
      const sent = send(n, start + (n / job.perSecond) * 1_000).finally(() => running.delete(sent));
      running.add(sent);
    }
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  await Promise.race([Promise.all(running), new Promise((resolve) => setTimeout(resolve, SETTLE_MS))]);
  await agent.destroy();
  const ms = (percentile: number) => histogram.getValueAtPercentile(percentile) / 1_000;
  return {
    sent: total,
    failed,
    statuses,
    p50Ms: ms(50),
    p95Ms: ms(95),
    p99Ms: ms(99),
    maxMs: histogram.maxValue / 1_000,
    perSecond: total / ((lastEnd - start) / 1_000),
  };
}

process.once('message', (job) => {
  // Safe: sent by `generateLoad` alone.
  void run(job as LoadJob).then((report) => process.send?.(report, () => process.exit(0)));
});
