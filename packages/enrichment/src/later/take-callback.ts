import { DomainError } from '@penstock/kernel/domain-error';
import { ProviderError } from '@penstock/kernel/provider-error';
import { openText } from '@penstock/kernel/seal';
import { maybeOne } from '@penstock/store/tx';

import { speaksOf } from '../model/ticket-times.ts';
import type { Callback, CallbackMessage, LaterState, ProviderAdapter } from '../provider-port.ts';
import { isCallbackKey } from './callback-address.ts';
import { capabilityOf, keepLaterAnswers, type KeepDeps } from './keep-later-answers.ts';
import * as sql from './ticket-statements.ts';

type Deps = KeepDeps & { adapters: ReadonlyMap<string, ProviderAdapter>; secretKey: Buffer };
type Delivery = CallbackMessage & { ticketId: string; key: string };

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const nowhere = () => new DomainError('not_found', 'There is no such callback address.');

/**
 * Takes a vendor's callback. It may come before the vendor's own reply, twice, or long after it was given up: each answer counts once. The
 * address is the secret; where the vendor signs as well, the signature has to be right too.
 * @throws DomainError `not_found` for an address that is none, `unauthenticated` for a wrong signature, `conflict` for a message about
 * another request, `invalid` for one that can't be read; nothing is taken then
 */
export async function takeCallback(deps: Deps, delivery: Delivery): Promise<{ kept: number }> {
  const { ticketId, key } = delivery;
  if (!UUID.test(ticketId) || !isCallbackKey(deps.secretKey, ticketId, key)) throw nowhere();
  const place = await deps.store.dueWork.ticketById(ticketId);
  if (!place) throw nowhere();
  const { workspaceId } = place;
  const { ticket, asked, credential } = await deps.store.inWorkspace(workspaceId, async (tx) => {
    const found = await maybeOne(tx, sql.readTicket, ticketId);
    return {
      ticket: found,
      asked: await tx.rows(sql.readTicketRecords, ticketId),
      credential: found ? await maybeOne(tx, sql.readTicketCredential, found.credentialId) : null,
    };
  });
  const adapter = ticket ? deps.adapters.get(ticket.provider) : undefined;
  const callback = adapter?.later?.callback;
  const capability = ticket ? capabilityOf(adapter, ticket) : undefined;
  if (!ticket || !capability || !callback) throw nowhere();
  if (callback.authentication === 'hmac') {
    const secret = credential === null ? null : openText(deps.secretKey, credential.secretSealed);
    if (secret === null || !callback.verify(delivery, secret))
      throw new DomainError('unauthenticated', 'The signature does not verify.');
  }
  refuseOther(callback, ticket, delivery);
  if (asked.every(({ answered }) => answered)) return { kept: 0 };
  const records = asked.map(({ ledgerId, known }) => ({ ref: ledgerId, known }));
  const state = readOrRefuse(() => callback.parse(capability.id, delivery, records));
  const answers = state.state === 'done' ? state.answers : state.sofar;
  const kept = await keepLaterAnswers(deps, workspaceId, ticket, asked, answers, capability);
  await deps.store.inWorkspace(workspaceId, async (tx) => {
    if (state.state === 'done') await tx.rows(sql.endTicket, ticketId, 'done');
    // It only says that there is something: the vendor is asked at once.
    else await tx.rows(sql.hastenTicket, ticketId, deps.clock.now());
  });
  return { kept };
}

/** A message of the vendor's about another request says nothing about this one, be it replayed or sent astray. */
function refuseOther(callback: Callback, { ticket }: sql.TicketRow, message: CallbackMessage): void {
  const said = callback.ticketOf(message);
  if (said === null) throw unreadable();
  if (ticket !== null && !speaksOf(ticket, said))
    throw new DomainError('conflict', 'This message is about another request.');
}

const unreadable = () =>
  new DomainError('invalid', 'The message could not be read. It has to be what the vendor sends.');

function readOrRefuse(read: () => LaterState): LaterState {
  try {
    return read();
  } catch (error) {
    if (error instanceof ProviderError) throw unreadable();
    throw error;
  }
}
