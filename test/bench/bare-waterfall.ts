import { Pool } from 'undici';

// The two calls of each contact and nothing else: no database, no checks. Told how many contacts, answers how long it took.

const CONNECTIONS = 32;

async function run(origin: string, contacts: number): Promise<number> {
  const pool = new Pool(origin, { connections: CONNECTIONS });
  const read = async (path: string, body?: object): Promise<Record<string, unknown>> => {
    const reply = await pool.request({
      path,
      method: body ? 'POST' : 'GET',
      headers: { 'content-type': 'application/json', 'x-api-key': 'bare' },
      ...(body && { body: JSON.stringify(body) }),
    });
    // Safe: the stub answers objects.
    return (await reply.body.json()) as Record<string, unknown>;
  };
  let next = 0;
  const startedMs = performance.now();
  const work = async (): Promise<void> => {
    while (next < contacts) {
      const number = (next += 1);
      const found = await read('/api.leadmagic.io/v1/people/email-finder', {
        first_name: 'Bench',
        last_name: `Person${number}`,
        domain: `company-${number % 4_000}.example`,
      });
      const { email } = found;
      if (typeof email === 'string')
        await read(`/api.zerobounce.net/v2/validate?email=${encodeURIComponent(email)}&ip_address=`);
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, work));
  const tookMs = performance.now() - startedMs;
  await pool.close();
  return tookMs;
}

process.on('message', (message) => {
  // Safe: only the benchmark sends messages.
  const { origin, contacts } = message as { origin: string; contacts: number };
  run(origin, contacts).then(
    (tookMs) => process.send?.({ tookMs }),
    (error: unknown) => {
      process.stderr.write(`${String(error)}\n`);
      process.exit(1);
    },
  );
});
process.on('disconnect', () => process.exit(0));
process.send?.({ port: 0 });
