import { useAnswer } from '../../api/hooks.ts';
import { Fact, Facts } from '../../ui/Section.tsx';
import { BoneRows, Empty, Failed } from '../../ui/States.tsx';
import { When } from '../../ui/When.tsx';
import { MailSplit } from './MailSplit.tsx';
import styles from './outbox.module.css';
import { BackToMails } from './BackToMails.tsx';

const AGAIN_MS = 5_000;

/** The sandbox's mail server keeps everything that arrives; nothing goes further. */
export function ReceivedMails({
  openId,
  onOpen,
}: {
  openId: string | undefined;
  onOpen: (id: string | undefined) => void;
}) {
  const outbox = useAnswer('sandbox.outbox', {}, { refetchMs: AGAIN_MS });
  if (outbox.isPending) return <BoneRows rows={8} height={57} />;
  if (outbox.isError)
    return <Failed what="The outbox" error={outbox.error} onRetry={() => void outbox.refetch()} />;
  const mails = outbox.data.items;
  if (mails.length === 0)
    return (
      <Empty title="No mail has arrived yet">
        Send the demo form; its welcome mail is here a moment later.
      </Empty>
    );
  const open = mails.find(({ id }) => id === openId);
  return (
    <MailSplit
      mails={mails.map(({ id, to, subject, receivedAt }) => ({ id, to, subject, at: receivedAt }))}
      openId={openId}
      onOpen={onOpen}
    >
      {open && (
        <article aria-label={open.subject}>
          <BackToMails onBack={() => onOpen(undefined)} />
          <h2 className={styles.subject}>{open.subject}</h2>
          <Facts>
            <Fact label="From">{open.from}</Fact>
            <Fact label="To">{open.to}</Fact>
            <Fact label="Received">
              <When at={open.receivedAt} />
            </Fact>
            <Fact label="Message id">
              <span className="mono">{open.messageId}</span>
            </Fact>
          </Facts>
          <p className={styles.text}>{open.text}</p>
        </article>
      )}
    </MailSplit>
  );
}
