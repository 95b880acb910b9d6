import type { Configuration } from '@penstock/config/environment';
import type { WaterfallDeps } from '@penstock/enrichment/waterfall-run';
import { createHttpClient, type HttpClient } from '@penstock/http/http-client';
import { createVendorDoor } from '@penstock/http/vendor-door';
import { systemClock } from '@penstock/kernel/clock';
import { openText } from '@penstock/kernel/seal';
import type { Store } from '@penstock/store/store';

export type Kind = 'sandbox' | 'real';

/** The way to vendors: a sandbox workspace reaches their simulators, any other one themselves. */
export type Vendors = {
  http: HttpClient;
  kindOf(workspaceId: string): Promise<Kind>;
  originOf(kind: Kind, host: string): string;
  /** A secret as it was before it was sealed. */
  open(sealed: string): string;
  send: WaterfallDeps['send'];
};

export function openVendors(
  config: Pick<Configuration, 'PENSTOCK_SANDBOX_URL' | 'PENSTOCK_SECRET_KEY'>,
  store: Store,
): Vendors {
  const sandboxOrigin = config.PENSTOCK_SANDBOX_URL;
  const http = createHttpClient(sandboxOrigin === '' ? {} : { sandboxOrigin });
  const key = Buffer.from(config.PENSTOCK_SECRET_KEY, 'base64');
  const open = openedOnce((sealed) => openText(key, sealed));
  const door = createVendorDoor(http, systemClock);
  const kinds = new Map<string, Kind>();
  const kindOf = async (workspaceId: string): Promise<Kind> => {
    const known = kinds.get(workspaceId);
    if (known) return known;
    for (const workspace of await store.dueWork.workspaces())
      kinds.set(workspace.workspaceId, workspace.kind);
    return kinds.get(workspaceId) ?? 'real';
  };
  const originOf = (kind: Kind, host: string) =>
    kind === 'sandbox' ? `${sandboxOrigin}/${host}` : `https://${host}`;
  return {
    http,
    kindOf,
    originOf,
    open,
    async send(call, request) {
      const { manifest } = call.adapter;
      const target = {
        service: manifest.id,
        origin: originOf(await kindOf(call.workspaceId), manifest.host),
        declaredHosts: [manifest.host],
        timeoutMs: call.timeoutMs,
        startByMs: call.startByMs,
      };
      const secret = { placement: manifest.credential, value: open(call.secretSealed) };
      return door.send(target, secret, request);
    },
  };
}

const SECRETS_KEPT = 200;

/** Credentials are opened once, not for every call of a list; a new credential is a new sealed text. */
function openedOnce(open: (sealed: string) => string): (sealed: string) => string {
  const opened = new Map<string, string>();
  return (sealed) => {
    const known = opened.get(sealed);
    if (known !== undefined) return known;
    if (opened.size >= SECRETS_KEPT) opened.clear();
    const secret = open(sealed);
    opened.set(sealed, secret);
    return secret;
  };
}
