import { throwAwayDataDir } from '@penstock/infra-local/data-folder';
import { startInstance } from '@penstock/infra-local/instance';

import { signInCookie } from '../walk/console-client.ts';
import type { Benchmark } from './benchmark.ts';
import { companyWorld } from './company-world.ts';

const ROWS = Number(process.env['BENCH_ROWS'] ?? 100_000);
const LOOK_MS = 200;
const FLOOR_SECONDS = 600;
/** The last tenth takes at most so much longer than the first: the whole takes time by its rows. */
const MOST_GROWTH = 3;

type Kind = {
  name: string;
  path: string;
  listed: string;
  columns: string;
  header: string;
  file: () => string;
};

const KINDS: readonly Kind[] = [
  {
    name: 'targets',
    path: 'targets/',
    listed: 'target-files',
    columns: 'company,domain,country',
    header: 'Account,Website,Country',
    file: () =>
      companyWorld(ROWS)
        .map(({ name, country }, at) => `"${name}",bench-${at}.example,${country}`)
        .join('\n'),
  },
  {
    name: 'people',
    path: '',
    listed: 'imports',
    columns: 'given_name,family_name,email,company,domain,title,phone',
    header: 'First,Last,E-mail,Company,Website,Title,Phone',
    // Five at a company; one in four without an address.
    file: () =>
      companyWorld(Math.ceil(ROWS / 5))
        .flatMap(({ name }, company) =>
          Array.from({ length: 5 }, (_, at) => {
            const email = at === 4 ? '' : `p${at}@staff-${company}.example`;
            return `Ana${at},Novak${company},${email},"${name}",staff-${company}.example,CFO,+1415555${String(company % 10_000).padStart(4, '0')}`;
          }),
        )
        .slice(0, ROWS)
        .join('\n'),
  },
];

/** Files of 100,000 companies and people taken in over HTTP, into a new installation. */
export const imports: Benchmark = {
  name: 'import',
  about: 'a file of 100,000 target accounts and one of as many people, taken in by a new installation',
  async run(say) {
    const figures: Record<string, string> = { rows: String(ROWS) };
    let verdict: 'ok' | 'below floor' = 'ok';
    for (const kind of KINDS) {
      const { seconds, growth } = await importOf(kind, say);
      figures[kind.name] = `${seconds.toFixed(0)} s`;
      figures[`${kind.name}/s`] = (ROWS / seconds).toFixed(0);
      figures[`${kind.name} last/first tenth`] = growth.toFixed(1);
      if (seconds > FLOOR_SECONDS || growth > MOST_GROWTH) verdict = 'below floor';
    }
    return {
      figures,
      floor: `each within ${FLOOR_SECONDS} s, the last tenth at most ${MOST_GROWTH}x the first`,
      goal: 'the same',
      verdict,
    };
  },
};

async function importOf(kind: Kind, say: (line: string) => void) {
  await using instance = await startInstance({
    dataDir: await throwAwayDataDir('bench-import'),
    label: 'bench import',
    services: ['sandbox', 'gateway', 'worker'],
    seed: true,
    extraEnvironment: { PENSTOCK_LOG_LEVEL: 'warn' },
  });
  const admin = instance.seeded?.signIns.find(({ role }) => role === 'admin');
  if (!admin) throw new TypeError('the instance has an administrator');
  const cookie = await signInCookie(instance.publicUrl, admin);
  const taken = rowsTaken(`${instance.publicUrl}/v1/${kind.listed}`, cookie);
  const dialect = { encoding: 'utf-8', delimiter: ',', header: '1', columns: kind.columns, name: 'bench' };
  const startedAt = performance.now();
  const after = () => (performance.now() - startedAt) / 1_000;
  const passed: number[] = [];
  let done = false;
  const watch = (async () => {
    while (!done) {
      const rows = await taken();
      while (passed.length < 9 && rows >= (ROWS * (passed.length + 1)) / 10) {
        passed.push(after());
        say(`${kind.name}: ${passed.length * 10} % after ${after().toFixed(1)} s`);
      }
      await new Promise((next) => setTimeout(next, LOOK_MS));
    }
  })();
  const reply = await fetch(
    `${instance.publicUrl}/v1/csv/${kind.path}import?${new URLSearchParams(dialect).toString()}`,
    {
      method: 'POST',
      headers: { cookie, 'content-type': 'text/csv' },
      body: `${kind.header}\n${kind.file()}\n`,
    },
  );
  const seconds = after();
  done = true;
  await watch;
  if (reply.status !== 201) throw new Error(`the import answered ${reply.status}: ${await reply.text()}`);
  const [first = seconds] = passed;
  const growth = (seconds - (passed.at(-1) ?? 0)) / first;
  return { seconds, growth };
}

/** Rows of the newest file that have been taken in. */
const rowsTaken = (url: string, cookie: string) => async () => {
  const reply = await fetch(url, { headers: { cookie } });
  // Safe: both lists answer with counts of rows by what became of them.
  const { items } = (await reply.json()) as { items: Record<string, unknown>[] };
  const counts = ['created', 'known', 'proposed', 'ambiguous', 'duplicates', 'repeated', 'refused'];
  return counts.reduce((sum, name) => sum + Number(items[0]?.[name] ?? 0), 0);
};
