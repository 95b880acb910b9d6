import { readReachablePeople } from '@penstock/accounts/committee-statements';
import { buyingCommittee, ENGAGED_DAYS, type Committee } from '@penstock/accounts/model/buying-committee';
import { BUYING_ROLES } from '@penstock/accounts/model/buying-role';
import { titleRules } from '@penstock/accounts/title-rules-document';
import type { Tx } from '@penstock/store/tx';
import { publishedBodies } from '@penstock/workspace/documents';
import { z } from 'zod';

import { respondingUntil, urgentUntil } from './model/markers.ts';
import { lockAccounts, refreshScores } from './rescore.ts';
import { readStandingFacts, writeStandings, type StandingFacts } from './standing-statements.ts';

const readStages = publishedBodies({
  pipeline: z.object({ stages: z.array(z.object({ key: z.string(), probability: z.number() })) }),
});
const DAY_MS = 86_400_000;

/** Deals, evidence or activities of accounts have changed: what they count for in the queue follows in the same transaction. */
export async function refreshStandings(tx: Tx, accountIds: readonly string[], now: Date): Promise<void> {
  await lockAccounts(tx, accountIds);
  const { stages } = (await readStages(tx)).pipeline.body;
  const facts = await tx.rows(
    readStandingFacts,
    accountIds,
    stages.map((stage) => stage.key),
    stages.map((stage) => stage.probability),
  );
  const records: object[] = [];
  for (const known of facts) records.push(await standingOf(tx, known, now));
  await tx.rows(writeStandings, JSON.stringify(records), now);
  await refreshScores(tx, accountIds, now);
}

async function standingOf(tx: Tx, known: StandingFacts, now: Date): Promise<object> {
  return {
    account_id: known.accountId,
    deal_value_minor: known.dealValueMinor,
    deal_currency: known.dealCurrency,
    stage_probability: known.stageProbability,
    urgent_until: urgentUntil(known.decisionDates, known.notedAt),
    committee_until: await committeeUntil(tx, known, now),
    responding_until: respondingUntil(known.engagedAt),
    budget_documented: known.budgetDocumented,
  };
}

/** The full committee takes part until somebody on whom a seat rests has been silent for too long. Fewer people than seats can't fill them. */
async function committeeUntil(tx: Tx, known: StandingFacts, now: Date): Promise<Date | null> {
  if (known.engagedAt.length < BUYING_ROLES.length) return null;
  const people = await tx.rows(readReachablePeople, known.accountId, null);
  const committee = buyingCommittee(people, await titleRules(tx), now);
  return committee.complete
    ? new Date(Math.min(...committee.seats.map(lastEngaged)) + ENGAGED_DAYS * DAY_MS)
    : null;
}

const lastEngaged = (seat: Committee['seats'][number]): number =>
  Math.max(...seat.people.map((person) => person.engagedAt?.getTime() ?? 0));
