import type { HttpClient } from '@penstock/http/http-client';
import { HttpError } from '@penstock/http/http-error';
import { deliverEvents, type DeliverDeps } from '@penstock/signals/outgoing/deliver-events';
import type { Logger } from '@penstock/telemetry/logger';

import { startRepeating, type Repeating } from './repeating.ts';

const IDLE_MS = 200;
const DOWN_MS = 2_000;
const BATCH = 50;
const SERVICE = 'webhook';
const TIMEOUT_MS = 15_000;
const MAX_REPLY_BYTES = 64 * 1024;

/** Posts to addresses that workspaces chose: public ones over https, or the sandbox's sink. */
export function webhookPost(
  http: HttpClient,
  where: { kindOf: (workspaceId: string) => Promise<'sandbox' | 'real'>; sandboxOrigin: string },
): DeliverDeps['post'] {
  return async (workspaceId, { url, headers, body }) => {
    const { hostname, pathname, search } = new URL(url);
    const host = (await where.kindOf(workspaceId)) === 'sandbox' ? SANDBOX_HOST : hostname;
    const origin =
      host === SANDBOX_HOST ? `${where.sandboxOrigin}/${SANDBOX_HOST}/${hostname}` : `https://${host}`;
    const target = {
      service: SERVICE,
      origin,
      declaredHosts: [host],
      timeoutMs: TIMEOUT_MS,
      maxBodyBytes: MAX_REPLY_BYTES,
    };
    try {
      const { status } = await http.send(target, { method: 'POST', path: pathname + search, headers, body });
      return { status };
    } catch (error) {
      if (!(error instanceof HttpError)) throw error;
      return { fault: error.fault };
    }
  };
}

const SANDBOX_HOST = 'webhooks.sandbox';

/** Tells targets of new events. Several replicas may: each target is served by one of them at a time. */
export const startEventSender = (deps: DeliverDeps, log: Logger): Repeating =>
  startRepeating(
    async () => {
      const { dueWork } = deps.store;
      const upTo = await dueWork.lastPosition();
      const due = await dueWork.dueTargets(deps.clock.now(), upTo, BATCH);
      await Promise.all(due.map((target) => deliverEvents(deps, target, upTo)));
    },
    { everyMs: IDLE_MS, downMs: DOWN_MS, what: 'sending webhooks', log },
  );
