import type { Capability, ProviderManifest, WatchTerms } from '@penstock/enrichment/provider-port';

import { limitOf, MINUTE_MS, priceOf } from '../manifest-parts.ts';

export const LUSHA_ID = 'lusha';
export const NEWS = 'news';
export const WORKFORCE = 'workforce';

/** Kinds of signals that are asked for, and how many of each at most: every one that matches costs a credit. */
export const ASKED = {
  [NEWS]: { signals: ['financialEventsNews', 'corporateStrategyNews', 'peopleNews'], most: 5 },
  [WORKFORCE]: { signals: ['surgeInHiring', 'headcountIncrease3m'], most: 1 },
} as const;

/** An estimate: what a credit of a plan with signals costs is agreed with each customer. */
const CREDIT_MICROS = 150_000;

const sold = (id: keyof typeof ASKED, watch: Omit<WatchTerms, 'licence'>): Capability => ({
  id,
  kind: 'watch_company',
  mode: 'sync',
  batchMax: 1,
  gives: [],
  needs: [['companyDomain']],
  price: priceOf(ASKED[id].signals.length * ASKED[id].most, CREDIT_MICROS, {
    charged: 'on_call',
    bills: ['hit', 'miss'],
  }),
  timeoutMs: 30_000,
  watch: { ...watch, licence: 'For own use; no resale.' },
});

/** docs.lusha.com, Search Company Signals: a credit for each signal that matches; what was charged is in the answer. */
export const lushaManifest: ProviderManifest = {
  id: LUSHA_ID,
  name: 'Lusha',
  host: 'api.lusha.com',
  credential: { in: 'header', name: 'api_key' },
  capabilities: [
    sold(NEWS, {
      name: 'Lusha: news',
      everyDays: 7,
      canKnow:
        'Funding, acquisitions, sites opened and closed, lay-offs and executives, as the press tells them.',
      cannotKnow:
        'Amounts, places and offices apart from the words of the article; what no newspaper writes about.',
    }),
    sold(WORKFORCE, {
      name: 'Lusha: workforce',
      everyDays: 30,
      canKnow: 'That a company posts more openings than it used to, or has grown in three months.',
      cannotKnow: 'Which openings they are, and whether somebody was let go where it has shrunk.',
    }),
  ],
  limits: [limitOf(50, MINUTE_MS)],
  region: 'us',
  lawfulUse: 'Facts about companies; names of people in the news are quoted, not kept apart.',
  retentionDays: null,
  notes: [
    'Signals need a plan that has them; others answer 403.',
    'A question without an answer may cost a credit too.',
    'Only whole days can be asked for: what is of the last day is told, and charged, again.',
  ],
};
