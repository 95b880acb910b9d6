import type { World } from '@penstock/sandbox/world/world';
import { scoringPort } from '@penstock/scoring/rescore';
import { championByPerson, markChampion, savePolicy } from '@penstock/signals/champion-statements';
import { NOWHERE_KNOWN, reportDeparture, retainedUntil } from '@penstock/signals/report-departure';
import { statement } from '@penstock/store/statement';
import type { Store } from '@penstock/store/store';
import { maybeOne } from '@penstock/store/tx';

import { DAY_MS } from './drawn-signals.ts';

const NOTE =
  'Sandbox: the people are invented. A real note says whose interest it is, why watching is needed for it, and what protects the person.';
const MOST = 8;
const RETENTION = { retentionMonths: 12 };

const readContacts = statement<{ personId: string; accountId: string; email: string | null }>(
  'seed_read_deal_contacts',
  `select d.person_id as "personId", d.account_id as "accountId", p.email_key as email from deal d join person p on p.workspace_id = d.workspace_id and p.id = d.person_id
   where d.workspace_id = $1 and d.stage_type = 'open' order by d.value_minor desc limit $2`,
);

/** Contacts of the largest deals as champions: one has left and is told, of another one vendor says so. */
export async function seedChampions(
  store: Store,
  workspaceId: string,
  world: World,
  now: Date,
): Promise<void> {
  await store.inWorkspace(workspaceId, async (tx) => {
    await tx.rows(savePolicy, NOTE, RETENTION.retentionMonths, true, 'Sandbox', now);
    const contacts = await tx.rows(readContacts, MOST);
    for (const [at, { personId, accountId }] of contacts.entries())
      await tx.rows(
        markChampion,
        personId,
        accountId,
        at < 4 ? 'key' : 'standard',
        'penstock',
        now,
        retainedUntil(RETENTION, now),
      );
    const [gone, said] = [contacts[2], contacts[3]];
    const destination = world.companies.find((company, at) => at % 4 === 3 && company.employees > 200);
    const occurredAt = new Date(now.getTime() - 2 * DAY_MS);
    const words = { ...NOWHERE_KNOWN, url: '', contentHash: '', occurredAt };
    const champion = gone && (await maybeOne(tx, championByPerson, gone.personId));
    if (gone && champion)
      await reportDeparture(
        tx,
        champion,
        {
          ...words,
          origin: 'auto_reply',
          witness: 'auto_reply',
          address: gone.email,
          quote: 'I am no longer with the company. Please write to the team instead.',
          newCompany: destination?.name ?? '',
          newDomain: destination?.domain ?? null,
          newTitle: 'VP Sales',
        },
        now,
        scoringPort,
      );
    const doubtful = said && (await maybeOne(tx, championByPerson, said.personId));
    if (doubtful)
      await reportDeparture(
        tx,
        doubtful,
        { ...words, origin: 'people-data-labs', witness: 'vendor', address: null, quote: '' },
        now,
        scoringPort,
      );
  });
}
