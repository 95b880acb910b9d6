import { setTimeout as sleep } from 'node:timers/promises';

import type { Instance } from '@penstock/infra-local/instance-options';
import { systemClock } from '@penstock/kernel/clock';
import { sealText } from '@penstock/kernel/seal';
import { createWebhookOperation } from '@penstock/signals/operations/manage-webhooks';
import type { Store } from '@penstock/store/store';
import type { Actor } from '@penstock/workspace/model/actor';
import { execute } from '@penstock/workspace/operation';
import { Webhook } from 'standardwebhooks';

/** A vendor that sends signals to a workspace, and comes back until they are accepted. */
export type WebhookSender = {
  /** Resolves once a delivery was accepted; a delivery that is refused for what it holds throws. */
  deliver(event: WebhookEvent): Promise<void>;
  /** What may go wrong on its way, and none of which may be believed; gives how many were accepted. */
  deliverBadly(event: WebhookEvent, secretOfAnother: string): Promise<number>;
  readonly secret: string;
};
export type WebhookEvent = { eventId: string; company: { name: string; domain: string }; summary: string };

const GIVEN_UP_AFTER_MS = 120_000;
const LATE_MS = 10 * 60_000;

type Delivery = { text: string; id: string; at: Date; secret: string };

/** Makes an endpoint in a workspace, and whoever sends to it. */
export async function webhookSender(instance: Instance, store: Store, actor: Actor): Promise<WebhookSender> {
  const key = Buffer.from(instance.environment['PENSTOCK_SECRET_KEY'] ?? '', 'base64');
  const create = createWebhookOperation({ seal: (secret) => sealText(key, secret) });
  const by = { actor, requestId: 'chaos', idempotencyKey: undefined };
  const { path, secret } = await execute({ store, clock: systemClock }, by, create, { name: 'chaos feed' });
  const post = async ({ text, id, at, secret: signedBy }: Delivery, sent = text): Promise<number> => {
    const headers = {
      'content-type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
      'webhook-signature': new Webhook(signedBy).sign(id, at, text),
    };
    const reply = await fetch(`${instance.publicUrl}${path}`, { method: 'POST', headers, body: sent });
    await reply.arrayBuffer();
    return reply.status;
  };
  const written = (event: WebhookEvent, at: Date): Delivery => ({
    text: JSON.stringify({
      kind: 'competitor_research',
      strength: 0.4,
      occurredAt: at.toISOString(),
      ...event,
    }),
    id: `msg_${event.eventId}`,
    at,
    secret,
  });
  return {
    secret,
    async deliver(event) {
      const delivery = written(event, new Date());
      const giveUpAtMs = performance.now() + GIVEN_UP_AFTER_MS;
      for (;;) {
        // A gateway that is killed in the middle may have taken it or not: it is sent again.
        const status = await post({ ...delivery, at: new Date() }).catch(() => 0);
        if (status === 202) return;
        if (status >= 400 && status < 500) throw new Error(`a right delivery was answered ${status}`);
        if (performance.now() > giveUpAtMs) throw new Error('a delivery was not accepted in time');
        await sleep(250);
      }
    },
    async deliverBadly(event, secretOfAnother) {
      const now = new Date();
      const right = written(event, now);
      const statuses = await Promise.all([
        post({ ...right, secret: secretOfAnother }).catch(() => 0),
        post({ ...right, at: new Date(now.getTime() - LATE_MS) }).catch(() => 0),
        post(right, right.text.slice(0, right.text.length / 2)).catch(() => 0),
        post(right, right.text.replace(event.company.domain, 'elsewhere.example')).catch(() => 0),
      ]);
      return statuses.filter((status) => status === 202).length;
    },
  };
}
