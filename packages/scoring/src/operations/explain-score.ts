import { DomainError } from '@penstock/kernel/domain-error';
import { SIGNAL_KINDS } from '@penstock/signals/model/signal-kind';
import { statement } from '@penstock/store/statement';
import { maybeOne, type Tx } from '@penstock/store/tx';
import { query } from '@penstock/workspace/operation';
import { z } from 'zod';

import { ScoreExplained } from '../contracts.ts';
import { fitFacts, profilesFor } from '../fit-facts.ts';
import { fitParts, fitScore, type FitPart } from '../model/fit.ts';
import type { Icp } from '../model/icp.ts';
import { contributions, fallsBelowAt, signalScore } from '../model/intent.ts';
import { changesBetween, fallsBelowLineAt, massesBefore, wouldLift } from '../model/outlook.ts';
import { accountRisk } from '../model/risk.ts';
import { formulaInWords, priorityOf, priorityParts } from '../model/priority.ts';
import { IN_FORCE, STANDING } from '../standing-statements.ts';
import { readTop } from '../top-of-queue.ts';
import { newestOfKinds, readSignalsSince } from '../recent-signals.ts';
import { massesOf } from '../rescore.ts';
import { scoreDocuments } from '../score-documents.ts';
import type { ScoredAccount } from '../score-statements.ts';

/** Items that a day's work reaches: the line that is spoken of. */
const LINE_RANK = 20;
const WEEK_MS = 7 * 86_400_000;

/** `fit` and its parts as they were judged when the account was scored, which is what it is ranked by; null: never scored. */
type Explained = ScoredAccount & { storedFit: number | null; storedParts: FitPart[] | null };

const readScored = statement<Explained>(
  'read_scored_account',
  `select a.id as "accountId", a.name, a.owner_id as "ownerId", a.is_test as "isTest", a.employee_count as "employeeCount",
     a.annual_revenue_usd as "annualRevenueUsd", a.industry, a.country,
     s.mass_kinds as kinds, s.mass_values as values, s.mass_half_lives as "halfLives", s.mass_at as at, s.fit as "storedFit", s.fit_parts as "storedParts", ${STANDING}
   from account a left join account_score s on s.workspace_id = a.workspace_id and s.account_id = a.id and s.intent_version_id = ${IN_FORCE}
   left join account_standing st on st.workspace_id = a.workspace_id and st.account_id = a.id
   where a.workspace_id = $1 and a.id = $2`,
);

const USUAL = Object.entries(SIGNAL_KINDS).map(([kind, { defaultStrength, halfLifeDays }]) => ({
  kind,
  strength: defaultStrength,
  halfLifeDays,
}));

/** Every part of an account's numbers at this moment: evidence, what they were, when they fall, what would lift them. */
export const explainScore = query({
  name: 'scores.explain',
  lane: 'hot',
  permission: 'account.read',
  summary: 'Signal score, fit, priority and risk of an account, with every part.',
  input: z.object({ accountId: z.uuid() }),
  output: ScoreExplained,
  async run({ tx, now }, input) {
    const account = await maybeOne(tx, readScored, input.accountId);
    if (!account) throw new DomainError('not_found', 'There is no such account in this workspace.');
    const { intent, icp } = await scoreDocuments(tx);
    const weekAgo = new Date(now.getTime() - WEEK_MS);
    const [evidence, since, top] = await Promise.all([
      tx.rows(newestOfKinds, input.accountId, Object.keys(SIGNAL_KINDS)),
      readSignalsSince(tx, [input.accountId], weekAgo),
      readTop(tx, intent, now, LINE_RANK),
    ]);
    const line = top[LINE_RANK - 1]?.exact ?? null;
    const masses = massesOf(account);
    const earlier = massesBefore(masses, since);
    const signal = signalScore(intent, masses, now);
    const parts = account.storedParts ?? (await judged(tx, icp, account, now));
    const fit = account.storedFit ?? fitScore(parts);
    const risk = accountRisk(intent, masses, now);
    const counted = contributions(intent, masses, now);
    const placed = { model: intent, masses, fit, standing: account };
    const priority = priorityOf(intent, placed, now);
    return {
      asOf: now,
      signalScore: signal,
      contributions: counted,
      fit,
      fitParts: parts,
      priority,
      priorityFormula: formulaInWords(intent.priority),
      priorityParts: priorityParts(intent, placed, now).filter((part) => part.weight > 0),
      halvesAt: fallsBelowAt(intent, masses, now, signal / 2),
      evidence,
      risk: risk.risk,
      riskParts: risk.parts,
      weekAgo: {
        signalScore: signalScore(intent, earlier, weekAgo),
        changes: changesBetween(counted, contributions(intent, earlier, weekAgo)),
      },
      line:
        line === null
          ? null
          : {
              rank: LINE_RANK,
              priority: line,
              above: priority >= line,
              fallsBelowAt: fallsBelowLineAt(placed, now, line),
              wouldLift: wouldLift(placed, USUAL, now, line).slice(0, 3),
            },
    };
  },
});

async function judged(tx: Tx, icp: Icp, account: Explained, now: Date): Promise<FitPart[]> {
  const profiles = await profilesFor(tx, icp, [account.accountId], now);
  return fitParts(icp, fitFacts(account, massesOf(account), profiles.get(account.accountId)), now);
}
