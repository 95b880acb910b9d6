import { mergeAccounts } from '@penstock/accounts/merge-accounts';
import { Done, Instant } from '@penstock/kernel/contract';
import { DomainError } from '@penstock/kernel/domain-error';
import { statement } from '@penstock/store/statement';
import { maybeOne } from '@penstock/store/tx';
import { command, query } from '@penstock/workspace/operation';
import { z } from 'zod';

import type { RecordedSignal } from '../record-signals.ts';
import type { ScoringPort } from '../scoring-port.ts';
import { moveChampions } from '../champion-statements.ts';
import { regroup, type ReportGroup } from '../signal-reports.ts';

type ReviewRecord = {
  id: string;
  name: string;
  place: string;
  accountId: string;
  candidateIds: string[];
  candidateScores: number[];
  candidateReasons: string[];
  candidateNames: string[];
  candidatePlaces: string[];
  told: string[];
  createdAt: Date;
};

const openReviews = statement<ReviewRecord>(
  'open_company_reviews',
  `select r.id, r.name, r.place, r.account_id as "accountId", r.candidate_ids as "candidateIds", r.candidate_scores as "candidateScores", r.candidate_reasons as "candidateReasons",
     array(select a.name from unnest(r.candidate_ids) with ordinality as c (id, at) join account a on a.workspace_id = r.workspace_id and a.id = c.id order by c.at) as "candidateNames",
     array(select concat_ws(', ', a.city, a.region, a.country) from unnest(r.candidate_ids) with ordinality as c (id, at) join account a on a.workspace_id = r.workspace_id and a.id = c.id order by c.at) as "candidatePlaces",
     array(select s.summary from signal s where s.workspace_id = r.workspace_id and s.account_id = r.account_id and s.merged_into_id is null order by s.id desc limit 3) as told, r.created_at as "createdAt"
   from company_review r where r.workspace_id = $1 and r.state = 'open' order by r.created_at desc limit $2`,
);

const Candidate = z.object({
  accountId: z.string(),
  name: z.string(),
  place: z.string(),
  score: z.number(),
  because: z.string(),
});

export const listCompanyReviews = query({
  name: 'reviews.list',
  lane: 'hot',
  permission: 'account.read',
  summary: 'Companies named by a source that may be one of several accounts, with what was told of them.',
  input: z.object({ limit: z.coerce.number().int().min(1).max(100).default(50) }),
  output: z.object({
    items: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        place: z.string(),
        accountId: z.string(),
        candidates: z.array(Candidate),
        told: z.array(z.string()),
        createdAt: Instant,
      }),
    ),
  }),
  async run({ tx }, { limit }) {
    const rows = await tx.rows(openReviews, limit);
    return {
      items: rows.map(
        ({
          candidateIds,
          candidateScores,
          candidateReasons,
          candidateNames,
          candidatePlaces,
          ...review
        }) => ({
          ...review,
          candidates: candidateIds.map((accountId, at) => ({
            accountId,
            name: candidateNames[at] ?? '',
            place: candidatePlaces[at] ?? '',
            score: Math.min(1, candidateScores[at] ?? 0),
            because: candidateReasons[at] ?? '',
          })),
        }),
      ),
    };
  },
});

const lockReview = statement<{ accountId: string; candidateIds: string[] }>(
  'lock_company_review',
  `select account_id as "accountId", candidate_ids as "candidateIds" from company_review where workspace_id = $1 and id = $2 and state = 'open' for update`,
);
/** A candidate that was merged since stands for what it became. */
const standing = statement<{ id: string }>(
  'account_that_remains',
  'select coalesce(merged_into_id, id) as id from account where workspace_id = $1 and id = $2',
);
const answerReview = statement(
  'answer_company_review',
  `update company_review set state = 'answered', answer_account_id = $3, answered_by = $4, answered_at = $5 where workspace_id = $1 and id = $2`,
);
/** Keys first: they are what a second report of an event meets. */
const moveEventKeys = statement(
  'move_signal_event_keys',
  'update signal_event_key set account_id = $3 where workspace_id = $1 and account_id = $2',
);
const moveReports = statement<ReportGroup>(
  'move_signal_reports',
  'update signal_report set account_id = $3 where workspace_id = $1 and account_id = $2 returning account_id as "accountId", kind, about',
);
const moveSignals = statement<Omit<RecordedSignal, 'evidence' | 'facts' | 'accountId'>>(
  'move_signals',
  `update signal set account_id = $3 where workspace_id = $1 and account_id = $2
   returning id, kind, event_key as "eventKey", strength, half_life_days as "halfLifeDays", summary, source, is_test as "isTest", occurred_at as "occurredAt"`,
);

export function answerCompanyReviewOperation(deps: { scoring: ScoringPort }) {
  return command({
    name: 'reviews.answer',
    lane: 'hot',
    permission: 'account.write',
    summary:
      'Say which account a company is, or (accountId null) that it is another one. The answer is remembered; its signals go over.',
    input: z.strictObject({ id: z.uuid(), accountId: z.uuid().nullable() }),
    output: Done,
    async run({ tx, actor, now }, input) {
      const review = await maybeOne(tx, lockReview, input.id);
      if (!review)
        throw new DomainError('not_found', 'This company is settled already, or there is no such question.');
      if (input.accountId !== null && !review.candidateIds.includes(input.accountId))
        throw new DomainError(
          'invalid',
          'accountId: not one of the candidates. Choose one of them, or none.',
        );
      const chosen = input.accountId && (await maybeOne(tx, standing, input.accountId));
      const accountId = chosen ? chosen.id : null;
      const answer = accountId ?? review.accountId;
      await tx.rows(answerReview, input.id, answer, actor.id, now);
      if (accountId !== null && accountId !== review.accountId) {
        await tx.rows(moveEventKeys, review.accountId, accountId);
        await deps.scoring.lock(tx, [review.accountId, accountId]);
        const moved = await tx.rows(moveSignals, review.accountId, accountId);
        await regroup(tx, await tx.rows(moveReports, review.accountId, accountId));
        await tx.rows(moveChampions, review.accountId, accountId);
        await mergeAccounts(tx, review.accountId, accountId, now);
        const signals = moved.map((signal) => ({ ...signal, accountId, facts: {}, evidence: null }));
        await deps.scoring.onRecorded(tx, signals, now);
        await deps.scoring.onCorrected(tx, accountId, now);
      }
      return {
        output: { id: input.id },
        audit: {
          action: 'company.settled',
          subjectKind: 'company_review',
          subjectId: input.id,
          detail: { accountId: answer },
        },
        events: [{ kind: 'account.changed', payload: { accountId: answer } }],
      };
    },
  });
}
