import { DomainError } from '@penstock/kernel/domain-error';
import { Done, plainText } from '@penstock/kernel/contract';
import type { Tx } from '@penstock/store/tx';
import type { Actor } from '@penstock/workspace/model/actor';
import { command } from '@penstock/workspace/operation';
import { z } from 'zod';

import { closeItems, setState } from '../account-statements.ts';
import { findOrCreateAccount } from '../identify-company.ts';
import { registrableDomain } from '../model/domain-name.ts';

export const createAccountByHand = command({
  name: 'accounts.create',
  lane: 'hot',
  permission: 'account.write',
  summary: 'Make an account, or get the one that has this domain or name already.',
  input: z.object({
    name: plainText(200).pipe(z.string().min(1, 'is missing')),
    domain: z.string().trim().max(253).nullish(),
    country: z
      .string()
      .regex(/^[A-Za-z]{2}$/, 'is not a two-letter country code')
      .nullish(),
  }),
  output: Done,
  async run({ tx, actor, now }, input) {
    const domain = input.domain ? registrableDomain(input.domain) : null;
    if (input.domain && domain === null) {
      throw new DomainError('invalid', 'The domain is not one. Send something like "acme.com".', {
        issues: [{ field: 'domain', problem: 'is not a domain', remedy: 'Send something like "acme.com".' }],
      });
    }
    const country = input.country?.toUpperCase() ?? null;
    const mention = { name: input.name, formerNames: [], domain, ids: [], country, region: null, city: null };
    const ownerId = actor.kind === 'member' ? actor.id : null;
    const made = await findOrCreateAccount(tx, mention, {
      state: 'active',
      origin: 'manual',
      isTest: false,
      ownerId,
      now,
    });
    return {
      output: { id: made.accountId },
      audit: {
        action: 'account.created',
        subjectKind: 'account',
        subjectId: made.accountId,
        detail: { created: made.created },
      },
      events: [{ kind: 'account.changed', payload: { accountId: made.accountId } }],
    };
  },
});

const byId = z.object({ id: z.uuid() });

async function settleProposal(
  tx: Tx,
  actor: Actor,
  id: string,
  state: 'active' | 'dismissed',
  now: Date,
): Promise<void> {
  const ownerId = state === 'active' && actor.kind === 'member' ? actor.id : null;
  const [settled] = await tx.rows(setState, id, state, ownerId, now);
  if (!settled) throw new DomainError('conflict', 'This account is not a proposal any more.');
  if (state === 'dismissed') await tx.rows(closeItems, id, now);
}

export const acceptAccount = command({
  name: 'accounts.accept',
  lane: 'hot',
  permission: 'account.write',
  summary: 'Take a proposed account as one of ours.',
  input: byId,
  output: Done,
  async run({ tx, actor, now }, { id }) {
    await settleProposal(tx, actor, id, 'active', now);
    return {
      output: { id },
      audit: { action: 'account.accepted', subjectKind: 'account', subjectId: id },
      events: [{ kind: 'account.changed', payload: { accountId: id } }],
    };
  },
});

export const dismissAccount = command({
  name: 'accounts.dismiss',
  lane: 'hot',
  permission: 'account.write',
  summary: 'Put a proposed account aside; it leaves the queue.',
  input: byId,
  output: Done,
  async run({ tx, actor, now }, { id }) {
    await settleProposal(tx, actor, id, 'dismissed', now);
    return {
      output: { id },
      audit: { action: 'account.dismissed', subjectKind: 'account', subjectId: id },
      events: [
        { kind: 'account.changed', payload: { accountId: id } },
        { kind: 'queue.item.changed', payload: { accountId: id } },
      ],
    };
  },
});
