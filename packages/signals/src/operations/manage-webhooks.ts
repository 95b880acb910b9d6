import { randomBytes } from 'node:crypto';

import { DomainError } from '@penstock/kernel/domain-error';
import { newId } from '@penstock/kernel/ids';
import { plainText } from '@penstock/kernel/contract';
import { command, query } from '@penstock/workspace/operation';
import { z } from 'zod';

import { WebhookRow } from '../contracts.ts';

const SECRET_BYTES = 32;

export const listWebhooks = query({
  name: 'settings.webhooks',
  lane: 'records',
  permission: 'settings.read',
  summary: 'Signed webhooks by which others report signals.',
  input: z.object({}),
  output: z.object({ items: z.array(WebhookRow) }),
  async run({ tx }) {
    const rows = await tx.db.webhookEndpoint.findMany({
      where: { workspaceId: tx.workspaceId },
      orderBy: { createdAt: 'asc' },
    });
    return {
      items: rows.map((row) => ({
        id: row.id,
        name: row.name,
        active: row.active,
        path: `/hooks/signals/${row.id}`,
      })),
    };
  },
});

/** Makes an endpoint; its secret (Standard Webhooks, `whsec_…`) is shown this once. */
export function createWebhookOperation(deps: { seal: (secret: string) => string }) {
  return command({
    name: 'settings.createWebhook',
    lane: 'records',
    shownOnce: true,
    permission: 'providers.manage',
    summary: 'Make a signed webhook for signals. The secret is shown once.',
    input: z.object({ name: plainText(80).pipe(z.string().min(1, 'is missing')) }),
    output: z.object({ id: z.string(), path: z.string(), secret: z.string() }),
    async run({ tx, now }, input) {
      const taken = await tx.db.webhookEndpoint.findFirst({
        where: { workspaceId: tx.workspaceId, name: input.name },
        select: { id: true },
      });
      if (taken)
        throw new DomainError('conflict', 'A webhook of this name exists already. Choose another name.');
      const id = newId(now);
      const secret = `whsec_${randomBytes(SECRET_BYTES).toString('base64')}`;
      await tx.db.webhookEndpoint.create({
        data: {
          workspaceId: tx.workspaceId,
          id,
          name: input.name,
          secretSealed: deps.seal(secret),
          createdAt: now,
        },
      });
      return {
        output: { id, path: `/hooks/signals/${id}`, secret },
        audit: { action: 'webhook.created', subjectKind: 'webhook_endpoint', subjectId: id },
        events: [{ kind: 'settings.changed', payload: { what: 'webhooks' } }],
      };
    },
  });
}
