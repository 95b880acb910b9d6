import { useAnswer, useMay } from '../api/hooks.ts';
import { plural } from '../format/words.ts';
import styles from './ui.module.css';

/** How many alerts nobody has acknowledged yet, for whoever looks after them; nothing where there are none. */
export function AlertCount({ className = styles.count }: { className?: string | undefined }) {
  const enabled = useMay()('enrichment.run');
  const alerts = useAnswer('enrichment.alerts', {}, { enabled });
  const count = alerts.data?.items.filter(({ acknowledgedAt }) => acknowledgedAt === null).length ?? 0;
  if (count === 0) return null;
  return (
    <span className={className} data-alert title={plural(count, 'alert')}>
      {count}
      <span className="visually-hidden"> {count === 1 ? 'alert' : 'alerts'}</span>
    </span>
  );
}
