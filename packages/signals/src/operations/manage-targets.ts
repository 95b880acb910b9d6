import { randomBytes } from 'node:crypto';

import { Done, Instant, plainText } from '@penstock/kernel/contract';
import { DomainError } from '@penstock/kernel/domain-error';
import { newId } from '@penstock/kernel/ids';
import { maybeOne } from '@penstock/store/tx';
import { command, query } from '@penstock/workspace/operation';
import { z } from 'zod';

import { PublicAddress } from '../contracts.ts';
import { EVENTS_TOLD } from '../model/events-told.ts';
import * as sql from '../outgoing/target-statements.ts';

const SECRET_BYTES = 32;
const MOST_TARGETS = 20;
const EventKind = z.enum(EVENTS_TOLD);
const changed = [{ kind: 'settings.changed', payload: { what: 'webhook_targets' } }] as const;

export const listWebhookTargets = query({
  name: 'settings.webhookTargets',
  lane: 'hot',
  permission: 'settings.read',
  summary: 'Programs that are told of events, with how it goes.',
  input: z.object({}),
  output: z.object({
    items: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        url: z.string(),
        events: z.array(z.string()),
        state: z.enum(['active', 'paused', 'given_up']),
        failures: z.int(),
        lastFault: z.string(),
        lastDeliveredAt: Instant.nullable(),
        delivered: z.int(),
        createdAt: Instant,
      }),
    ),
  }),
  run: async ({ tx }) => ({ items: await tx.rows(sql.readTargets) }),
});

/** Its secret (Standard Webhooks, `whsec_…`) is shown this once. */
export function createTargetOperation(deps: { seal: (secret: string) => string }) {
  return command({
    name: 'settings.createWebhookTarget',
    lane: 'hot',
    shownOnce: true,
    permission: 'providers.manage',
    summary:
      'Tell a program of events from now on, signed (Standard Webhooks), in order, at least once. The secret is shown once.',
    input: z.strictObject({
      name: plainText(80).pipe(z.string().min(1, 'is missing')),
      url: PublicAddress,
      events: z.array(EventKind).min(1, 'names no event').max(EVENTS_TOLD.length),
    }),
    output: z.object({ id: z.string(), secret: z.string() }),
    async run({ tx, now }, { name, url, events }) {
      if ((await tx.rows(sql.readTargets)).length >= MOST_TARGETS)
        throw new DomainError(
          'conflict',
          `A workspace tells at most ${MOST_TARGETS} programs. Remove one first.`,
        );
      const id = newId(now);
      const secret = `whsec_${randomBytes(SECRET_BYTES).toString('base64')}`;
      const kinds = [...new Set(events)];
      if (!(await maybeOne(tx, sql.insertTarget, id, name, url, kinds, deps.seal(secret), now)))
        throw new DomainError('conflict', 'name: is taken by another webhook. Choose another name.');
      return {
        output: { id, secret },
        audit: {
          action: 'webhook_target.created',
          subjectKind: 'webhook_target',
          subjectId: id,
          detail: { events: kinds },
        },
        events: changed,
      };
    },
  });
}

export const switchWebhookTarget = command({
  name: 'settings.switchWebhookTarget',
  lane: 'hot',
  permission: 'providers.manage',
  summary: 'Stop telling a program, or go on with the events that it has not had.',
  input: z.strictObject({ id: z.uuid(), active: z.boolean() }),
  output: Done,
  async run({ tx, now }, { id, active }) {
    if (!(await maybeOne(tx, sql.setTargetState, id, active ? 'active' : 'paused', now)))
      throw new DomainError('not_found', 'There is no such webhook. Look for it under Settings → Sources.');
    return {
      output: { id },
      audit: {
        action: active ? 'webhook_target.resumed' : 'webhook_target.paused',
        subjectKind: 'webhook_target',
        subjectId: id,
      },
      events: changed,
    };
  },
});

export const removeWebhookTarget = command({
  name: 'settings.removeWebhookTarget',
  lane: 'hot',
  permission: 'providers.manage',
  summary: 'Forget a program that was told of events.',
  input: z.strictObject({ id: z.uuid() }),
  output: Done,
  async run({ tx }, { id }) {
    if (!(await maybeOne(tx, sql.deleteTarget, id)))
      throw new DomainError('not_found', 'There is no such webhook. Look for it under Settings → Sources.');
    return {
      output: { id },
      audit: { action: 'webhook_target.removed', subjectKind: 'webhook_target', subjectId: id },
      events: changed,
    };
  },
});
