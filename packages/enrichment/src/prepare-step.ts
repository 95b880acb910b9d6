import { isSuppressed } from '@penstock/accounts/suppression';
import { maybeOne, type Tx } from '@penstock/store/tx';
import { publishedDocument } from '@penstock/workspace/documents';

import { stepState } from './model/call-key.ts';
import { planNext, type PlannableStep } from './model/planner.ts';
import type { Waterfall } from './model/waterfall.ts';
import { knownFacts, recordObservations, survivingValues, type AccountFactsChanged } from './person-facts.ts';
import type { KnownFacts } from './provider-port.ts';
import * as sql from './run-statements.ts';
import { WaterfallBody } from './waterfall-document.ts';
import {
  callKeyOf,
  chargedSince,
  hashedLock,
  lockOf,
  type Prepared,
  type RunRequest,
  type WaterfallDeps,
} from './waterfall-run.ts';

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
    const waterfall = WaterfallBody.parse((await publishedDocument(tx, 'waterfall')).body);
    await rememberOwnEmail(tx, person, waterfall, now, deps.onAccountFacts);
    const surviving = await survivingValues(tx, person.id, waterfall, now);
    const known = knownFacts(person, surviving);
    const credentials = await tx.rows(sql.readCredentials);
    const calls = await tx.rows(sql.readCalls, person.id);
    const email = surviving.find((value) => value.field === 'work_email');
    const plan = planNext({
      waterfall,
      known,
      steps: plannable(deps, waterfall, { person, known, credentials, calls, failed, now }),
      usable: waterfall.wanted.filter((field) =>
        surviving.some((value) => value.field === field && value.usable),
      ),
      emailToVerify: email && email.verification === null ? email.value : null,
      spentMicros: calls.reduce(
        (sum, call) => sum + (call.state === 'unknown' ? call.reservedMicros : call.chargedMicros),
        0,
      ),
      stopped: false,
    });
    return { person, waterfall, credentials, known, plan };
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

function plannable(
  deps: WaterfallDeps,
  waterfall: Waterfall,
  state: {
    person: sql.PersonToEnrich;
    known: KnownFacts;
    credentials: readonly sql.CredentialRow[];
    calls: readonly sql.EarlierCall[];
    failed: ReadonlySet<string>;
    now: Date;
  },
): PlannableStep[] {
  return waterfall.steps.flatMap((step) => {
    const capability = deps.adapters
      .get(step.provider)
      ?.manifest.capabilities.find((one) => one.id === step.capability);
    if (!capability) return [];
    const lockKey = hashedLock(state.person.id, step.provider, capability, state.known);
    const past = state.calls.map((call) => ({ ...call, lockKey: lockOf(call.callKey) }));
    const failedNow = state.failed.has(`${step.provider}/${step.capability}`);
    return [
      {
        provider: step.provider,
        capability,
        hasCredential: state.credentials.some((credential) => credential.provider === step.provider),
        state: failedNow
          ? ('failed' as const)
          : stepState(
              past,
              lockKey,
              callKeyOf(lockKey, capability, state.known),
              chargedSince(waterfall, state.now),
            ),
      },
    ];
  });
}
