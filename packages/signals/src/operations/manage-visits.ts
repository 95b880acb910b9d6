import { randomBytes } from 'node:crypto';

import { Done, Instant, Named, plainText } from '@penstock/kernel/contract';
import { DomainError } from '@penstock/kernel/domain-error';
import { lowestIdAt } from '@penstock/kernel/ids';
import { statement } from '@penstock/store/statement';
import { maybeOne, one } from '@penstock/store/tx';
import { command, query } from '@penstock/workspace/operation';
import { z } from 'zod';

import { OF_LOOKS } from '../source-figures.ts';
import * as sql from '../visits/visit-statements.ts';

const KEY_BYTES = 15;
const DAYS = 30;
const DAY_MS = 86_400_000;
const LATEST = 20;

const Origin = z
  .string()
  .trim()
  .max(200)
  .refine(
    (text) => URL.canParse(text) && new URL(text).origin === text && /^https?:$/.test(new URL(text).protocol),
    'is no origin like https://www.company.com, without path',
  );
const Path = plainText(200).pipe(z.string().regex(/^[/*]/, 'has to begin with / or *'));
const Paths = z.array(Path).max(50);

type Figures = {
  visits: number;
  visitors: number;
  companies: number;
  matched: number;
  excluded: number;
  unmatched: number;
  unknown: number;
  waiting: number;
  asked: number;
  signals: number;
};
const figuresOf = statement<Figures>(
  'read_visit_figures',
  `select count(*)::int as visits, count(distinct visitor)::int as visitors, count(distinct account_id)::int as companies,
     (count(*) filter (where state = 'matched'))::int as matched, (count(*) filter (where state = 'excluded'))::int as excluded,
     (count(*) filter (where state = 'unmatched'))::int as unmatched, (count(*) filter (where state = 'unknown'))::int as unknown,
     (count(*) filter (where state = 'waiting'))::int as waiting,
     (select count(*)::int from visit_network n where n.workspace_id = $1 and n.asked and n.looked_up_at > $3::timestamptz) as asked,
     (select count(*)::int from signal s where s.workspace_id = $1 and s.source = 'visits' and ${OF_LOOKS} and s.id >= $2::uuid) as signals
   from site_visit where workspace_id = $1 and id >= $2::uuid and not is_test`,
);
type Latest = {
  id: string;
  path: string;
  referrer: string;
  state: 'waiting' | 'matched' | 'unmatched' | 'excluded' | 'unknown';
  how: string;
  isTest: boolean;
  accountId: string | null;
  accountName: string | null;
  at: Date;
};
const latestVisits = statement<Latest>(
  'read_latest_visits',
  `select v.id, v.path, v.referrer, v.state, v.how, v.is_test as "isTest", a.id as "accountId", a.name as "accountName", v.occurred_at as at
   from site_visit v left join account a on a.workspace_id = v.workspace_id and a.id = v.account_id where v.workspace_id = $1 order by v.id desc limit $2`,
);

export const readVisits = query({
  name: 'visits.read',
  lane: 'hot',
  permission: 'settings.read',
  summary: 'Visits to the workspace’s own site: settings of the script, figures of 30 days, the latest ones.',
  input: z.object({}),
  output: z.object({
    /** Null until somebody has switched it on. */
    settings: z
      .object({
        key: z.string(),
        active: z.boolean(),
        allowedOrigins: z.array(z.string()),
        pricingPaths: z.array(z.string()),
        ignoredPaths: z.array(z.string()),
        proposes: z.boolean(),
        hasIpToken: z.boolean(),
        dailyLookups: z.int(),
      })
      .nullable(),
    figures: z.object({
      visits: z.int(),
      visitors: z.int(),
      companies: z.int(),
      matched: z.int(),
      excluded: z.int(),
      unmatched: z.int(),
      unknown: z.int(),
      waiting: z.int(),
      /** Look-ups at the IP-data vendor within a day. */
      asked: z.int(),
      signals: z.int(),
    }),
    latest: z.array(
      z.object({
        id: z.string(),
        path: z.string(),
        referrer: z.string(),
        state: z.enum(['waiting', 'matched', 'unmatched', 'excluded', 'unknown']),
        how: z.string(),
        isTest: z.boolean(),
        account: Named.nullable(),
        at: Instant,
      }),
    ),
  }),
  async run({ tx, now }) {
    const settings = await maybeOne(tx, sql.readSettings);
    const since = lowestIdAt(new Date(now.getTime() - DAYS * DAY_MS));
    const figures = await one(tx, figuresOf, since, new Date(now.getTime() - DAY_MS));
    const latest = await tx.rows(latestVisits, LATEST);
    return {
      settings: settings && toView(settings),
      figures,
      latest: latest.map(({ accountId, accountName, ...visit }) => ({
        ...visit,
        account: accountId === null ? null : { id: accountId, name: accountName ?? '' },
      })),
    };
  },
});

const toView = ({ publicKey, ipTokenSealed, ...settings }: sql.SettingsRow) => ({
  ...settings,
  key: publicKey,
  hasIpToken: ipTokenSealed !== null,
});

export function saveVisitsOperation(deps: { seal: (secret: string) => string }) {
  return command({
    name: 'visits.save',
    lane: 'hot',
    permission: 'providers.manage',
    summary:
      'Say from which sites visits are taken, which pages count, and by which token the IP-data vendor is asked. The token is kept encrypted; left out it stays, empty it goes.',
    input: z.strictObject({
      active: z.boolean(),
      allowedOrigins: z.array(Origin).min(1, 'names no site').max(20),
      pricingPaths: Paths.default(['/pricing', '/pricing/*', '/plans']),
      ignoredPaths: Paths.default([]),
      proposes: z.boolean().default(true),
      ipToken: z.string().trim().max(200).optional(),
      dailyLookups: z.int().min(0).max(1_000_000).default(1_000),
    }),
    output: z.object({ key: z.string() }),
    async run({ tx, actor, now }, input) {
      const token = input.ipToken === undefined ? null : input.ipToken === '' ? '' : deps.seal(input.ipToken);
      const { publicKey } = await one(
        tx,
        sql.saveSettings,
        randomBytes(KEY_BYTES).toString('base64url'),
        input.active,
        [...new Set(input.allowedOrigins)],
        input.pricingPaths,
        input.ignoredPaths,
        input.proposes,
        token,
        input.dailyLookups,
        actor.id,
        now,
      );
      return {
        output: { key: publicKey },
        audit: {
          action: 'visits.saved',
          subjectKind: 'workspace',
          subjectId: tx.workspaceId,
          detail: { active: input.active, origins: input.allowedOrigins },
        },
        events: [{ kind: 'settings.changed', payload: { what: 'visits' } }],
      };
    },
  });
}

/** A visit from an address that somebody names, to see what would be found out. In a real workspace it counts for nothing. */
export function tryVisitOperation(deps: {
  visit: (
    workspaceId: string,
    seen: { address: string; url: string; isTest: boolean },
    now: Date,
  ) => Promise<boolean>;
}) {
  return command({
    name: 'visits.try',
    lane: 'hot',
    permission: 'providers.manage',
    summary:
      'Pretend a visit from an IP address, to see which company is found. It counts for nothing but in the sandbox.',
    input: z.strictObject({
      address: z.union([z.ipv4(), z.ipv6()], 'is no IP address like 203.0.113.7'),
      path: Path.default('/pricing'),
    }),
    output: Done,
    async prepare({ store, actor, now }, { address, path }) {
      const { settings, kind } = await store.inWorkspace(actor.workspaceId, async (tx) => ({
        settings: await maybeOne(tx, sql.readSettings),
        kind: (await one(tx, kindOf)).kind,
      }));
      const origin = settings?.active ? settings.allowedOrigins[0] : undefined;
      if (origin === undefined)
        throw new DomainError('conflict', 'Visits are not taken. Name a site and switch them on first.');
      return deps.visit(actor.workspaceId, { address, url: origin + path, isTest: kind === 'real' }, now);
    },
    async run({ tx, prepared }, { path }) {
      if (!prepared)
        throw new DomainError('invalid', 'path: is one of the pages that do not count. Choose another one.');
      return {
        output: { id: tx.workspaceId },
        audit: {
          action: 'visits.tried',
          subjectKind: 'workspace',
          subjectId: tx.workspaceId,
          detail: { path },
        },
        events: [{ kind: 'source.changed', payload: { what: 'visits' } }],
      };
    },
  });
}
const kindOf = statement<{ kind: 'sandbox' | 'real' }>(
  'read_kind_for_visits',
  'select kind from workspace where workspace_id = $1',
);
