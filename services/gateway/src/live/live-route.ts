import type { OutboxEvent } from '@penstock/store/due-work';
import { Hono } from 'hono';
import { streamSSE } from 'hono/streaming';

import { requireIdentity } from '../auth/authenticate.ts';
import type { GatewayEnv } from '../gateway-env.ts';
import type { LiveChannel } from './live-channel.ts';

const HEARTBEAT_MS = 15_000;

/** `GET /live?after=<position>`: server-sent events with ids only; resumes by position, also by `Last-Event-ID`. */
export function liveRoute(channel: LiveChannel): Hono<GatewayEnv> {
  return new Hono<GatewayEnv>().get('/', (c) => {
    const { actor } = requireIdentity(c.get('identity'));
    const asked = c.req.header('last-event-id') ?? c.req.query('after');
    const after = asked !== undefined && /^\d{1,15}$/.test(asked) ? Number(asked) : null;
    c.header('cache-control', 'no-store');
    c.header('x-accel-buffering', 'no');
    return streamSSE(c, async (stream) => {
      const send = (events: OutboxEvent[]) => {
        for (const event of coalesced(events)) {
          if (isOthers(event, actor.id)) continue;
          void stream.writeSSE({
            id: String(event.position),
            event: 'change',
            data: JSON.stringify({ kind: event.kind, payload: event.payload }),
          });
        }
      };
      const resync = (position: number) =>
        void stream.writeSSE({ id: String(position), event: 'resync', data: '{}' });
      const leave = await channel.join({ workspaceId: actor.workspaceId, send, resync }, after);
      const gone = new Promise<void>((resolve) => stream.onAbort(resolve));
      await stream.writeSSE({ id: String(after ?? channel.position()), event: 'hello', data: '{}' });
      const heartbeat = setInterval(() => void stream.writeSSE({ event: 'beat', data: '{}' }), HEARTBEAT_MS);
      await gone;
      clearInterval(heartbeat);
      leave();
    });
  });
}

/** What is told to one member alone. */
const isOthers = ({ kind, payload }: OutboxEvent, memberId: string): boolean =>
  kind === 'notification.changed' && payload['memberId'] !== memberId;

/** Of several equal events the last is enough: they all say "look again". */
function coalesced(events: readonly OutboxEvent[]): OutboxEvent[] {
  const byContent = new Map(events.map((event) => [`${event.kind}${JSON.stringify(event.payload)}`, event]));
  return [...byContent.values()].toSorted((a, b) => a.position - b.position);
}
