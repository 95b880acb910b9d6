import { faultPoint } from '@penstock/kernel/fault-point';
import { newId } from '@penstock/kernel/ids';
import { ProviderError } from '@penstock/kernel/provider-error';

import { answersLater, askProvider, INBOUND_PATIENCE, type Asked } from './ask-provider.ts';
import { BudgetExhaustedError, reserveCall } from './ledger.ts';
import { submitLater } from './later/submit-later.ts';
import { PASSING_FAULTS } from './model/passing-faults.ts';
import { outlastDatabase } from './outlast-database.ts';
import * as sql from './run-statements.ts';
import { settleAnswer, type Answered } from './settle-answer.ts';
import {
  callKeyOf,
  chargedSince,
  hashedLock,
  type Prepared,
  type RunRequest,
  type WaterfallDeps,
} from './waterfall-run.ts';

const DEFAULT_RETRY_MS = 30_000;

/** How a call ended: `failed` means that this round goes on without it, `parked` that its vendor answers later. */
export type StepOutcome = { state: 'settled' | 'failed' | 'parked'; retryAfterMs: number | null };

/**
 * Begins one paid call: once this resolves its money is reserved, and `outcome` resolves when it was made and settled. A call that may not
 * be made has failed at once.
 */
export async function beginStep(
  deps: WaterfallDeps,
  request: RunRequest,
  prepared: Prepared,
  next: NonNullable<Prepared['plan']['next']>,
): Promise<{ outcome: Promise<StepOutcome> }> {
  const adapter = prepared.adapters.get(next.provider);
  const credential = prepared.credentials.find((one) => one.provider === next.provider);
  if (!adapter || !credential) return { outcome: Promise.resolve({ state: 'failed', retryAfterMs: null }) };
  const reservation = await reserve(deps, request, prepared, next, credential.id);
  if (reservation.kind !== 'granted')
    return { outcome: Promise.resolve({ state: 'failed', retryAfterMs: reservation.retryAfterMs }) };
  const { capability, wanted } = next;
  const asked = { adapter, credential, capability, wanted, known: prepared.known };
  return { outcome: makeCall(deps, request, { prepared, next, asked, ledgerId: reservation.ledgerId }) };
}

async function makeCall(
  deps: WaterfallDeps,
  request: RunRequest,
  call: Pick<Answered, 'prepared' | 'next' | 'ledgerId'> & { asked: Asked },
): Promise<StepOutcome> {
  faultPoint('ledger.reserved');
  const { asked, ...made } = call;
  const { answer, latencyMs } = await ask(deps, request, call);
  faultPoint('provider.answered');
  if (answer === null) return { state: 'parked', retryAfterMs: null };
  await outlastDatabase(() =>
    deps.store.inWorkspace(request.workspaceId, (tx) =>
      settleAnswer(tx, deps, { ...made, answer, latencyMs }),
    ),
  );
  if (!(answer instanceof ProviderError)) return { state: 'settled', retryAfterMs: null };
  return {
    state: 'failed',
    retryAfterMs: PASSING_FAULTS.has(answer.fault) ? (answer.retryAfterMs ?? DEFAULT_RETRY_MS) : null,
  };
}

const CALLER = { patience: INBOUND_PATIENCE, urgent: true, held: [] };

/** Null for an answer that comes later. */
async function ask(
  deps: WaterfallDeps,
  request: RunRequest,
  { asked, ledgerId, prepared }: Pick<Answered, 'prepared' | 'ledgerId'> & { asked: Asked },
): Promise<{ answer: Answered['answer'] | null; latencyMs: number | null }> {
  if (!answersLater(asked.capability)) return askProvider(deps, request, asked, CALLER);
  const record = { ledgerId, personId: prepared.person.id, known: asked.known };
  const { answers, latencyMs } = await submitLater(deps, request, asked, [record], CALLER);
  return { answer: answers.get(ledgerId) ?? null, latencyMs };
}

type Reserved = { kind: 'granted'; ledgerId: string } | { kind: 'refused'; retryAfterMs: number | null };

async function reserve(
  deps: WaterfallDeps,
  request: RunRequest,
  prepared: Prepared,
  next: NonNullable<Prepared['plan']['next']>,
  credentialId: string,
): Promise<Reserved> {
  const now = deps.clock.now();
  const { person, waterfall, known } = prepared;
  const lockKey = hashedLock(person.id, next.provider, next.capability, known);
  const step = [newId(now), request.runId, next.provider, next.capability.id, next.wanted] as const;
  try {
    return await deps.store.inWorkspace(request.workspaceId, async (tx): Promise<Reserved> => {
      const reservation = await reserveCall(
        tx,
        {
          lockKey,
          callKey: callKeyOf(lockKey, next.capability, known),
          chargedSince: chargedSince(waterfall, now),
          runId: request.runId,
          personId: person.id,
          teamId: prepared.teamId,
          credentialId,
          provider: next.provider,
          capability: next.capability.id,
          wanted: next.wanted,
          position: next.position,
          priceMicros: next.priceMicros,
          ceilingMicros: waterfall.ceilingMicros,
          now,
        },
        (ledgerId) => tx.rows(sql.insertStep, ...step, 'asked', next.reason, '', ledgerId, now),
      );
      if (reservation.kind === 'granted') return reservation;
      const why =
        reservation.kind === 'stopped'
          ? 'paid calls are stopped in this workspace'
          : reservation.state === 'reserved'
            ? 'somebody else is asking this right now'
            : 'was asked before for the same company or person';
      await tx.rows(sql.insertStep, ...step, 'skipped', why, '', null, now);
      return {
        kind: 'refused',
        retryAfterMs:
          reservation.kind === 'known' && reservation.state === 'reserved' ? DEFAULT_RETRY_MS : null,
      };
    });
  } catch (error) {
    if (!(error instanceof BudgetExhaustedError)) throw error;
    await deps.store.inWorkspace(request.workspaceId, (tx) =>
      tx.rows(sql.insertStep, ...step, 'skipped', error.message, '', null, now),
    );
    return { kind: 'refused', retryAfterMs: null };
  }
}
