import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

import { invariant } from '@penstock/kernel/invariant';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';

export type SeededMass = { kind: string; value: number; halfLifeDays: number; at: Date };

export type SeedOptions = {
  /** A superuser: COPY goes past row-level security, and foreign keys are not checked row by row. Never the product's own roles. */
  url: string;
  workspaceId: string;
  count: number;
  now: Date;
  /** The workspace's own arithmetic, so that stored bounds are what the product would have stored. */
  score: (masses: SeededMass[], fit: number, at: Date) => { signal: number; priority: number };
  /** Part of the accounts that have an open queue item, 0–1. */
  queueShare?: number;
  /** Scores were last written up to this many days before `now`; 0 unless told otherwise. */
  scoredWithinDays?: number;
};

export type SeedReport = { accounts: number; queueItems: number; durationMs: number };

const KINDS = [
  { kind: 'funding', halfLifeDays: 90 },
  { kind: 'hiring', halfLifeDays: 45 },
  { kind: 'intent', halfLifeDays: 14 },
  { kind: 'visit', halfLifeDays: 7 },
] as const;
const INDUSTRIES = ['Software', 'Financial services', 'Business services', 'Manufacturing', 'Retail'];
const COUNTRIES = ['US', 'GB', 'DE', 'FR', 'BR'];
const FIRST = [
  'Amber',
  'Birch',
  'Cobalt',
  'Delta',
  'Ember',
  'Fjord',
  'Granite',
  'Harbor',
  'Indigo',
  'Juniper',
];
const SECOND = [
  'Ridge',
  'Works',
  'Systems',
  'Labs',
  'Foods',
  'Energy',
  'Logistics',
  'Health',
  'Partners',
  'Mills',
];
const LARGEST_MASS = 3;
const CHUNK_LINES = 2_000;
const DAY_MS = 86_400_000;

/**
 * Fills a workspace with accounts as a large customer has them: names, domains, scores with Zipf-like masses (few are hot, most are
 * cold), queue items. The same count gives the same rows. For benchmarks and tests only.
 */
export async function seedAccounts(options: SeedOptions): Promise<SeedReport> {
  const startedAt = performance.now();
  const { url, workspaceId, count, queueShare = 0.5 } = options;
  const versions = await withClient(url, (client) => publishedVersions(client, workspaceId));
  const [account, externalId, ...others] = tables(options, versions);
  // Most of the work is in the indexes: two connections keep two cores busy.
  await Promise.all([copyAll(url, [account, externalId], count), copyAll(url, others, count)]);
  await withClient(url, (client) =>
    // As in a database that has been in use: nothing is left for the vacuum to come and do meanwhile.
    client.query(
      'vacuum (analyze, freeze) account, account_name_key, external_id, account_score, queue_item',
    ),
  );
  return {
    accounts: count,
    queueItems: Math.floor(count * queueShare),
    durationMs: Math.round(performance.now() - startedAt),
  };
}

async function withClient<Result>(
  url: string,
  work: (client: pg.Client) => Promise<Result>,
): Promise<Result> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

function copyAll(url: string, wanted: readonly Table[], count: number): Promise<void> {
  return withClient(url, async (client) => {
    await client.query('set session_replication_role = replica; set synchronous_commit = off');
    for (const table of wanted) {
      await pipeline(
        Readable.from(chunks(table, count)),
        client.query(copyFrom(`copy ${table.into} from stdin`)),
      );
    }
  });
}

type Versions = { intent: string; icp: string };

async function publishedVersions(client: pg.Client, workspaceId: string): Promise<Versions> {
  const { rows } = await client.query<{ kind: string; id: string }>(
    `select kind, published_version_id as id from document where workspace_id = $1 and name = 'main'`,
    [workspaceId],
  );
  const idOf = (kind: string) => rows.find((row) => row.kind === kind)?.id;
  const intent = idOf('intent_model');
  const icp = idOf('icp');
  invariant(intent && icp, 'the workspace has published documents');
  return { intent, icp };
}

type Table = { into: string; lineOf: (index: number) => string | null };

type Ground = SeedOptions & {
  versions: Versions;
  stamp: string;
  line: (...values: (string | number)[]) => string;
};

function tables(options: SeedOptions, versions: Versions): [Table, Table, ...Table[]] {
  const { workspaceId, now } = options;
  const stamp = now.toISOString();
  const line = (...values: (string | number)[]) => `${workspaceId}\t${values.join('\t')}\n`;
  const ground: Ground = { ...options, versions, stamp, line };
  return [
    accountTable(ground),
    {
      into: 'external_id (workspace_id, system, kind, value, subject_kind, subject_id, recorded_at)',
      lineOf: (index) => line('dns', 'domain', domainOf(index), 'account', idOf('a', index, now), stamp),
    },
    {
      into: 'account_name_key (workspace_id, key, account_id)',
      lineOf: (index) => line(nameOf(index).toLowerCase(), idOf('a', index, now)),
    },
    scoreTable(ground),
    queueTable(ground),
  ];
}

function accountTable({ count, now, stamp, line }: Ground): Table {
  return {
    into: 'account (workspace_id, id, name, domain, state, industry, employee_count, country, origin, created_at, updated_at)',
    lineOf: (index) =>
      line(
        idOf('a', index, now),
        nameOf(index),
        domainOf(index),
        'active',
        pick(INDUSTRIES, index),
        employeesOf(index),
        pick(COUNTRIES, index),
        'import',
        stamp,
        new Date(now.getTime() - (index % count) * 1_000).toISOString(),
      ),
  };
}

function scored({ count, now, score, scoredWithinDays = 0 }: Ground, index: number) {
  const at = new Date(
    now.getTime() - (scoredWithinDays === 0 ? 0 : scatter(index, 12) % (scoredWithinDays * DAY_MS)),
  );
  const masses = massesOf(index, count, at);
  const fit = fitOf(index);
  return { masses, fit, at, ...score(masses, fit, at) };
}

function scoreTable(ground: Ground): Table {
  const { now, line, versions } = ground;
  return {
    into: 'account_score (workspace_id, account_id, intent_version_id, icp_version_id, mass_kinds, mass_values, mass_half_lives, mass_at, fit, fit_parts, signal_bound, scored_at)',
    lineOf: (index) => {
      const { masses, fit, signal, at } = scored(ground, index);
      return line(
        idOf('a', index, now),
        versions.intent,
        versions.icp,
        arrayOf(masses.map((mass) => mass.kind)),
        arrayOf(masses.map((mass) => mass.value)),
        arrayOf(masses.map((mass) => mass.halfLifeDays)),
        arrayOf(masses.map((mass) => mass.at.toISOString())),
        fit,
        '[]',
        signal,
        at.toISOString(),
      );
    },
  };
}

function queueTable(ground: Ground): Table {
  const { count, now, stamp, line, queueShare = 0.5 } = ground;
  const queued = Math.floor(count * queueShare);
  return {
    into: 'queue_item (workspace_id, id, account_id, band, state, reason, bound_0, names, created_at, updated_at)',
    lineOf: (index) => {
      if (index >= queued) return null;
      const { priority } = scored(ground, index);
      // As `copy` writes a line's end.
      const names = `\\n${nameOf(index).toLowerCase()}`;
      return line(
        idOf('b', index, now),
        idOf('a', index, now),
        1,
        'open',
        'Seeded',
        priority,
        names,
        stamp,
        stamp,
      );
    },
  };
}

function* chunks(table: Table, count: number): Generator<string> {
  for (let from = 0; from < count; from += CHUNK_LINES) {
    let text = '';
    for (let index = from; index < Math.min(from + CHUNK_LINES, count); index += 1)
      text += table.lineOf(index) ?? '';
    if (text !== '') yield text;
  }
}

/** UUIDv7 in the order of the index, all from the last second before `now`: what is made together lies together. */
function idOf(variant: 'a' | 'b', index: number, now: Date): string {
  const stamp = (now.getTime() - 1_000).toString(16).padStart(12, '0');
  return `${stamp.slice(0, 8)}-${stamp.slice(8)}-7000-${variant}000-${index.toString(16).padStart(12, '0')}`;
}

/** An even, repeatable scatter of 0 … 2^32 − 1. */
function scatter(index: number, salt: number): number {
  let mixed = Math.imul(index + 1, 0x9e3779b1) ^ Math.imul(salt + 1, 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x45d9f3b);
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x45d9f3b);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

const pick = <Item>(items: readonly Item[], index: number): Item =>
  items[scatter(index, 1) % items.length] as Item;
const nameOf = (index: number) => `${FIRST[index % 10]} ${SECOND[Math.floor(index / 10) % 10]} ${index}`;
const domainOf = (index: number) => `company-${index}.example`;
const employeesOf = (index: number) => 5 + (scatter(index, 2) % 5_000);
const fitOf = (index: number) => (scatter(index, 3) % 21) * 5;
const arrayOf = (values: readonly (string | number)[]) => `{${values.join(',')}}`;

/** Rank r has a mass of about 3/√r at the top and almost nothing at the end; up to three kinds, seen over the last two months. */
function massesOf(index: number, count: number, now: Date): SeededMass[] {
  const rank = 1 + (scatter(index, 4) % count);
  const kinds = 1 + (scatter(index, 5) % 3);
  return KINDS.slice(0, kinds).map(({ kind, halfLifeDays }, place) => ({
    kind,
    halfLifeDays,
    value: LARGEST_MASS / Math.sqrt(rank) / (place + 1),
    at: new Date(now.getTime() - (scatter(index, 6 + place) % 60) * DAY_MS),
  }));
}
