import { statement } from '@penstock/store/statement';
import type { Tx } from '@penstock/store/tx';

const judge = statement<{ id: string }>(
  'judge_newest_signals_of_kinds',
  `insert into signal_verdict (workspace_id, signal_id, member_id, verdict, decided_at)
   select $1::uuid, newest.id, $4, 'junk', $5::timestamptz from (
     select distinct on (s.kind) s.id from signal s where s.workspace_id = $1 and s.account_id = $2 and s.kind = any($3::text[])
       and s.merged_into_id is null and s.expired_by_id is null order by s.kind, s.occurred_at desc, s.id desc
   ) newest
   on conflict (workspace_id, signal_id, member_id) do nothing returning signal_id as id`,
);
const forget = statement(
  'forget_junk_verdicts',
  `delete from signal_verdict v using signal s where v.workspace_id = $1 and s.workspace_id = v.workspace_id and s.id = v.signal_id
     and s.account_id = $2 and v.verdict = 'junk' and v.decided_at = $3`,
);

/** The newest signals of these kinds at an account are junk in the eyes of a member; what they have judged before stays. */
export async function judgeNewestJunk(
  tx: Tx,
  judged: { accountId: string; kinds: readonly string[]; memberId: string; at: Date },
): Promise<number> {
  const { accountId, kinds, memberId, at } = judged;
  return (await tx.rows(judge, accountId, kinds, memberId, at)).length;
}

/** Takes back what was judged at one moment. */
export async function forgetJunk(tx: Tx, accountId: string, at: Date): Promise<void> {
  await tx.rows(forget, accountId, at);
}
