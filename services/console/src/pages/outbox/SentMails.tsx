import { Link } from '@tanstack/react-router';

import { useAnswer } from '../../api/hooks.ts';
import { MailState, UNKNOWN } from '../../records/mail-state.tsx';
import { Fact, Facts } from '../../ui/Section.tsx';
import { BoneRows, Empty, Failed } from '../../ui/States.tsx';
import { When } from '../../ui/When.tsx';
import { BackToMails } from './BackToMails.tsx';
import { MailSplit } from './MailSplit.tsx';
import styles from './outbox.module.css';

/** Mails by what is known of them. */
export function SentMails({
  openId,
  onOpen,
}: {
  openId: string | undefined;
  onOpen: (id: string | undefined) => void;
}) {
  const answer = useAnswer('mails.list', {});
  if (answer.isPending) return <BoneRows rows={8} height={57} />;
  if (answer.isError)
    return <Failed what="The mails" error={answer.error} onRetry={() => void answer.refetch()} />;
  const mails = answer.data.items;
  if (mails.length === 0)
    return (
      <Empty title="No mail has left yet">The first welcome mail leaves with the first routed lead.</Empty>
    );
  const open = mails.find(({ id }) => id === openId);
  return (
    <MailSplit
      mails={mails.map((mail) => ({
        id: mail.id,
        to: mail.toName || mail.toAddress,
        subject: mail.subject,
        at: mail.createdAt,
        state: <MailState state={mail.state} code={mail.lastCode} />,
      }))}
      openId={openId}
      onOpen={onOpen}
    >
      {open && (
        <article aria-label={open.subject}>
          <BackToMails onBack={() => onOpen(undefined)} />
          <h2 className={styles.subject}>{open.subject}</h2>
          <Facts>
            <Fact label="From">{open.fromName}</Fact>
            <Fact label="To">
              {open.toName} &lt;{open.toAddress}&gt;
            </Fact>
            <Fact label="State">
              <MailState state={open.state} code={open.lastCode} />
              {open.state === 'unknown' && <p className="dim">{UNKNOWN}</p>}
            </Fact>
            <Fact label="Written">
              <When at={open.createdAt} />
            </Fact>
            {open.settledAt && (
              <Fact label="Settled">
                <When at={open.settledAt} />
                {open.lastCode && <span className="dim"> ({open.lastCode})</span>}
              </Fact>
            )}
            <Fact label="Because of">
              {open.leadId !== null && (
                <Link to="/leads/$leadId" params={{ leadId: open.leadId }}>
                  The lead
                </Link>
              )}
              {open.leadId === null && open.queueItemId !== null && (
                <Link to="/queue/$itemId" params={{ itemId: open.queueItemId }}>
                  The item in the queue
                </Link>
              )}
            </Fact>
          </Facts>
          <p className={styles.text}>{open.bodyText}</p>
        </article>
      )}
    </MailSplit>
  );
}
