import { isSuppressed } from '@penstock/accounts/suppression';
import { faultPoint } from '@penstock/kernel/fault-point';
import { newId } from '@penstock/kernel/ids';
import { refreshStandings } from '@penstock/scoring/standing';
import { emitEvents, type DomainEvent } from '@penstock/store/outbox';
import { maybeOne, type Tx } from '@penstock/store/tx';

import * as sql from './first-message-statements.ts';
import { recordHumanTouch } from './first-touch.ts';
import {
  ERASED,
  noticeBounce,
  settleMail,
  toMail,
  type SendDeps,
  type SendResult as WelcomeResult,
} from './send-welcome.ts';

/** How long after an attempt that certainly failed the next one follows, and for how long it is tried. */
const AGAIN_MS = 30_000;
const TRIED_MS = 24 * 3_600_000;
const BATCH = 20;

type SendResult = WelcomeResult | 'withdrawn';

/** Hands over the first messages that are due; several workers may. One that fails does not hold up the others. */
export async function sendDueMessages(
  deps: Omit<SendDeps, 'transport'> & { mailFor: (workspaceId: string) => SendDeps['transport'] },
): Promise<void> {
  const due = await deps.store.dueWork.dueMails(deps.clock.now(), BATCH);
  const results = await Promise.allSettled(
    due.map((mail) => sendFirstMessage({ ...deps, transport: deps.mailFor(mail.workspaceId) }, mail)),
  );
  for (const result of results) if (result.status === 'rejected') throw result.reason;
}

/**
 * Hands over a rep's first message at most once: `sending` is committed before. Who finds it in `sending` leaves it alone, for another
 * worker may be at it; the sweep makes it `unknown` when that one is gone.
 */
export async function sendFirstMessage(
  deps: SendDeps,
  { workspaceId, mailId }: { workspaceId: string; mailId: string },
): Promise<SendResult> {
  const { store, clock } = deps;
  const taken = await store.inWorkspace(workspaceId, (tx) => take(tx, mailId, clock.now()));
  if (typeof taken === 'string') return taken;
  faultPoint('mail.sending');
  const outcome = await deps.transport.send(toMail(taken));
  faultPoint('mail.accepted');
  return store.inWorkspace(workspaceId, async (tx) => {
    const now = clock.now();
    if (outcome.outcome === 'not_accepted') {
      const next = new Date(now.getTime() + AGAIN_MS);
      await tx.rows(sql.requeueFirstMessage, taken.id, outcome.code, next);
      await emitEvents(tx, now, [changed(taken, 'queued')]);
      return 'try_again';
    }
    const code = outcome.outcome === 'accepted' ? outcome.response : outcome.code;
    const settled = await settle(tx, taken, outcome.outcome, code.slice(0, 200), now);
    if (settled === 'refused') await noticeBounce(tx, taken, code, now);
    return settled;
  });
}

async function take(tx: Tx, mailId: string, now: Date): Promise<sql.MessageRow | SendResult> {
  const mail = await maybeOne(tx, sql.lockFirstMessage, mailId);
  if (!mail) return 'none';
  if (mail.state === 'sending') return 'try_again';
  if (mail.state !== 'queued') return mail.state;
  const reason = await reasonAgainst(tx, mail, now);
  if (reason !== null) return settle(tx, mail, 'refused', reason, now);
  await tx.rows(sql.takeFirstMessage, mail.id, now);
  await emitEvents(tx, now, [changed(mail, 'sending')]);
  return mail;
}

/** What has come between the request and the hand-over, in words for the rep; null if nothing has. */
async function reasonAgainst(tx: Tx, mail: sql.MessageRow, now: Date): Promise<string | null> {
  if (!mail.stillThere || mail.toAddress === ERASED) return 'the person has left or was erased';
  if (await isSuppressed(tx, mail.toAddress)) return 'the person asked not to be written to';
  if (!mail.stillVerified) return 'the address is no longer verified';
  if (!mail.writerActive) return 'the writer’s sign-in was ended';
  if (now.getTime() - mail.createdAt.getTime() > TRIED_MS) return 'no mail server took it for a day';
  return null;
}

/** Its fate; an accepted one is outreach and a human touch in the same transaction. */
async function settle(
  tx: Tx,
  mail: sql.MessageRow,
  state: 'accepted' | 'refused' | 'unknown',
  code: string,
  now: Date,
): Promise<typeof state> {
  if ((await tx.rows(settleMail, mail.id, state, code, now)).length === 0) return state;
  const sent = state === 'accepted' ? await countAsSent(tx, mail, { at: now, selfReported: false }, now) : [];
  await emitEvents(tx, now, [
    changed(mail, state),
    { kind: 'account.changed', payload: { accountId: mail.accountId, what: 'activity' } },
    ...sent,
  ]);
  return state;
}

/** Outreach on the timeline and the deal, and a human touch; answers what others should know. */
export async function countAsSent(
  tx: Tx,
  { id, leadId, personId, accountId }: sql.MessageRow,
  { at, selfReported }: { at: Date; selfReported: boolean },
  now: Date,
): Promise<DomainEvent[]> {
  const made = await maybeOne(tx, sql.insertMailActivity, id, newId(now), at, accountId, selfReported, now);
  await recordHumanTouch(tx, { leadId, personId, kind: 'mail', selfReported }, at);
  await refreshStandings(tx, [accountId], now);
  return made?.dealId ? [{ kind: 'deal.changed', payload: { dealId: made.dealId, what: 'activity' } }] : [];
}

const changed = (mail: sql.MessageRow, state: string) => ({
  kind: 'mail.changed' as const,
  payload: { mailId: mail.id, leadId: mail.leadId, state },
});
