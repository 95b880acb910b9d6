import type { ReactNode } from 'react';

import { useRowCursor } from '../../keys/row-cursor.ts';
import { Empty } from '../../ui/States.tsx';
import { When } from '../../ui/When.tsx';
import styles from './outbox.module.css';

export type MailLine = { id: string; to: string; subject: string; at: string; state?: ReactNode };

/** Mails at the left, the chosen one at the right. */
export function MailSplit(props: {
  mails: readonly MailLine[];
  openId: string | undefined;
  onOpen: (id: string | undefined) => void;
  children: ReactNode;
}) {
  const { mails, openId, onOpen } = props;
  useRowCursor({ ids: mails.map(({ id }) => id), openId, open: onOpen, close: () => onOpen(undefined) });
  return (
    <div className={styles.split} data-open={openId !== undefined}>
      <ul className={styles.list} aria-label="Mails">
        {mails.map((mail) => (
          <li key={mail.id}>
            <button
              type="button"
              className={styles.line}
              aria-current={mail.id === openId}
              onClick={() => onOpen(mail.id)}
            >
              <span className={styles.top}>
                <span className="strong clip">{mail.to}</span>
                <When at={mail.at} className="faint" />
              </span>
              <span className={styles.top}>
                <span className="dim clip">{mail.subject}</span>
                {mail.state}
              </span>
            </button>
          </li>
        ))}
      </ul>
      <div className={styles.reading}>
        {props.children ?? <Empty title="No mail is open">Choose one from the list, or press J.</Empty>}
      </div>
    </div>
  );
}
