import { HttpError } from '@penstock/http/http-error';
import { ProviderError } from '@penstock/kernel/provider-error';
import { scoringPort } from '@penstock/scoring/rescore';
import { SourceError } from '@penstock/signals/source-port';
import { VISITS_SOURCE, type LookUpDeps } from '@penstock/signals/visits/look-up-visits';
import { ipinfo } from '@penstock/sources/ip-data/ipinfo';

import type { WorkerDeps } from '../worker-deps.ts';

/** What finds out whose visits wait. */
export function visitDeps({
  store,
  clock,
  outside,
  config,
}: Pick<WorkerDeps, 'store' | 'clock' | 'outside' | 'config'>): LookUpDeps {
  return {
    store,
    clock,
    secretKey: Buffer.from(config.PENSTOCK_SECRET_KEY, 'base64'),
    scoring: scoringPort,
    resolve: (workspaceId, name, type) =>
      outside
        .openWebOf(workspaceId)
        .resolve(name, type)
        .catch((error: unknown) => {
          if (!(error instanceof ProviderError)) throw error;
          throw new SourceError(VISITS_SOURCE, 'unreachable', 'no answer', { cause: error });
        }),
    ask: async (workspaceId, tokenSealed, address) => {
      try {
        return ipinfo.read(await outside.askIpData(workspaceId, ipinfo, tokenSealed, address));
      } catch (error) {
        if (!(error instanceof HttpError)) throw error;
        throw new SourceError(ipinfo.manifest.id, 'unreachable', error.fault, { cause: error });
      }
    },
  };
}
