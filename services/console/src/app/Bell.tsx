import { useAnswer } from '../api/hooks.ts';
import styles from './frame.module.css';

const MOST = 99;

/** How many notifications are unread; nothing while there is none. */
export function UnreadCount() {
  const unread = useAnswer('notifications.count', {}).data?.unread ?? 0;
  if (unread === 0) return null;
  return (
    <span className={styles.count}>
      {unread > MOST ? `${MOST}+` : unread}
      <span className="visually-hidden"> unread</span>
    </span>
  );
}
