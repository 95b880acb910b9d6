import { companyDomainOf, emailKey } from '@penstock/accounts/model/email-address';
import { unsuppressSince } from '@penstock/accounts/suppression';
import { emitEvents } from '@penstock/store/outbox';
import { statement } from '@penstock/store/statement';
import { maybeOne, type Tx } from '@penstock/store/tx';

import { readReports, workAddresses } from './champion-statements.ts';
import type { ScoringPort } from './scoring-port.ts';

type Believed = {
  personId: string;
  accountId: string;
  newAccountId: string | null;
  signalIds: string[];
  decidedAt: Date;
};
const lockBelieved = statement<Believed>(
  'lock_believed_departure',
  `select person_id as "personId", account_id as "accountId", new_account_id as "newAccountId", array_remove(array[signal_id, new_signal_id], null) as "signalIds",
     decided_at as "decidedAt" from departure where workspace_id = $1 and id = $2 and state = 'confirmed' for update`,
);
/** Words that were said until now count no longer: it takes somebody new to believe it again. */
const takeBack = statement(
  'take_departure_back',
  `update departure set state = 'dismissed', decided_by = $3, decided_at = $4::timestamptz, undone_by = $3, undone_at = $4::timestamptz where workspace_id = $1 and id = $2`,
);
const stillThere = statement<{ emailKey: string | null }>(
  'person_is_still_there',
  `with back as (update champion set state = 'watched' where workspace_id = $1 and person_id = $2 and state = 'departed' returning 1)
   update person set left_at = null, updated_at = $3::timestamptz where workspace_id = $1 and id = $2 and erased_at is null returning email_key as "emailKey"`,
);
/** What ended by itself was taken back. Its event may be told anew. */
const withdrawSignals = statement<{ accountId: string }>(
  'withdraw_signals',
  `with keys as (delete from signal_event_key where workspace_id = $1 and signal_id = any($2::uuid[]))
   update signal set expired_by_id = id where workspace_id = $1 and id = any($2::uuid[]) returning account_id as "accountId"`,
);
/** Made of the arrival alone, with nothing of their own since. $3 their addresses. */
const dropArrived = statement(
  'drop_arrived_person',
  `delete from person p where p.workspace_id = $1 and p.account_id = $2 and p.email_key = any($3::text[]) and p.origin = 'signal' and p.created_at >= $4::timestamptz
     and not exists (select 1 from lead x where x.workspace_id = $1 and x.person_id = p.id) and not exists (select 1 from activity x where x.workspace_id = $1 and x.person_id = p.id)
     and not exists (select 1 from deal x where x.workspace_id = $1 and x.person_id = p.id) and not exists (select 1 from champion x where x.workspace_id = $1 and x.person_id = p.id)
     and not exists (select 1 from observation x where x.workspace_id = $1 and x.person_id = p.id) and not exists (select 1 from outgoing_mail x where x.workspace_id = $1 and x.person_id = p.id)
     and not exists (select 1 from enrichment_run x where x.workspace_id = $1 and x.person_id = p.id) and not exists (select 1 from people_import_member x where x.workspace_id = $1 and x.person_id = p.id)`,
);
/** Proposed because of the arrival, and nobody has said anything else of it. */
const dismissProposed = statement(
  'dismiss_account_of_arrival',
  `update account a set state = 'dismissed', updated_at = $3::timestamptz where a.workspace_id = $1 and a.id = $2 and a.state = 'proposed' and a.created_at >= $4::timestamptz
     and not exists (select 1 from signal s where s.workspace_id = $1 and s.account_id = a.id and s.expired_by_id is null)
     and not exists (select 1 from person p where p.workspace_id = $1 and p.account_id = a.id)`,
);

/**
 * Takes back a departure that was believed by mistake, in the caller's transaction: the person works there again and is watched, their
 * addresses may be used, the risk at the old account and the opportunity at the new one count no longer and say so.
 * @returns null if it is not believed, or there is none
 */
export async function undoDeparture(
  tx: Tx,
  { departureId, by }: { departureId: string; by: string },
  now: Date,
  scoring: ScoringPort,
): Promise<Believed | null> {
  const believed = await maybeOne(tx, lockBelieved, departureId);
  if (!believed) return null;
  const { personId, accountId, newAccountId, signalIds, decidedAt } = believed;
  const accountIds = [accountId, ...(newAccountId === null ? [] : [newAccountId])].toSorted();
  await scoring.lock(tx, accountIds);
  await tx.rows(takeBack, departureId, by, now);
  const person = await maybeOne(tx, stillThere, personId, now);
  const known = [
    person?.emailKey ?? '',
    ...(await tx.rows(workAddresses, personId)).map(({ address }) => address),
  ];
  const theirs = known.filter((address) => address !== '' && companyDomainOf(address) !== null);
  await unsuppressSince(tx, [...new Set(theirs)], { reason: 'left_company', since: decidedAt });
  await tx.rows(withdrawSignals, signalIds);
  await leaveNewPlace(tx, departureId, believed, now);
  await scoring.onWithdrawn(tx, accountIds, now);
  await emitEvents(tx, now, [
    { kind: 'departure.changed', payload: { departureId } },
    { kind: 'person.changed', payload: { personId, accountId } },
    ...accountIds.map((id) => ({ kind: 'account.changed' as const, payload: { accountId: id } })),
  ]);
  return believed;
}

async function leaveNewPlace(
  tx: Tx,
  departureId: string,
  { newAccountId, decidedAt }: Believed,
  now: Date,
): Promise<void> {
  if (newAccountId === null) return;
  const told = await tx.rows(readReports, departureId);
  const addresses = told.flatMap(({ newEmail }) => (newEmail === null ? [] : [emailKey(newEmail)]));
  if (addresses.length > 0) await tx.rows(dropArrived, newAccountId, addresses, decidedAt);
  await tx.rows(dismissProposed, newAccountId, now, decidedAt);
}
