import { sealText } from '@penstock/kernel/seal';

import type { OperationDeps as Deps } from './gateway-deps.ts';

/** Seals secrets with the installation's key. */
export function sealing(deps: Pick<Deps, 'config'>): (secret: string) => string {
  const secretKey = Buffer.from(deps.config.PENSTOCK_SECRET_KEY, 'base64');
  return (secret) => sealText(secretKey, secret);
}
