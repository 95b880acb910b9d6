import type { Configuration } from '@penstock/config/environment';
import type { WaterfallDeps } from '@penstock/enrichment/waterfall-run';
import { createHttpClient } from '@penstock/http/http-client';
import { createVendorDoor } from '@penstock/http/vendor-door';
import type { Clock } from '@penstock/kernel/clock';
import { openText } from '@penstock/kernel/seal';
import type { Store } from '@penstock/store/store';

export type VendorSender = { send: WaterfallDeps['send']; close(): Promise<void> };

/** The gateway's own way out to vendors, for what a person asks by hand. A sandbox workspace reaches the simulators and nothing else. */
export function openVendorSender(config: Configuration, store: Store, clock: Clock): VendorSender {
  const sandboxOrigin = config.PENSTOCK_SANDBOX_URL;
  const http = createHttpClient(sandboxOrigin === '' ? {} : { sandboxOrigin });
  const key = Buffer.from(config.PENSTOCK_SECRET_KEY, 'base64');
  const door = createVendorDoor(http, clock);
  return {
    async send({ adapter, workspaceId, secretSealed, timeoutMs, startByMs }, request) {
      const { manifest } = adapter;
      const workspaces = await store.dueWork.workspaces();
      const isSandbox = workspaces.find((one) => one.workspaceId === workspaceId)?.kind === 'sandbox';
      const target = {
        service: manifest.id,
        origin: isSandbox ? `${sandboxOrigin}/${manifest.host}` : `https://${manifest.host}`,
        declaredHosts: [manifest.host],
        timeoutMs,
        startByMs,
      };
      return door.send(
        target,
        { placement: manifest.credential, value: openText(key, secretSealed) },
        request,
      );
    },
    close: () => http.close(),
  };
}
