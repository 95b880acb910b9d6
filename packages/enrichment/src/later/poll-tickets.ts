import { ProviderError } from '@penstock/kernel/provider-error';
import { maybeOne } from '@penstock/store/tx';

import { exchange } from '../ask-provider.ts';
import { inParallel } from '../list-run/call-in-parallel.ts';
import { GIVE_UP_MS, pollAfter } from '../model/ticket-times.ts';
import type { LaterState } from '../provider-port.ts';
import type { WaterfallDeps } from '../waterfall-run.ts';
import { capabilityOf, keepLaterAnswers } from './keep-later-answers.ts';
import * as sql from './ticket-statements.ts';

const AT_ONCE = 8;
const BATCH = 100;
/** Whoever asks has so long before another replica does: longer than any vendor's time-out and the wait for a slot. */
const LEASE_MS = 3 * 60_000;
const RETRY_MS = 30_000;
/** Others are due too: who can't be asked soon is asked at the next look. */
const PATIENCE = { pacedMs: 20_000, blockedMs: 1_000 };

type Deps = Pick<WaterfallDeps, 'store' | 'clock' | 'adapters' | 'send' | 'gate' | 'onAccountFacts'>;

/** Asks vendors about the tickets that are due, and keeps what they answer. @returns how many were looked at */
export async function pollDueTickets(deps: Deps): Promise<number> {
  const due = await deps.store.dueWork.dueTickets(deps.clock.now(), BATCH);
  await inParallel(due, AT_ONCE, (ticket) => pollTicket(deps, ticket));
  return due.length;
}

async function pollTicket(
  deps: Deps,
  { workspaceId, ticketId }: { workspaceId: string; ticketId: string },
): Promise<void> {
  const now = deps.clock.now();
  const leaseEnds = new Date(now.getTime() + LEASE_MS);
  const { ticket, asked, credential } = await deps.store.inWorkspace(workspaceId, async (tx) => {
    const claimed = await maybeOne(tx, sql.claimTicket, ticketId, leaseEnds, now);
    return {
      ticket: claimed,
      asked: claimed ? await tx.rows(sql.readTicketRecords, ticketId) : [],
      credential: claimed ? await maybeOne(tx, sql.readTicketCredential, claimed.credentialId) : null,
    };
  });
  if (!ticket) return;
  const adapter = deps.adapters.get(ticket.provider);
  const capability = capabilityOf(adapter, ticket);
  const poll = adapter?.later?.poll;
  const isLate = now.getTime() >= ticket.giveUpAt.getTime();
  if (!adapter || !capability || !poll || !credential) {
    // Nobody can ask any more: a callback is waited for until the end.
    if (isLate || !adapter?.later?.callback) return giveUp(deps, workspaceId, ticket, asked);
    return delay(deps, workspaceId, ticket, ticket.giveUpAt.getTime() - now.getTime());
  }
  const { ticket: theirs } = ticket;
  if (theirs === null) return giveUp(deps, workspaceId, ticket, asked);
  const records = asked.map(({ ledgerId, known }) => ({ ref: ledgerId, known }));
  const line = { adapter, capability, credential };
  const caller = { patience: PATIENCE, urgent: false, held: [] };
  const { answer } = await exchange(deps, { workspaceId }, line, caller, async (send) =>
    poll.parse(capability.id, await send(poll.request(capability.id, theirs)), records, theirs),
  );
  await keep(deps, workspaceId, { ticket, asked, capability, answer, isLate });
}

type Polled = {
  ticket: sql.TicketRow;
  asked: readonly sql.TicketRecord[];
  capability: NonNullable<ReturnType<typeof capabilityOf>>;
  answer: LaterState | ProviderError;
  isLate: boolean;
};

async function keep(
  deps: Deps,
  workspaceId: string,
  { ticket, asked, capability, answer, isLate }: Polled,
): Promise<void> {
  if (answer instanceof ProviderError) {
    // Asking costs nothing, so any fault is asked through again until it is given up.
    if (isLate) return giveUp(deps, workspaceId, ticket, asked);
    return delay(deps, workspaceId, ticket, Math.max(RETRY_MS, answer.retryAfterMs ?? 0));
  }
  const answers = answer.state === 'done' ? answer.answers : answer.sofar;
  await keepLaterAnswers(deps, workspaceId, ticket, asked, answers, capability);
  if (answer.state === 'done')
    await deps.store.inWorkspace(workspaceId, (tx) => tx.rows(sql.endTicket, ticket.id, 'done'));
  else if (isLate) await giveUp(deps, workspaceId, ticket, asked);
  else await delay(deps, workspaceId, ticket, pollAfter(answer.pollAfterMs, ticket.polls));
}

async function delay(deps: Deps, workspaceId: string, ticket: sql.TicketRow, byMs: number): Promise<void> {
  const dueAt = new Date(deps.clock.now().getTime() + Math.min(byMs, GIVE_UP_MS));
  await deps.store.inWorkspace(workspaceId, (tx) => tx.rows(sql.delayTicket, ticket.id, dueAt));
}

/** Whether these calls were charged nobody knows now; the records go on, and an answer that comes all the same is kept. */
async function giveUp(
  deps: Deps,
  workspaceId: string,
  ticket: sql.TicketRow,
  asked: readonly sql.TicketRecord[],
): Promise<void> {
  const now = deps.clock.now();
  await deps.store.inWorkspace(workspaceId, async (tx) => {
    await tx.rows(sql.endTicket, ticket.id, 'given_up');
    await tx.rows(
      sql.giveUpCalls,
      asked.map(({ ledgerId }) => ledgerId),
      now,
    );
  });
}
