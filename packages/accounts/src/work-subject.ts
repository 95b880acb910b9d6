import { DomainError } from '@penstock/kernel/domain-error';
import { statement } from '@penstock/store/statement';
import { maybeOne, type Tx } from '@penstock/store/tx';
import type { Actor } from '@penstock/workspace/model/actor';

/** What a touch or a deal is about. */
export type WorkSubject = {
  accountId: string;
  personId: string | null;
  leadId: string | null;
  dealId: string | null;
};

type Owners = { accountOwnerId: string | null; leadOwnerId: string | null };

const readSubject = statement<Owners>(
  'read_work_subject',
  `select a.owner_id as "accountOwnerId", (select l.owner_id from lead l where l.workspace_id = $1 and l.id = $4::uuid) as "leadOwnerId"
   from account a where a.workspace_id = $1 and a.id = $2 and a.merged_into_id is null
     and ($3::uuid is null or exists (select 1 from person p where p.workspace_id = $1 and p.id = $3 and (p.account_id is null or p.account_id = a.id)))
     and ($4::uuid is null or exists (select 1 from lead l where l.workspace_id = $1 and l.id = $4 and (l.account_id is null or l.account_id = a.id)
       and ($6::text[] is null or l.owner_id is null or l.owner_id = any($6::text[]))))
     and ($5::uuid is null or exists (select 1 from deal d where d.workspace_id = $1 and d.id = $5 and d.account_id = a.id
       and ($6::text[] is null or d.owner_id = any($6::text[]))))`,
);

/**
 * Owners of what somebody wants to work on, if its parts belong together and the actor sees all of them: who does not see a lead or
 * deal can't stop its clock, meet its criteria or take it either.
 * @throws DomainError `not_found`
 */
export async function workSubjectFor(tx: Tx, actor: Actor, subject: WorkSubject): Promise<Owners> {
  const { accountId, personId, leadId, dealId } = subject;
  const owners = await maybeOne(tx, readSubject, accountId, personId, leadId, dealId, actor.visibleOwnerIds);
  if (owners) return owners;
  throw new DomainError(
    'not_found',
    'There is no such account in this workspace, or the person, lead or deal is not one of it that you see.',
  );
}
