import { isSuppressed } from '@penstock/accounts/suppression';
import { maybeOne, type Tx } from '@penstock/store/tx';

import * as tickets from './later/ticket-statements.ts';
import { readBudgetsOf, type BudgetOfCall } from './reserve-call.ts';
import type { OpenRun } from './open-run.ts';
import { recordObservations, type AccountFactsChanged } from './person-facts.ts';
import * as sql from './run-statements.ts';

/** What is known of a person, asked and spent at this moment. */
export type RunState = {
  person: sql.PersonToEnrich;
  /** Nobody may look them up: erased, or on the suppression list. */
  barred: boolean;
  observations: sql.ObservationRow[];
  calls: sql.EarlierCall[];
  /** Calls that their vendors answer later, and when one of these is asked next. */
  parked: number;
  nextLookAt: Date | null;
  budgets: BudgetOfCall[];
};

/**
 * Reads where a run stands; null if there is no such person.
 * @param settles true to hold the person until the commit: who adds values chooses what is shown from all of them
 */
export async function readRunState(
  tx: Tx,
  run: OpenRun,
  { settles, now, changed }: { settles: boolean; now: Date; changed: AccountFactsChanged },
): Promise<(RunState & { heldId: string }) | null> {
  const { personId } = run;
  const payer = { personId, ceilingMicros: run.waterfall.ceilingMicros, now };
  const holding = settles ? maybeOne(tx, sql.lockPerson, personId) : Promise.resolve(null);
  // Calls before values: whoever is settling a call elsewhere is seen with it open and its value there, never the other way round.
  const [held, person, suppressed, calls, observations, budgets] = await Promise.all([
    holding,
    maybeOne(tx, sql.readPerson, personId, run.leadId),
    maySuppress(tx, run.emailKey),
    tx.rows(sql.readCalls, personId),
    tx.rows(sql.readObservations, personId),
    readBudgetsOf(tx, { ...payer, teamId: run.teamId }),
  ]);
  if (!person) return null;
  const { teamId } = person;
  const parked = calls.filter((call) => call.state === 'reserved' && call.parked).length;
  const look = parked === 0 ? null : await maybeOne(tx, tickets.nextTicket, [person.id]);
  const isSame = person.emailKey === run.emailKey;
  const barred = person.erased || (isSame ? suppressed : await maySuppress(tx, person.emailKey));
  const own = barred ? [] : await rememberOwnEmail(tx, run, person, { observations, now, changed });
  return {
    person,
    barred,
    observations: [...observations, ...own],
    calls,
    parked,
    nextLookAt: look?.dueAt ?? null,
    // Given to another team meanwhile.
    budgets: teamId === run.teamId ? budgets : await readBudgetsOf(tx, { ...payer, teamId }),
    heldId: held?.id ?? personId,
  };
}

const maySuppress = (tx: Tx, address: string | null): Promise<boolean> =>
  address === null ? Promise.resolve(false) : isSuppressed(tx, address);

/** The address by which a person is known is a value like any other, with its origin and without a verdict. */
async function rememberOwnEmail(
  tx: Tx,
  { waterfall }: OpenRun,
  person: sql.PersonToEnrich,
  state: { observations: readonly sql.ObservationRow[]; now: Date; changed: AccountFactsChanged },
): Promise<sql.ObservationRow[]> {
  if (person.emailKey === null) return [];
  if (state.observations.some((observed) => observed.field === 'work_email')) return [];
  const value = {
    field: 'work_email',
    value: person.emailKey,
    confidence: null,
    verification: null,
    lineType: null,
    provider: 'form',
  } as const;
  const { observations, now, changed } = state;
  const told = [{ ...value, ledgerId: null, costMicros: 0 }];
  return recordObservations(
    tx,
    { personId: person.id, accountId: person.accountId },
    observations,
    told,
    waterfall,
    now,
    changed,
  );
}
