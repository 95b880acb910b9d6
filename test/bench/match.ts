import { identifyCompany, type CompanyMention } from '@penstock/accounts/identify-company';
import { throwAwayDataDir } from '@penstock/infra-local/data-folder';
import { startInstance } from '@penstock/infra-local/instance';
import { idFromKey } from '@penstock/kernel/ids';
import { openStore } from '@penstock/store/store';

import { adminUrl } from '../walk/admin-url.ts';
import { median, type Benchmark } from './benchmark.ts';
import { companyWorld, mentionsOf, type NoisyMention } from './company-world.ts';
import { copyCompanies } from './copy-companies.ts';
import { sayDatabaseSettings } from './intake.ts';

const ACCOUNTS = Number(process.env['BENCH_ACCOUNTS'] ?? 1_000_000);
const MENTIONS = Number(process.env['BENCH_MENTIONS'] ?? 3_000);
const FLOOR = { precision: 0.99, recall: 0.9 };
const WORKSPACE = idFromKey('penstock:sandbox');
const THRESHOLDS = [0.88, 0.9, 0.93, 0.96, 1, 1.03];

type Judged = {
  noise: string;
  known: boolean;
  right: boolean;
  said: 'match' | 'ambiguous' | 'none';
  score: number;
  ms: number;
};

/** Companies named with the noise of sources, found among a million accounts by name and place alone. */
export const match: Benchmark = {
  name: 'match',
  about: `companies named with typing errors, other legal forms, former names and namesakes, found among ${ACCOUNTS.toLocaleString('en')} accounts`,
  async run(say) {
    await using instance = await startInstance({
      dataDir: await throwAwayDataDir('bench-match'),
      label: 'bench match',
      services: ['sandbox', 'gateway'],
      temporal: false,
      seed: true,
      extraEnvironment: { PENSTOCK_LOG_LEVEL: 'warn' },
    });
    await sayDatabaseSettings(adminUrl(instance), say);
    const world = companyWorld(ACCOUNTS);
    const seconds = await copyCompanies(adminUrl(instance), WORKSPACE, world);
    say(`${ACCOUNTS.toLocaleString('en')} accounts with their keys in ${seconds.toFixed(1)} s`);
    const store = openStore({
      appUrl: instance.databaseUrls.app,
      dueUrl: instance.databaseUrls.due,
      maxConnections: 2,
      applicationName: 'bench match',
    });
    try {
      const judged: Judged[] = [];
      for (const mention of mentionsOf(world, MENTIONS)) {
        const { names, country, region, city } = mention;
        const [name = '', ...formerNames] = names;
        const asked: CompanyMention = { name, formerNames, domain: null, ids: [], country, region, city };
        const start = performance.now();
        const found = await store.inWorkspace(WORKSPACE, (tx) => identifyCompany(tx, asked));
        judged.push({ ...judge(mention, found), ms: performance.now() - start });
      }
      return report(judged, say);
    } finally {
      await store.close();
    }
  },
};

function judge(
  mention: NoisyMention,
  found: Awaited<ReturnType<typeof identifyCompany>>,
): Omit<Judged, 'ms'> {
  const { noise, truth } = mention;
  const base = { noise, known: truth !== null };
  if (found.kind === 'known')
    return { ...base, said: 'match', right: found.account.id === truth, score: found.score };
  return { ...base, said: found.kind === 'ambiguous' ? 'ambiguous' : 'none', right: false, score: 0 };
}

function report(judged: readonly Judged[], say: (line: string) => void) {
  const known = judged.filter((one) => one.known).length;
  const at = (threshold: number) => {
    const said = judged.filter((one) => one.said === 'match' && one.score >= threshold);
    const right = said.filter((one) => one.right).length;
    return { precision: said.length === 0 ? 1 : right / said.length, recall: right / known };
  };
  for (const threshold of THRESHOLDS)
    say(
      `at ${threshold.toFixed(2)}: precision ${at(threshold).precision.toFixed(4)}, recall ${at(threshold).recall.toFixed(4)}`,
    );
  for (const noise of new Set(judged.map((one) => one.noise))) {
    const of = judged.filter((one) => one.noise === noise);
    const count = (pick: (one: Judged) => boolean) => of.filter(pick).length;
    say(
      `${noise}: ${of.length}, right ${count((one) => one.right)}, wrong ${count((one) => one.said === 'match' && !one.right)}, to a person ${count((one) => one.said === 'ambiguous')}, unknown ${count((one) => one.said === 'none')}`,
    );
  }
  const { precision, recall } = at(0);
  const times = judged.map((one) => one.ms).toSorted((a, b) => a - b);
  const holds = precision >= FLOOR.precision && recall >= FLOOR.recall;
  return {
    figures: {
      precision: precision.toFixed(4),
      recall: recall.toFixed(4),
      p50: `${median(times).toFixed(2)} ms`,
      p95: `${(times[Math.floor(times.length * 0.95)] ?? Number.NaN).toFixed(2)} ms`,
      'to-a-person': (judged.filter((one) => one.said === 'ambiguous').length / judged.length).toFixed(3),
    },
    floor: `precision>=${FLOOR.precision},recall>=${FLOOR.recall}`,
    goal: `precision>=${FLOOR.precision},recall>=${FLOOR.recall}`,
    verdict: holds ? ('ok' as const) : ('below floor' as const),
  };
}
