import { isPublicAddress } from '@penstock/http/address';
import { sealText } from '@penstock/kernel/seal';
import {
  readVisits,
  saveVisitsOperation,
  tryVisitOperation,
} from '@penstock/signals/operations/manage-visits';
import { takeVisit } from '@penstock/signals/visits/take-visit';

import type { GatewayDeps } from './gateway-deps.ts';

/** Networks that are kept for documents: the sandbox's companies live there. */
const INVENTED = /^(192\.0\.2|198\.51\.100|203\.0\.113)\./;
const TRIED_VISITOR = 'tried-by-a-member';

/** Visits to the workspace's own site. */
export function visitOperations({ config, store }: Pick<GatewayDeps, 'config' | 'store'>) {
  const secretKey = Buffer.from(config.PENSTOCK_SECRET_KEY, 'base64');
  return {
    read: readVisits,
    save: saveVisitsOperation({ seal: (secret) => sealText(secretKey, secret) }),
    try: tryVisitOperation({
      visit: (workspaceId, { address, url, isTest }, now) => {
        const askable = isPublicAddress(address) || (!isTest && INVENTED.test(address));
        const seen = { visitor: `${TRIED_VISITOR}-${address}`, url, referrer: '', address, askable, isTest };
        return takeVisit({ store, secretKey }, workspaceId, seen, now);
      },
    }),
  } as const;
}
