import { Link } from '@tanstack/react-router';

import { useAnswer } from '../../api/hooks.ts';
import { plural } from '../../format/words.ts';
import styles from './money.module.css';

/** What is amiss with the money, on every page of enrichment; nothing where all is well. */
export function MoneyNotice() {
  const money = useAnswer('enrichment.money', {});
  if (!money.isSuccess) return null;
  const { stopped, monthNearlySpent, month, unknown } = money.data;
  const used = Math.round(
    ((month.chargedMicros + month.reservedMicros) / Math.max(1, month.limitMicros)) * 100,
  );
  const calls = unknown.reduce((sum, one) => sum + one.calls, 0);
  const notices = [
    ...(stopped ? ['Paid calls are stopped.'] : []),
    ...(monthNearlySpent ? [`${Math.min(100, used)}% of this month’s budget is used.`] : []),
    ...(calls > 0
      ? [`${plural(calls, 'call')} of unknown charge ${calls === 1 ? 'waits' : 'wait'} for a decision.`]
      : []),
  ];
  if (notices.length === 0) return null;
  return (
    <p className={styles.alert} role="status">
      {notices.join(' ')} <Link to="/enrichment/money">Money</Link>
    </p>
  );
}
