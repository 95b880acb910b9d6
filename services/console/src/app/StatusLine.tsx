import { useMe } from '../api/hooks.ts';
import { relative } from '../format/moment.ts';
import { useLiveState } from '../live/live-channel.ts';
import { useNow } from '../ui/now.ts';
import styles from './frame.module.css';

/** A loss shorter than this is not worth a word. */
const QUIET_MS = 3_000;

/** One quiet line: that this is a sandbox, and that changes no longer arrive if they don't. */
export function StatusLine() {
  const { workspace } = useMe();
  const { state, sinceMs } = useLiveState();
  const now = useNow('second');
  const lost = state === 'lost' && now - sinceMs > QUIET_MS;
  if (workspace.kind !== 'sandbox' && !lost) return null;
  return (
    <div className={styles.status} role="status">
      {workspace.kind === 'sandbox' && (
        <span className="clip">
          Sandbox
          <span className={styles.statusMore}>
            {' '}
            · invented companies, simulated providers, no mail leaves
          </span>
        </span>
      )}
      {lost && (
        <span className={styles.lost}>
          Reconnecting · what you see is from {relative(new Date(sinceMs).toISOString(), now)}
        </span>
      )}
    </div>
  );
}
