import { ProviderError } from '@penstock/kernel/provider-error';
import { maybeOne, type Tx } from '@penstock/store/tx';

import type { Capability, ProviderAdapter, RecordAnswer } from '../provider-port.ts';
import { keepAnswer } from '../settle-answer.ts';
import { WaterfallBody } from '../waterfall-document.ts';
import type { WaterfallDeps } from '../waterfall-run.ts';
import * as sql from './ticket-statements.ts';

export type KeepDeps = Pick<WaterfallDeps, 'store' | 'clock' | 'onAccountFacts'>;

export const capabilityOf = (
  adapter: ProviderAdapter | undefined,
  ticket: Pick<sql.TicketRow, 'capability'>,
): Capability | undefined => adapter?.manifest.capabilities.find(({ id }) => id === ticket.capability);

/**
 * Keeps answers that came after their call was parked: what each cost, what it told, and what is shown from now on. An answer counts once,
 * whether it was asked for or called back, and in a transaction of its own, so that no two of them wait for each other's budgets.
 * @returns how many were new
 */
export async function keepLaterAnswers(
  deps: KeepDeps,
  workspaceId: string,
  ticket: sql.TicketRow,
  asked: readonly sql.TicketRecord[],
  answers: readonly RecordAnswer[],
  capability: Capability,
): Promise<number> {
  let kept = 0;
  for (const { ref, answer } of answers) {
    const record = asked.find(({ ledgerId }) => ledgerId === ref);
    if (!record) throw new ProviderError(ticket.provider, 'malformed');
    const isNew = await deps.store.inWorkspace(workspaceId, (tx) =>
      keepOne(tx, deps, ticket, record, answer, capability),
    );
    if (isNew) kept += 1;
  }
  return kept;
}

async function keepOne(
  tx: Tx,
  deps: KeepDeps,
  ticket: sql.TicketRow,
  { ledgerId, personId, known }: sql.TicketRecord,
  answer: RecordAnswer['answer'],
  capability: Capability,
): Promise<boolean> {
  const now = deps.clock.now();
  const found = await maybeOne(tx, sql.readLaterAbout, ledgerId);
  if (!found || (await tx.rows(sql.claimAnswer, ledgerId, now)).length === 0) return false;
  const about = { personId, waterfall: WaterfallBody.parse(found.body) };
  await keepAnswer(tx, deps, about, {
    ledgerId,
    provider: ticket.provider,
    capability,
    known,
    answer,
    latencyMs: now.getTime() - ticket.createdAt.getTime(),
  });
  return true;
}
