import { newId } from '@penstock/kernel/ids';
import { mayHaveBeenCharged, ProviderError } from '@penstock/kernel/provider-error';
import type { Tx } from '@penstock/store/tx';

import { exchange, type Line } from '../ask-provider.ts';
import type { Caller } from '../call-gate/door.ts';
import { GIVE_UP_MS, lookAgainAfter, pollAfter } from '../model/ticket-times.ts';
import { outlastDatabase } from '../outlast-database.ts';
import type { KnownFacts, LaterState, ProviderAnswer, RecordAnswer } from '../provider-port.ts';
import type { WaterfallDeps } from '../waterfall-run.ts';
import * as sql from './ticket-statements.ts';

export type CallToSubmit = { ledgerId: string; personId: string; known: KnownFacts };

export type Submitted = {
  /** By ledger row; those that are missing are parked, or were answered by a callback already. */
  answers: ReadonlyMap<string, ProviderAnswer | ProviderError>;
  latencyMs: number | null;
  /** Milliseconds until those that are parked are looked at again. */
  lookAfterMs: number;
};

type Deps = Pick<WaterfallDeps, 'store' | 'clock' | 'send' | 'gate' | 'callbackUrlOf'>;

/**
 * Hands records in with a vendor that answers later. The ticket is a row before the request leaves, so that a callback finds it whatever
 * becomes of this process; once the vendor has taken the request its calls are parked: reserved, and not lost with their maker.
 */
export async function submitLater(
  deps: Deps,
  request: { workspaceId: string },
  line: Line,
  calls: readonly CallToSubmit[],
  caller: Caller,
): Promise<Submitted> {
  const { later } = line.adapter;
  // Some vendors tell answers apart by place: they are read in the order of the ids.
  const ordered = calls.toSorted((a, b) => (a.ledgerId < b.ledgerId ? -1 : 1));
  const asked = ordered.map(({ ledgerId, known }) => ({ ref: ledgerId, known }));
  if (!later) return sharedFault(asked, new ProviderError(line.adapter.manifest.id, 'rejected'), null);
  const inWorkspace = <Result>(work: (tx: Tx) => Promise<Result>) =>
    outlastDatabase(() => deps.store.inWorkspace(request.workspaceId, work));
  const ticketId = newId(deps.clock.now());
  await inWorkspace((tx) => writeTicket(tx, ticketId, line, ordered, deps.clock.now()));
  const callbackUrl = later.callback ? await deps.callbackUrlOf(request.workspaceId, ticketId) : null;
  const { capability } = line;
  const { answer: state, latencyMs } = await exchange(deps, request, line, caller, async (send) =>
    later.parseSubmitted(capability.id, await send(later.submit(capability.id, asked, callbackUrl)), asked),
  );
  if (state instanceof ProviderError) {
    // A callback may still tell of a request whose reply was lost.
    const ends = mayHaveBeenCharged(state.fault) ? 'given_up' : 'done';
    await inWorkspace((tx) => tx.rows(sql.endTicket, ticketId, ends));
    return sharedFault(asked, state, latencyMs);
  }
  const pollAfterMs = state.state === 'done' ? 0 : pollAfter(state.pollAfterMs, 0);
  const answers = await inWorkspace((tx) =>
    take(tx, ticketId, state, asked, {
      isPolled: later.poll !== undefined,
      pollAfterMs,
      now: deps.clock.now(),
    }),
  );
  const now = deps.clock.now();
  return {
    answers: new Map(answers.map(({ ref, answer }) => [ref, answer])),
    latencyMs,
    lookAfterMs: lookAgainAfter(new Date(now.getTime() + pollAfterMs), now),
  };
}

const sharedFault = (
  asked: readonly { ref: string }[],
  fault: ProviderError,
  latencyMs: number | null,
): Submitted => ({ answers: new Map(asked.map(({ ref }) => [ref, fault])), latencyMs, lookAfterMs: 0 });

async function writeTicket(
  tx: Tx,
  ticketId: string,
  { credential, capability, adapter }: Line,
  calls: readonly CallToSubmit[],
  now: Date,
): Promise<void> {
  const giveUpAt = new Date(now.getTime() + GIVE_UP_MS);
  const { id } = adapter.manifest;
  await tx.rows(sql.insertTicket, ticketId, credential.id, id, capability.id, giveUpAt, now);
  await tx.rows(
    sql.insertTicketRecords,
    ticketId,
    calls.map(({ ledgerId }) => ledgerId),
    calls.map(({ personId }) => personId),
    calls.map(({ known }) => JSON.stringify(known)),
  );
}

/** Parks what is still to come, and says which answers are the caller's to keep: those that no callback brought before. */
async function take(
  tx: Tx,
  ticketId: string,
  state: LaterState,
  asked: readonly { ref: string }[],
  { isPolled, pollAfterMs, now }: { isPolled: boolean; pollAfterMs: number; now: Date },
): Promise<RecordAnswer[]> {
  const told = state.state === 'done' ? state.answers : state.sofar;
  if (state.state === 'done') await tx.rows(sql.endTicket, ticketId, 'done');
  else {
    const dueAt = new Date(now.getTime() + (isPolled ? pollAfterMs : GIVE_UP_MS));
    await tx.rows(sql.takeTicket, ticketId, state.ticket, dueAt);
    const open = asked.filter(({ ref }) => !told.some((answer) => answer.ref === ref));
    await tx.rows(
      sql.parkCalls,
      open.map(({ ref }) => ref),
    );
  }
  const mine: RecordAnswer[] = [];
  for (const answer of told)
    if ((await tx.rows(sql.claimAnswer, answer.ref, now)).length > 0) mine.push(answer);
  return mine;
}
