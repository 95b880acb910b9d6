import type { NotificationItem } from '../../api/records.ts';
import styles from './notifications.module.css';

/** One line: read or not by a mark and by weight, over by a word. */
export function WhatHappened({
  item,
  narrow,
  onOpen,
}: {
  item: NotificationItem;
  /** The account has no column of its own. */
  narrow: boolean;
  onOpen: () => void;
}) {
  const account =
    narrow && item.account && !item.title.includes(item.account.name) ? `${item.account.name}: ` : '';
  const unread = item.readAt === null;
  return (
    <a
      href={item.path}
      className={`clip ${styles.what}`}
      data-unread={unread}
      title={`${item.title} · ${item.detail}`}
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey) return;
        event.preventDefault();
        onOpen();
      }}
    >
      <span className={styles.mark} aria-hidden />
      <span className="visually-hidden">{unread ? 'Unread: ' : ''}</span>
      {item.overAt !== null && <span className="faint">Over · </span>}
      {account}
      {item.title}
    </a>
  );
}
