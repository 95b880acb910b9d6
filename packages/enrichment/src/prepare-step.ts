import { isSuppressed } from '@penstock/accounts/suppression';
import { maybeOne, one, type Tx } from '@penstock/store/tx';

import { adaptersWith } from './described-providers.ts';
import * as tickets from './later/ticket-statements.ts';
import type { Waterfall } from './model/waterfall.ts';
import { recordObservations, type AccountFactsChanged } from './person-facts.ts';
import { planPerson } from './plan-person.ts';
import * as sql from './run-statements.ts';
import { WaterfallBody } from './waterfall-document.ts';
import type { Prepared, RunRequest, WaterfallDeps } from './waterfall-run.ts';

/** Reads what is known, wanted and spent, and asks the planner. Null if the person is not to be looked up. */
export async function prepareStep(
  deps: WaterfallDeps,
  request: RunRequest,
  failed: ReadonlySet<string>,
): Promise<Prepared | null> {
  const now = deps.clock.now();
  return deps.store.inWorkspace(request.workspaceId, async (tx) => {
    const person = await maybeOne(tx, sql.readPerson, request.personId);
    if (!person || person.erased) return null;
    if (person.emailKey !== null && (await isSuppressed(tx, person.emailKey))) return null;
    const { body, startedAt, teamId } = await one(tx, sql.readRunVersion, request.runId);
    const waterfall = WaterfallBody.parse(body);
    await rememberOwnEmail(tx, person, waterfall, now, deps.onAccountFacts);
    const observations = await tx.rows(sql.readObservations, person.id);
    const credentials = await tx.rows(sql.readCredentials);
    const adapters = adaptersWith(deps, credentials);
    const calls = await tx.rows(sql.readCalls, person.id);
    const parked = calls.filter((call) => call.state === 'reserved' && call.parked).length;
    const look = parked === 0 ? null : await maybeOne(tx, tickets.nextTicket, [person.id]);
    const elapsedSeconds = (now.getTime() - startedAt.getTime()) / 1_000;
    const isTimed = request.leadId !== null && request.late !== true;
    const { known, plan } = planPerson(adapters, {
      person,
      observations,
      calls,
      credentials,
      waterfall,
      failed,
      now,
      ...(isTimed && { elapsedSeconds, races: waterfall.race !== null }),
    });
    const { deadlineSeconds } = waterfall;
    const leftMs = isTimed && deadlineSeconds !== null ? (deadlineSeconds - elapsedSeconds) * 1_000 : null;
    return {
      person,
      teamId,
      waterfall,
      credentials,
      adapters,
      known,
      plan,
      leftMs,
      parked,
      nextLookAt: look?.dueAt ?? null,
    };
  });
}

/** The address by which a person is known is a value like any other, with its origin and without a verdict. */
async function rememberOwnEmail(
  tx: Tx,
  person: sql.PersonToEnrich,
  waterfall: Waterfall,
  now: Date,
  changed: AccountFactsChanged,
) {
  if (person.emailKey === null) return;
  const known = await tx.rows(sql.readObservations, person.id);
  if (known.some((observed) => observed.field === 'work_email')) return;
  const value = {
    field: 'work_email',
    value: person.emailKey,
    confidence: null,
    verification: null,
    lineType: null,
    provider: 'form',
  } as const;
  const about = { personId: person.id, accountId: person.accountId, ledgerId: null, costMicros: 0 };
  await recordObservations(tx, about, [value], waterfall, now, changed);
}
