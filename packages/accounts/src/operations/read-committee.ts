import { Instant } from '@penstock/kernel/contract';
import { DomainError } from '@penstock/kernel/domain-error';
import { maybeOne } from '@penstock/store/tx';
import { query } from '@penstock/workspace/operation';
import { z } from 'zod';

import { readAccount } from '../account-statements.ts';
import { readReachablePeople } from '../committee-statements.ts';
import { buyingCommittee } from '../model/buying-committee.ts';
import { BUYING_ROLES, SENIORITIES } from '../model/buying-role.ts';
import { titleRules } from '../title-rules-document.ts';

const Role = z.enum(BUYING_ROLES);
const Member = z.object({
  personId: z.string(),
  name: z.string(),
  title: z.string().nullable(),
  role: Role.nullable(),
  seniority: z.enum(SENIORITIES).nullable(),
  /** Somebody has said so; the title would say otherwise or nothing. */
  corrected: z.boolean(),
  /** The rule that read the role in the title; null: it follows from the rank, or somebody has said it. */
  roleRule: z.string().nullable(),
  engaged: z.boolean(),
  engagedAt: Instant.nullable(),
  /** To whom they report, as a provider says. */
  reportsTo: z.string().nullable(),
});

export const readCommittee = query({
  name: 'accounts.committee',
  lane: 'hot',
  permission: 'account.read',
  summary: 'The buying committee of an account: each role missing, filled or engaged, with its people.',
  input: z.object({ id: z.uuid() }),
  output: z.object({
    seats: z.array(
      z.object({
        role: Role,
        label: z.string(),
        state: z.enum(['missing', 'filled', 'engaged']),
        people: z.array(Member),
      }),
    ),
    others: z.array(Member),
    engagedPeople: z.int(),
    complete: z.boolean(),
  }),
  async run({ tx, actor, now }, { id }) {
    const account = await maybeOne(tx, readAccount, id);
    if (!account) throw new DomainError('not_found', 'There is no such account in this workspace.');
    const rules = await titleRules(tx);
    return buyingCommittee(await tx.rows(readReachablePeople, id, actor.visibleOwnerIds), rules, now);
  },
});
