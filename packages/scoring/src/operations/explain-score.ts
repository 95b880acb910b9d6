import { DomainError } from '@penstock/kernel/domain-error';
import { maybeOne } from '@penstock/store/tx';
import { statement } from '@penstock/store/statement';
import { query } from '@penstock/workspace/operation';
import { z } from 'zod';

import { ScoreExplained } from '../contracts.ts';
import { fitParts, fitScore } from '../model/fit.ts';
import { contributions, fallsBelowAt, priorityOf, signalScore } from '../model/intent.ts';
import { massesOf } from '../rescore.ts';
import { scoreDocuments } from '../score-documents.ts';
import type { ScoredAccount } from '../score-statements.ts';

const readScored = statement<ScoredAccount>(
  'read_scored_account',
  `select a.id as "accountId", a.name, a.owner_id as "ownerId", a.is_test as "isTest", a.employee_count as "employeeCount",
     a.annual_revenue_usd as "annualRevenueUsd", a.industry, a.country,
     s.mass_kinds as kinds, s.mass_values as values, s.mass_half_lives as "halfLives", s.mass_at as at
   from account a left join account_score s on s.workspace_id = a.workspace_id and s.account_id = a.id
   where a.workspace_id = $1 and a.id = $2`,
);

/** Every part of an account's numbers at this moment. */
export const explainScore = query({
  name: 'scores.explain',
  lane: 'hot',
  permission: 'account.read',
  summary: 'Signal score, fit and priority of an account, with every part.',
  input: z.object({ accountId: z.uuid() }),
  output: ScoreExplained,
  async run({ tx, now }, input) {
    const account = await maybeOne(tx, readScored, input.accountId);
    if (!account) throw new DomainError('not_found', 'There is no such account in this workspace.');
    const { intent, icp } = await scoreDocuments(tx);
    const masses = massesOf(account);
    const signal = signalScore(intent, masses, now);
    const parts = fitParts(icp, account);
    const fit = fitScore(parts);
    const { signal: signalWeight, fit: fitWeight } = intent.priority;
    return {
      asOf: now,
      signalScore: signal,
      contributions: contributions(intent, masses, now),
      fit,
      fitParts: parts,
      priority: priorityOf(intent, signal, fit),
      priorityFormula: `${signalWeight} × signal score + ${fitWeight} × fit`,
      halvesAt: fallsBelowAt(intent, masses, now, signal / 2),
    };
  },
});
