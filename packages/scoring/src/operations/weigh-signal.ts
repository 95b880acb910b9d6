import { DomainError } from '@penstock/kernel/domain-error';
import { statement } from '@penstock/store/statement';
import { maybeOne } from '@penstock/store/tx';
import { query } from '@penstock/workspace/operation';
import { z } from 'zod';

import { SignalWeight } from '../contracts.ts';
import { halfLives, massAt, signalScore, type IntentModel, type Mass } from '../model/intent.ts';
import { priorityOf } from '../model/priority.ts';
import { accountRisk } from '../model/risk.ts';
import { massesOf } from '../rescore.ts';
import { scoreDocuments } from '../score-documents.ts';
import { readForScoring, rebuildMasses, type ScoredAccount } from '../score-statements.ts';
import { IN_FORCE } from '../standing-statements.ts';
import { readTop } from '../top-of-queue.ts';

/** Places further down are not counted: nobody works that far in a week. */
const COUNTED_PLACES = 100;

type Weighed = {
  id: string;
  accountId: string;
  kind: string;
  strength: number;
  occurredAt: Date;
  expired: boolean;
  isTest: boolean;
  fit: number | null;
  itemId: string | null;
  itemState: 'open' | 'snoozed' | null;
};

const readWeighed = statement<Weighed>(
  'read_signal_to_weigh',
  `select s.id, s.account_id as "accountId", s.kind, s.strength, s.occurred_at as "occurredAt", s.expired_by_id is not null as expired,
     s.is_test and not a.is_test as "isTest", score.fit, q.id as "itemId", q.state as "itemState"
   from signal s join account a on a.workspace_id = s.workspace_id and a.id = s.account_id
   left join lateral (
     select c.fit from account_score c where c.workspace_id = s.workspace_id and c.account_id = s.account_id and c.intent_version_id = ${IN_FORCE}
   ) score on true
   left join lateral (
     select i.id, i.state from queue_item i where i.workspace_id = s.workspace_id and i.account_id = s.account_id and i.lead_id is null
       and i.state in ('open', 'snoozed') and ($3::text[] is null or i.owner_id is null or i.owner_id = any($3::text[])) limit 1
   ) q on true
   where s.workspace_id = $1 and s.id = coalesce((select m.merged_into_id from signal m where m.workspace_id = $1 and m.id = $2), $2)`,
);

/** What one signal does: the numbers of its account as they are, and as they would be if it had never been told. */
export const weighSignal = query({
  name: 'scores.weighSignal',
  lane: 'hot',
  permission: 'signal.read',
  summary: 'What one signal does to the score, risk, priority and queue place of its account.',
  input: z.object({ id: z.uuid() }),
  output: SignalWeight,
  async run({ tx, actor, now }, { id }) {
    const signal = await maybeOne(tx, readWeighed, id, actor.visibleOwnerIds);
    const account = signal && (await maybeOne(tx, readForScoring, [signal.accountId]));
    if (!signal || !account)
      throw new DomainError('not_found', 'There is no such signal. Look for it in the feed.');
    const { intent } = await scoreDocuments(tx);
    const { kind, strength, occurredAt } = signal;
    const halfLifeDays = halfLives(intent)[kind] ?? 1;
    const [others, top] = await Promise.all([
      tx.rows(rebuildMasses, account.accountId, [kind], [halfLifeDays], signal.id),
      signal.itemState === 'open' ? readTop(tx, intent, now, COUNTED_PLACES) : [],
    ]);
    const masses = massesOf(account);
    const without = [...masses.filter((mass) => mass.kind !== kind), ...others];
    const place = top.findIndex((item) => item.id === signal.itemId) + 1;
    const all = numbers(intent, { account, fit: signal.fit ?? 0, masses }, now);
    const rest = numbers(intent, { account, fit: signal.fit ?? 0, masses: without }, now);
    const pair = (which: keyof typeof all) => ({ now: all[which], without: rest[which] });
    return {
      asOf: now,
      counts: !signal.expired && !signal.isTest,
      strengthLeft: massAt({ kind, value: strength, halfLifeDays, at: occurredAt }, now),
      halfLifeDays,
      signalScore: pair('signalScore'),
      risk: pair('risk'),
      priority: pair('priority'),
      item:
        signal.itemId === null || signal.itemState === null
          ? null
          : { id: signal.itemId, state: signal.itemState, place: place === 0 ? null : place },
    };
  },
});

function numbers(
  intent: IntentModel,
  { account, fit, masses }: { account: ScoredAccount; fit: number; masses: Mass[] },
  now: Date,
): { signalScore: number; risk: number; priority: number } {
  return {
    signalScore: signalScore(intent, masses, now),
    risk: accountRisk(intent, masses, now).risk,
    priority: priorityOf(intent, { masses, fit, standing: account }, now),
  };
}
