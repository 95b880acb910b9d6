import type { Clock } from '@penstock/kernel/clock';
import { openText } from '@penstock/kernel/seal';
import { emitEvents } from '@penstock/store/outbox';
import type { Store } from '@penstock/store/store';
import { maybeOne } from '@penstock/store/tx';
import { Webhook } from 'standardwebhooks';

import { MOST_FAILURES, retryPauseMs } from '../model/retry-pause.ts';
import * as sql from './target-statements.ts';

export type Outgoing = { url: string; headers: Record<string, string>; body: unknown };
/** The status of the answer, or what kept one from coming. */
export type Answer = { status: number } | { fault: string };

export type DeliverDeps = {
  store: Store;
  clock: Clock;
  secretKey: Buffer;
  /** Posts to an address of the workspace's choice, never to a private one. */
  post: (workspaceId: string, outgoing: Outgoing) => Promise<Answer>;
};

const BATCH = 50;
/** Longer than a batch of time-outs: another sender takes over only what a dead one left. */
const LEASE_MS = 15 * 60_000;
/** 410: whoever listened there is gone for good. */
const GONE = 410;

/**
 * Tells a target of the events after those it has, in their order, each at least once: a receiver knows a repetition by its id. The
 * first that is not taken is tried again later, and what follows waits.
 * @param upTo the last event there is
 * @returns how many were delivered; null if somebody else has the target, or it is not due
 */
export async function deliverEvents(
  deps: DeliverDeps,
  target: { workspaceId: string; targetId: string },
  upTo: number,
): Promise<number | null> {
  const { store, clock } = deps;
  const { workspaceId } = target;
  const taken = await store.inWorkspace(workspaceId, async (tx) => {
    const now = clock.now();
    const lease = new Date(now.getTime() + LEASE_MS);
    const found = await maybeOne(tx, sql.takeTarget, target.targetId, now, lease);
    return (
      found && { found, events: await tx.rows(sql.eventsToSend, found.position, upTo, found.events, BATCH) }
    );
  });
  if (!taken) return null;
  const { found, events } = taken;
  const webhook = new Webhook(openText(deps.secretKey, found.secretSealed));
  let position = found.position;
  let delivered = 0;
  for (const event of events) {
    const answer = await deps.post(workspaceId, signed(webhook, found.url, event, clock.now()));
    const fault = faultOf(answer);
    if (fault !== null) {
      await fail(deps, target, { ...found, position }, { fault, delivered, isGone: isGone(answer) });
      return delivered;
    }
    position = event.position;
    delivered += 1;
  }
  // A full batch may have more behind it; else everything up to there was none of its kinds.
  const reached = events.length === BATCH ? position : Math.max(position, upTo);
  await store.inWorkspace(workspaceId, (tx) =>
    tx.rows(sql.targetDelivered, target.targetId, reached, clock.now(), delivered),
  );
  return delivered;
}

const faultOf = (answer: Answer): string | null => {
  if ('fault' in answer) return answer.fault;
  return answer.status >= 200 && answer.status < 300 ? null : `answered ${answer.status}`;
};
const isGone = (answer: Answer): boolean => 'status' in answer && answer.status === GONE;

function signed(webhook: Webhook, url: string, event: sql.EventToSend, now: Date): Outgoing {
  const body = { type: event.kind, timestamp: event.recordedAt.toISOString(), data: event.payload };
  const id = `evt_${event.position}`;
  return {
    url,
    body,
    headers: {
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(now.getTime() / 1_000)),
      'webhook-signature': webhook.sign(id, now, JSON.stringify(body)),
    },
  };
}

async function fail(
  { store, clock }: DeliverDeps,
  target: { workspaceId: string; targetId: string },
  found: sql.TakenTarget,
  what: { fault: string; delivered: number; isGone: boolean },
): Promise<void> {
  const failures = found.failures + 1;
  const isGivenUp = what.isGone || failures >= MOST_FAILURES;
  await store.inWorkspace(target.workspaceId, async (tx) => {
    const now = clock.now();
    const again = new Date(now.getTime() + retryPauseMs(failures));
    await tx.rows(
      sql.targetFailed,
      target.targetId,
      found.position,
      again,
      what.fault.slice(0, 200),
      what.delivered,
      isGivenUp,
    );
    if (isGivenUp || failures === 1)
      await emitEvents(tx, now, [{ kind: 'settings.changed', payload: { what: 'webhook_targets' } }]);
  });
}
