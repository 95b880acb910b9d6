import { Done, Instant, Named } from '@penstock/kernel/contract';
import { DomainError } from '@penstock/kernel/domain-error';
import { newId } from '@penstock/kernel/ids';
import { emitEvents } from '@penstock/store/outbox';
import { statement } from '@penstock/store/statement';
import { maybeOne } from '@penstock/store/tx';
import { command, query } from '@penstock/workspace/operation';
import { z } from 'zod';

import * as sql from '../champion-statements.ts';
import { confirmDeparture } from '../confirm-departure.ts';
import type { ScoringPort } from '../scoring-port.ts';
import { Tier } from './manage-champions.ts';

type OpenRow = {
  id: string;
  personId: string;
  personName: string;
  accountId: string;
  accountName: string;
  tier: z.output<typeof Tier> | null;
  openDeals: number;
  createdAt: Date;
};
const openDepartures = statement<OpenRow>(
  'open_departures',
  `select d.id, p.id as "personId", coalesce(nullif(trim(p.given_name || ' ' || p.family_name), ''), 'Unknown name') as "personName",
     a.id as "accountId", a.name as "accountName", c.tier, d.created_at as "createdAt",
     (select count(*)::int from deal x where x.workspace_id = d.workspace_id and x.account_id = d.account_id and x.stage_type = 'open' and x.merged_into_id is null) as "openDeals"
   from departure d join person p on p.workspace_id = d.workspace_id and p.id = d.person_id
   join account a on a.workspace_id = d.workspace_id and a.id = d.account_id
   left join champion c on c.workspace_id = d.workspace_id and c.person_id = d.person_id
   where d.workspace_id = $1 and d.state = 'open' order by d.created_at desc limit $2`,
);

export const Word = z.object({
  witness: z.enum(['bounce', 'auto_reply', 'filing', 'vendor', 'reply', 'member']),
  origin: z.string(),
  quote: z.string(),
  url: z.string(),
  newCompany: z.string(),
  newTitle: z.string(),
  occurredAt: Instant,
});

export const listDepartures = query({
  name: 'champions.departures',
  lane: 'hot',
  permission: 'account.read',
  summary: 'Champions who may have left, with who says so. Nobody else is told before it is confirmed.',
  input: z.object({ limit: z.coerce.number().int().min(1).max(100).default(50) }),
  output: z.object({
    items: z.array(
      z.object({
        id: z.string(),
        person: Named,
        account: Named,
        tier: Tier.nullable(),
        openDeals: z.int(),
        words: z.array(Word),
        createdAt: Instant,
      }),
    ),
  }),
  async run({ tx }, { limit }) {
    const rows = await tx.rows(openDepartures, limit);
    const items = [];
    for (const row of rows) {
      const reports = await tx.rows(sql.readReports, row.id);
      items.push({
        id: row.id,
        person: { id: row.personId, name: row.personName },
        account: { id: row.accountId, name: row.accountName },
        tier: row.tier,
        openDeals: row.openDeals,
        createdAt: row.createdAt,
        words: reports.map(viewWord),
      });
    }
    return { items };
  },
});

export const viewWord = ({
  witness,
  origin,
  quote,
  url,
  newCompany,
  newDomain,
  newTitle,
  occurredAt,
}: sql.ReportRow) => ({
  witness,
  origin: witness === 'member' ? 'a colleague' : origin,
  quote,
  url,
  newCompany: newCompany || (newDomain ?? ''),
  newTitle,
  occurredAt,
});

/** A member's own knowledge is a second origin; a denial keeps it quiet until a new witness speaks. */
export function answerDepartureOperation(deps: { scoring: ScoringPort }) {
  return command({
    name: 'champions.answerDeparture',
    lane: 'hot',
    permission: 'account.write',
    summary:
      'Say that a champion has left, or that it is not true. The first tells their deals and new company at once.',
    input: z.strictObject({ id: z.uuid(), left: z.boolean() }),
    output: Done,
    async run({ tx, actor, now }, { id, left }) {
      const open = await maybeOne(tx, sql.lockDeparture, id);
      const champion = open && (await maybeOne(tx, sql.championByPerson, open.personId));
      if (!open || !champion)
        throw new DomainError(
          'not_found',
          'This departure is settled already, or there is no such question.',
        );
      if (left) {
        const at = { ...champion, accountId: open.accountId };
        await tx.rows(
          sql.insertReport,
          newId(now),
          id,
          open.personId,
          `member:${actor.id}`,
          'member',
          false,
          '',
          '',
          '',
          '',
          null,
          '',
          null,
          now,
          now,
        );
        const reports = await tx.rows(sql.readReports, id);
        await confirmDeparture(
          tx,
          { departureId: id, champion: at, reports, decidedBy: actor.id },
          now,
          deps.scoring,
        );
      } else {
        await tx.rows(sql.settleDeparture, id, 'dismissed', actor.id, now, null, null, null);
        await emitEvents(tx, now, [{ kind: 'departure.changed', payload: { departureId: id } }]);
      }
      return {
        output: { id },
        audit: {
          action: left ? 'departure.confirmed' : 'departure.dismissed',
          subjectKind: 'departure',
          subjectId: id,
        },
      };
    },
  });
}
