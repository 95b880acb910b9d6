import { Agent, request } from 'undici';

// A process of its own: many people who claim from one queue as fast as they can, until nothing is left. Each takes the next item
// of a common list that a colleague may have taken already, as people do who look at the same page.

export type ClaimJob = {
  /** Answers 200 to who gets the item `{id}` and 409 to who comes too late. */
  url: string;
  body: string;
  cookies: readonly string[];
  ids: readonly string[];
};
export type ClaimReport = {
  perSecond: number;
  /** Items that somebody got, those that two got, and answers that were neither 200 nor 409. */
  claimed: number;
  twice: number;
  failed: number;
};

async function run(job: ClaimJob): Promise<ClaimReport> {
  const agent = new Agent({ connections: 64, pipelining: 1 });
  const wins = new Map<string, number>();
  let failed = 0;
  let answers = 0;
  const work = async (cookie: string, person: number): Promise<void> => {
    // Two people each start at the same place of the list, so that every item is wanted twice.
    for (let at = Math.floor(person / 2); at < job.ids.length; at += Math.ceil(job.cookies.length / 2)) {
      const id = job.ids[at] ?? '';
      const reply = await request(job.url, {
        dispatcher: agent,
        method: 'POST',
        headers: { cookie, 'content-type': 'application/json' },
        body: job.body.replaceAll('{id}', id),
      });
      await reply.body.dump();
      answers += 1;
      if (reply.statusCode === 200) wins.set(id, (wins.get(id) ?? 0) + 1);
      else if (reply.statusCode !== 409) failed += 1;
    }
  };
  const start = performance.now();
  await Promise.all(job.cookies.map(work));
  const seconds = (performance.now() - start) / 1_000;
  await agent.destroy();
  return {
    perSecond: answers / seconds,
    claimed: wins.size,
    twice: [...wins.values()].filter((count) => count > 1).length,
    failed,
  };
}

process.once('message', (job) => {
  // Safe: sent by the benchmark alone.
  void run(job as ClaimJob).then((report) => process.send?.(report, () => process.exit(0)));
});
