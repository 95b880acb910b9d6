import { createAccount } from '@penstock/accounts/identify-company';
import { accountByExternalId } from '@penstock/accounts/identity-statements';
import { companyDomainOf } from '@penstock/accounts/model/email-address';
import { recordPerson } from '@penstock/accounts/record-person';
import { DomainError } from '@penstock/kernel/domain-error';
import { maybeOne, type Tx } from '@penstock/store/tx';

import type { Known } from './told-mail.ts';
import { readStandingAccount } from './unmatched-mail-statements.ts';

/** The account that an address speaks for, by its domain; null for private addresses and unknown companies. */
export async function companyAccount(tx: Tx, address: string): Promise<{ id: string; name: string } | null> {
  const domain = companyDomainOf(address);
  const found = domain === null ? null : await maybeOne(tx, accountByExternalId, 'dns', 'domain', domain);
  return found ? { id: found.id, name: found.name } : null;
}

type Wanted = { address: string; givenName: string; familyName: string; accountId: string | null };

/** @throws DomainError `invalid` if the address speaks for no company and no account is named */
export async function createPersonOf(tx: Tx, wanted: Wanted, now: Date): Promise<Known> {
  const { address, givenName, familyName } = wanted;
  const named = wanted.accountId === null ? null : await maybeOne(tx, readStandingAccount, wanted.accountId);
  if (wanted.accountId !== null && named === null)
    throw new DomainError('not_found', 'accountId: there is no such account in this workspace.');
  const accountId =
    (named ?? (await companyAccount(tx, address)))?.id ?? (await accountOfDomain(tx, address, now));
  const person = await recordPerson(
    tx,
    { email: address, givenName, familyName, country: null, accountId, origin: 'manual', isTest: false },
    now,
  );
  return { personId: person.id, accountId: person.accountId ?? accountId };
}

async function accountOfDomain(tx: Tx, address: string, now: Date): Promise<string> {
  const domain = companyDomainOf(address);
  if (domain === null)
    throw new DomainError(
      'invalid',
      'accountId: the address is a private one and says nothing of a company. Choose the account of the person.',
    );
  const mention = { name: domain, formerNames: [], domain, ids: [], country: null, region: null, city: null };
  return createAccount(tx, mention, { state: 'active', origin: 'manual', isTest: false, ownerId: null, now });
}
