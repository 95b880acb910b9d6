import { addSource, switchSource } from '@penstock/signals/operations/add-source';
import { describedSourceOperations } from '@penstock/signals/operations/describe-source';
import { limitSource } from '@penstock/signals/operations/limit-source';
import { listSources } from '@penstock/signals/operations/list-sources';
import { watchBoard } from '@penstock/signals/operations/watch-board';
import { createDescribedSource, readDescribed } from '@penstock/sources/feeds/described';

import type { GatewayDeps } from './gateway-deps.ts';

type Deps = Pick<GatewayDeps, 'config' | 'vendors'>;

const TRIED = { id: 'described', name: 'A source that is tried', pollEverySeconds: null };

/** What callers do with sources. */
export function sourceOperations({ config, vendors }: Deps, seal: (secret: string) => string) {
  const described = describedSourceOperations({
    seal,
    async tryOut(workspaceId, settings, secret) {
      const contact = `Penstock (${config.PENSTOCK_CONTACT || 'self-hosted'})`;
      const adapter = createDescribedSource(TRIED, settings, contact);
      const request = adapter.listRequest(null, 0, new Date(0)) ?? { path: '/' };
      const credential =
        settings.secret === null || secret === null ? null : { ...settings.secret, value: secret };
      const reply = await vendors.fetchSource(workspaceId, adapter, request, credential);
      const listed = adapter.parseList(reply, request).items;
      const { items, leftOut } = readDescribed(TRIED.id, settings, reply.body);
      return {
        leftOut,
        items: items.flatMap(({ company, domain, kind }, at) => {
          const item = listed[at];
          return item === undefined ? [] : [{ item, company, domain, kind }];
        }),
      };
    },
  });
  return {
    list: listSources,
    watchBoard,
    add: addSource,
    switch: switchSource,
    limit: limitSource,
    describe: described.describe,
    try: described.tryOut,
  };
}
