import { newId } from '@penstock/kernel/ids';
import { statement } from '@penstock/store/statement';

import { DAY_MS, drawn } from './drawn-signals.ts';

export type SeededActivity = {
  id: string;
  kind: 'mail' | 'meeting';
  account_id: string;
  deal_id: string | null;
  member_id: string | null;
  direction: 'in' | 'out' | 'none';
  subject: string;
  outcome: string;
  at: Date;
};

/** Takes the activities as JSON. */
export const seedActivities = statement(
  'seed_activities',
  `insert into activity (workspace_id, id, kind, account_id, deal_id, member_id, direction, subject, outcome, self_reported, done_at, occurred_at, recorded_at)
   select $1::uuid, t.id, t.kind, t.account_id, t.deal_id, t.member_id, t.direction, t.subject, t.outcome, false, t.at, t.at, t.at
   from jsonb_to_recordset($2::jsonb) as t (id uuid, kind text, account_id uuid, deal_id uuid, member_id text, direction text, subject text, outcome text, at timestamptz)`,
);

type Spell = { from: Date; to: Date; reply: number; meeting: number };

/** What was written, answered and met on a deal during each spell of it: a mail, perhaps its answer, perhaps a meeting. */
export function dealActivities(
  deal: { id: string; accountId: string; ownerId: string; name: string },
  spells: readonly Spell[],
): SeededActivity[] {
  const { id, accountId, ownerId, name } = deal;
  return spells.flatMap(({ from, to, reply, meeting }, index) => {
    const part = (
      kind: SeededActivity['kind'],
      direction: SeededActivity['direction'],
      outcome: string,
      days: number,
    ) => {
      const at = new Date(from.getTime() + days * DAY_MS);
      return {
        id: newId(at),
        kind,
        account_id: accountId,
        deal_id: id,
        member_id: direction === 'in' ? null : ownerId,
        direction,
        subject: SUBJECTS[kind],
        outcome,
        at,
      };
    };
    const happens = (what: string, share: number) =>
      drawn('deal activity', what, name, accountId, index) < share;
    return [
      part('mail', 'out', '', 1),
      ...(happens('reply', reply) ? [part('mail', 'in', 'positive', 2.5)] : []),
      ...(happens('meeting', meeting) ? [part('meeting', 'none', 'connected', 3.5)] : []),
    ].filter(({ at }) => at < to);
  });
}

const SUBJECTS = { mail: 'Our talk about a first project', meeting: 'Talk about a first project' } as const;
