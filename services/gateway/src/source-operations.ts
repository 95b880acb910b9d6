import { openText, sealText } from '@penstock/kernel/seal';
import { answerBoardOperation } from '@penstock/signals/operations/answer-board';
import { addSource, switchSource } from '@penstock/signals/operations/add-source';
import { describedSourceOperations, type TriedReply } from '@penstock/signals/operations/describe-source';
import { limitSource } from '@penstock/signals/operations/limit-source';
import { listSources } from '@penstock/signals/operations/list-sources';
import { lookNowOperations, sourcesOfAccount } from '@penstock/signals/operations/look-now';
import { watchBoard } from '@penstock/signals/operations/watch-board';
import type {
  DescribedSettings,
  SourceAdapter,
  SourceReply,
  SourceRequest,
} from '@penstock/signals/source-port';
import { createDescribedSource, readDescribed } from '@penstock/sources/feeds/described';

import { wakeWatchSources } from '@penstock/workflows/start-workflows';

import type { GatewayDeps } from './gateway-deps.ts';

type Deps = Pick<GatewayDeps, 'config' | 'vendors'> & {
  /** Lets the watchers look before they would have. */
  wakeWatchers: () => void;
};

const SHARDS = [0];

/** Whatever can't be woken looks within a minute by itself. */
export const wakingWatchers =
  ({ temporal, log }: Pick<GatewayDeps, 'temporal' | 'log'>) =>
  (): void => {
    for (const shard of SHARDS)
      void wakeWatchSources(temporal, shard).catch(() =>
        log.warn({ shard }, 'watchers are woken later: Temporal is not there'),
      );
  };

const TRIED = { id: 'described', name: 'A source that is tried', pollEverySeconds: null };

/** What callers do with sources. */
export function sourceOperations({ config, vendors, wakeWatchers }: Deps) {
  const secretKey = Buffer.from(config.PENSTOCK_SECRET_KEY, 'base64');
  const contact = `Penstock (${config.PENSTOCK_CONTACT || 'self-hosted'})`;
  const described = describedSourceOperations({
    seal: (secret) => sealText(secretKey, secret),
    unseal: (sealed) => openText(secretKey, sealed),
    tryOut: (workspaceId, settings, secret) => {
      const credential =
        settings.secret === null || secret === null ? null : { ...settings.secret, value: secret };
      const adapter = createDescribedSource(TRIED, settings, contact);
      return tryPages(adapter, settings, (request) =>
        vendors.fetchSource(workspaceId, adapter, request, credential),
      );
    },
  });
  const { describe, tryOut, edit, restore, versions, remove } = described;
  return {
    list: listSources,
    watchBoard,
    answerBoard: answerBoardOperation({ wake: wakeWatchers }),
    add: addSource,
    switch: switchSource,
    limit: limitSource,
    ofAccount: sourcesOfAccount,
    ...lookNowOperations({ wake: wakeWatchers }),
    describe,
    try: tryOut,
    edit,
    restoreVersion: restore,
    versions,
    remove,
  };
}

/** Enough to see that the next page is asked for rightly. */
const TRIED_PAGES = 2;

async function tryPages(
  adapter: SourceAdapter,
  settings: DescribedSettings,
  fetch: (request: SourceRequest) => Promise<SourceReply>,
): Promise<TriedReply> {
  const tried: TriedReply = { items: [], leftOut: 0, pages: 0, note: '' };
  const keys = new Set<string>();
  let request = adapter.listRequest(null, 0, new Date(0));
  for (; request !== null && tried.pages < TRIED_PAGES; tried.pages += 1) {
    const reply = await fetch(request);
    const listed = adapter.parseList(reply, request).items;
    const { items, leftOut } = readDescribed(TRIED.id, settings, reply.body);
    tried.leftOut += leftOut;
    if (tried.pages > 0 && listed.length > 0 && listed.every(({ key }) => keys.has(key))) {
      tried.note = 'The second page shows what the first one showed: look at how the next page is asked for.';
      return { ...tried, pages: tried.pages + 1 };
    }
    for (const [at, { company, domain, kind }] of items.entries()) {
      const item = listed[at];
      if (item && !keys.has(item.key)) tried.items.push({ item, company, domain, kind });
    }
    for (const { key } of listed) keys.add(key);
    request = adapter.nextRequest?.(reply, request, tried.pages) ?? null;
  }
  if (request !== null)
    tried.note = `More pages follow: ${settings.pages?.most ?? 1} of them are read at each look.`;
  return tried;
}
