import type { Clock } from '@penstock/kernel/clock';
import { faultPoint } from '@penstock/kernel/fault-point';
import { newId } from '@penstock/kernel/ids';
import type { Store } from '@penstock/store/store';
import { maybeOne, type Tx } from '@penstock/store/tx';

import type { Chat, ChatHook, ChatOutcome } from '../chat-port.ts';
import type { MailTransport } from '../mail-port.ts';
import { digestMail, slackText } from '../model/notification-message.ts';
import { nextLoud } from '../model/quiet-hours.ts';
import * as sql from './message-statements.ts';
import { preferencesOf } from './preferences-contract.ts';

export type SendMessageDeps = {
  store: Store;
  clock: Clock;
  mailFor: (workspaceId: string) => MailTransport;
  chatFor: (workspaceId: string, secretSealed: string) => Chat;
  hookFor: (workspaceId: string, secretSealed: string) => ChatHook;
  /** Where the console is. */
  publicUrl: string;
};

const BATCH = 20;
const AGAIN_MS = 60_000;
const TRIED_MS = 24 * 3_600_000;
/** Longer than a hand-over takes. */
const STRANDED_MS = 3 * 60_000;

type Taken = { message: sql.MessageRow; channel: string; parts: Awaited<ReturnType<typeof partsOf>> };
type Fate =
  | { state: 'sent' | 'failed' | 'unknown'; code: string; connection?: string }
  | { state: 'again'; code: string; afterMs: number };

/** Hands over what is due; several workers may. One that fails does not hold up the others. */
export async function sendDueNotifications(deps: SendMessageDeps): Promise<void> {
  const { store, clock } = deps;
  const before = new Date(clock.now().getTime() - STRANDED_MS);
  for (const { workspaceId, messageId } of await store.dueWork.strandedMessages(before, BATCH))
    await store.inWorkspace(workspaceId, (tx) => tx.rows(sql.strandMessage, messageId, clock.now(), before));
  const due = await store.dueWork.dueMessages(clock.now(), BATCH);
  const results = await Promise.allSettled(due.map((message) => sendNotifications(deps, message)));
  for (const [at, result] of results.entries()) {
    if (result.status === 'rejected') throw result.reason;
    const message = due[at];
    // A member's mail and Slack were due together: the other one had its turn.
    if (result.value === null && message) await sendNotifications(deps, message);
  }
}

/**
 * Hands a member what waits for them by one way, at most once: `sending` is committed before. What certainly did not arrive waits again.
 * @returns what became of it; null where it is not due, or another worker has it
 */
export async function sendNotifications(
  deps: SendMessageDeps,
  { workspaceId, messageId }: { workspaceId: string; messageId: string },
): Promise<sql.MessageState | null> {
  const { store, clock } = deps;
  const taken = await store.inWorkspace(workspaceId, (tx) => take(tx, messageId, clock.now()));
  if (taken === null || typeof taken === 'string') return taken;
  faultPoint('notification.sending');
  const fate = await handOver(deps, workspaceId, taken);
  return store.inWorkspace(workspaceId, (tx) => settle(tx, taken.message, fate, clock.now()));
}

const partsOf = (tx: Tx, messageId: string, now: Date) => tx.rows(sql.partsOfMessage, messageId, now);

async function take(tx: Tx, messageId: string, now: Date): Promise<Taken | sql.MessageState | null> {
  const message = await maybeOne(tx, sql.lockMessage, messageId, now);
  if (!message) return null;
  const drop = async (why: string) => {
    await tx.rows(sql.settleMessage, messageId, 'dropped', why, now);
    return 'dropped' as const;
  };
  const { mail, slackChannel, quiet } = preferencesOf(message.preferences);
  if (!message.active) return drop('deactivated');
  const hasSlack = message.hookSecret !== null || (slackChannel !== '' && message.slackSecret !== null);
  if (message.channel === 'mail' ? mail === 'off' : !hasSlack) return drop('not wanted');
  const loud = nextLoud(quiet, message.timeZone, now);
  const slackFirst = message.channel === 'mail' && message.slackIsDue && hasSlack;
  if (loud > now || slackFirst) {
    await tx.rows(sql.postponeMessage, messageId, slackFirst ? new Date(loud.getTime() + AGAIN_MS) : loud);
    return 'waiting';
  }
  const parts = await partsOf(tx, messageId, now);
  if (parts.length === 0) return drop('nothing left to tell');
  await tx.rows(sql.takeMessage, messageId, now);
  return { message, channel: slackChannel, parts };
}

async function handOver(deps: SendMessageDeps, workspaceId: string, taken: Taken): Promise<Fate> {
  const { message, parts, channel } = taken;
  const origin = deps.publicUrl.replace(/\/$/, '');
  if (message.channel === 'slack') {
    const text = slackText(parts, origin);
    return fateOf(
      await (message.hookSecret === null
        ? deps.chatFor(workspaceId, message.slackSecret ?? '').post(channel, text)
        : deps.hookFor(workspaceId, message.hookSecret).post(text)),
    );
  }
  const { subject, text } = digestMail(parts, origin);
  const { memberName, email, id } = message;
  const own = { name: memberName, address: email };
  const told = await deps.mailFor(workspaceId).send({
    messageId: `<${id}@${email.split('@')[1] ?? 'localhost'}>`,
    // From the member's own address to it: that one is set up to be sent from, and nobody else's is needed.
    from: { name: 'Penstock', address: email },
    to: own,
    replyTo: null,
    subject,
    text,
  });
  if (told.outcome === 'accepted') return { state: 'sent', code: told.response };
  if (told.outcome === 'not_accepted') return { state: 'again', code: told.code, afterMs: AGAIN_MS };
  return { state: told.outcome === 'refused' ? 'failed' : 'unknown', code: told.code };
}

function fateOf(told: ChatOutcome): Fate {
  if (told.outcome === 'accepted') return { state: 'sent', code: '', connection: '' };
  if (told.outcome === 'unknown') return { state: 'unknown', code: told.code };
  if (told.outcome === 'not_accepted')
    return { state: 'again', code: told.code, afterMs: told.retryAfterMs ?? AGAIN_MS };
  return { state: 'failed', code: told.code, ...(told.connection && { connection: told.code }) };
}

async function settle(tx: Tx, message: sql.MessageRow, fate: Fate, now: Date): Promise<sql.MessageState> {
  const code = fate.code.slice(0, 200);
  if (fate.state !== 'again') {
    await tx.rows(sql.settleMessage, message.id, fate.state, code, now);
    if (fate.connection !== undefined)
      await (message.hookSecret === null
        ? tx.rows(sql.noteSlackFault, fate.connection)
        : tx.rows(sql.noteHookFault, message.memberId, fate.connection));
    return fate.state;
  }
  if (now.getTime() - message.createdAt.getTime() > TRIED_MS) {
    await tx.rows(sql.settleMessage, message.id, 'failed', code, now);
    return 'failed';
  }
  await tx.rows(sql.settleMessage, message.id, 'dropped', code, now);
  const { memberId, channel, attempts, createdAt } = message;
  const dueAt = new Date(now.getTime() + fate.afterMs);
  // More may have happened meanwhile and wait already: then it goes with that.
  const [waits] = await tx.rows(
    sql.waitingMessages,
    [newId(now)],
    [memberId],
    [channel],
    [dueAt],
    attempts + 1,
    code,
    createdAt,
  );
  if (waits) await tx.rows(sql.moveParts, message.id, waits.id);
  if (channel === 'slack') await tx.rows(sql.pauseSlack, dueAt);
  return 'waiting';
}
