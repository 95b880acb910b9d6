import styles from './money.module.css';

/** How much of a budget is spent and reserved; amber from 80 % on. @param passed share of the month that is over, shown as a mark */
export function BudgetBar(props: {
  label: string;
  limitMicros: number | null;
  chargedMicros: number;
  reservedMicros: number;
  passed?: number;
}) {
  const { label, limitMicros, chargedMicros, reservedMicros, passed } = props;
  if (limitMicros === null) return null;
  const share = (micros: number) => `${limitMicros === 0 ? 0 : Math.min(100, (micros / limitMicros) * 100)}%`;
  const used =
    limitMicros === 0 ? 100 : Math.min(100, ((chargedMicros + reservedMicros) / limitMicros) * 100);
  return (
    <div className={styles.barFrame}>
      <div
        className={styles.bar}
        data-near={used >= 80}
        role="meter"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(used)}
      >
        <span style={{ width: share(chargedMicros) }} />
        <span data-reserved style={{ width: share(reservedMicros) }} />
      </div>
      {passed !== undefined && (
        <span className={styles.today} style={{ left: `${passed * 100}%` }} title="Today" aria-hidden />
      )}
    </div>
  );
}
