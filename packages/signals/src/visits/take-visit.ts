import { createHmac } from 'node:crypto';

import { newId } from '@penstock/kernel/ids';
import { sealText } from '@penstock/kernel/seal';
import type { Store } from '@penstock/store/store';
import { maybeOne } from '@penstock/store/tx';

import { hostOf, isOneOf, pageOf } from '../model/visit-page.ts';
import * as sql from './visit-statements.ts';

export type Seen = {
  /** The browser's own random number, made after consent. */
  visitor: string;
  url: string;
  referrer: string;
  address: string;
  /** Whether the address can be one of a company: neither private nor of this machine. */
  askable: boolean;
  isTest: boolean;
};

const keyed = (secretKey: Buffer, ...what: string[]): string =>
  createHmac('sha256', secretKey).update(what.join('\u0000')).digest('base64url');

/** The browser, as one workspace knows it. */
export const visitorHash = (secretKey: Buffer, workspaceId: string, visitor: string): string =>
  keyed(secretKey, 'visitor', workspaceId, visitor);

/** The address under the key of the day: nobody can say tomorrow that it is the same. */
export const networkHash = (secretKey: Buffer, workspaceId: string, address: string, at: Date): string =>
  keyed(secretKey, 'network', workspaceId, at.toISOString().slice(0, 10), address);

/**
 * Keeps a visit. The address is kept encrypted until it has been looked up, an hour at most, and as a keyed hash that changes each day.
 * @returns false for a page that does not count
 */
export async function takeVisit(
  { store, secretKey }: { store: Store; secretKey: Buffer },
  workspaceId: string,
  seen: Seen,
  now: Date,
): Promise<boolean> {
  const page = pageOf(seen.url);
  if (page === null) return false;
  return store.inWorkspace(workspaceId, async (tx) => {
    const settings = await maybeOne(tx, sql.readSettings);
    if (!settings?.active || isOneOf(page.path, settings.ignoredPaths)) return false;
    await tx.rows(
      sql.insertVisit,
      newId(now),
      visitorHash(secretKey, workspaceId, seen.visitor),
      page.origin,
      page.path,
      hostOf(seen.referrer),
      networkHash(secretKey, workspaceId, seen.address, now),
      seen.askable ? sealText(secretKey, seen.address) : null,
      seen.askable ? now : null,
      seen.askable ? 'waiting' : 'excluded',
      seen.askable ? '' : 'private',
      seen.isTest,
      now,
    );
    return true;
  });
}
