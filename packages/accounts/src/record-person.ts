import { newId } from '@penstock/kernel/ids';
import { one, type Tx } from '@penstock/store/tx';

import { insertPerson } from './identity-statements.ts';
import { emailKey } from './model/email-address.ts';

export type PersonMention = {
  email: string;
  givenName: string;
  familyName: string;
  country: string | null;
  accountId: string | null;
  origin: 'form' | 'signal' | 'import' | 'manual' | 'sandbox';
  isTest: boolean;
};

/** Finds the person by address or makes them; what was unknown of them is filled in, nothing is overwritten. */
export function recordPerson(
  tx: Tx,
  mention: PersonMention,
  now: Date,
): Promise<{ id: string; accountId: string | null }> {
  return one(
    tx,
    insertPerson,
    newId(now),
    mention.accountId,
    mention.givenName,
    mention.familyName,
    emailKey(mention.email),
    mention.country,
    mention.origin,
    mention.isTest,
    now,
  );
}
