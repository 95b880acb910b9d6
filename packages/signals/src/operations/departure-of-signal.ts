import { committeeMember } from '@penstock/accounts/model/buying-committee';
import { readReachablePeople } from '@penstock/accounts/committee-statements';
import { titleRules } from '@penstock/accounts/title-rules-document';
import { Instant, Named } from '@penstock/kernel/contract';
import { statement } from '@penstock/store/statement';
import { maybeOne, type Tx } from '@penstock/store/tx';
import type { Actor } from '@penstock/workspace/model/actor';
import { z } from 'zod';

import { readReports } from '../champion-statements.ts';
import { nextContacts, whyNext } from '../model/next-contact.ts';
import { viewWord, Word } from './departures.ts';

const MOST_NEXT = 3;

/** The champion behind a signal of leaving or arriving: kept apart from the signal, so that erasing the person ends it. */
export const DepartureView = z.object({
  id: z.string(),
  person: Named,
  title: z.string().nullable(),
  from: Named,
  to: Named.nullable(),
  newTitle: z.string(),
  leftAt: Instant.nullable(),
  /** Who took it back, and when: it was not so. */
  undone: z.object({ by: z.string(), at: Instant }).nullable(),
  words: z.array(Word),
  /** Who may take over at the old account, best first. */
  next: z.array(
    z.object({ personId: z.string(), name: z.string(), title: z.string().nullable(), because: z.string() }),
  ),
  deals: z.array(Named),
});

type Row = {
  id: string;
  personId: string;
  name: string;
  title: string | null;
  fromId: string;
  fromName: string;
  toId: string | null;
  toName: string | null;
  leftAt: Date | null;
  undoneBy: string | null;
  undoneAt: Date | null;
};
const readDeparture = statement<Row>(
  'read_departure_of_signal',
  `select d.id, p.id as "personId", coalesce(nullif(trim(p.given_name || ' ' || p.family_name), ''), 'Unknown name') as name,
     (select max(v.value) from visible_value v where v.workspace_id = p.workspace_id and v.subject_id = p.id and v.field = 'title') as title,
     a.id as "fromId", a.name as "fromName", n.id as "toId", n.name as "toName", p.left_at as "leftAt",
     case when d.state <> 'confirmed' then d.undone_at end as "undoneAt", coalesce(u.name, d.undone_by) as "undoneBy"
   from departure d join person p on p.workspace_id = d.workspace_id and p.id = d.person_id and p.erased_at is null
   join account a on a.workspace_id = d.workspace_id and a.id = d.account_id
   left join account n on n.workspace_id = d.workspace_id and n.id = d.new_account_id
   left join member u on u.workspace_id = d.workspace_id and u.id = d.undone_by
   where d.workspace_id = $1 and (d.state = 'confirmed' or d.undone_at is not null) and (d.signal_id = $2 or d.new_signal_id = $2)`,
);
const openDeals = statement<{ id: string; name: string }>(
  'open_deals_of_account',
  `select id, name from deal where workspace_id = $1 and account_id = $2 and stage_type = 'open' and merged_into_id is null
     and ($3::text[] is null or owner_id = any($3::text[])) order by value_minor desc limit 20`,
);

export async function departureOfSignal(
  tx: Tx,
  actor: Actor,
  signalId: string,
  now: Date,
): Promise<z.input<typeof DepartureView> | null> {
  const row = await maybeOne(tx, readDeparture, signalId);
  if (!row) return null;
  const reports = await tx.rows(readReports, row.id);
  const rules = await titleRules(tx);
  const { personId, name, title } = row;
  const left = committeeMember(
    { personId, name, title, correctedRole: null, engagedAt: null, reportsTo: null },
    rules,
    now,
  );
  const people = (await tx.rows(readReachablePeople, row.fromId, actor.visibleOwnerIds))
    .filter((person) => person.personId !== personId)
    .map((person) => ({
      ...committeeMember(person, rules, now),
      reachable: person.emailUsable || (person.phoneUsable && !person.doNotCall),
    }));
  return {
    id: row.id,
    undone: row.undoneAt === null ? null : { by: row.undoneBy ?? '', at: row.undoneAt },
    person: { id: personId, name },
    title,
    from: { id: row.fromId, name: row.fromName },
    to: row.toId === null ? null : { id: row.toId, name: row.toName ?? '' },
    newTitle: reports.findLast(({ newTitle }) => newTitle !== '')?.newTitle ?? '',
    leftAt: row.leftAt,
    words: reports.map(viewWord),
    next: nextContacts(people, left)
      .slice(0, MOST_NEXT)
      .map((person) => ({
        personId: person.personId,
        name: person.name,
        title: person.title,
        because: whyNext(person, left),
      })),
    deals: await tx.rows(openDeals, row.fromId, actor.visibleOwnerIds),
  };
}
