import { Button } from '@mantine/core';

import { useChange, useMe } from '../../api/hooks.ts';
import type { ItemBrief, QueueItem } from '../../api/records.ts';
import { MailState } from '../../records/mail-state.tsx';
import { say } from '../../ui/notify.tsx';
import { When } from '../../ui/When.tsx';
import styles from './brief.module.css';

const STALE = [
  'queue.brief',
  'queue.list',
  'queue.day',
  'mails.list',
  'accounts.timeline',
  'leads.get',
] as const;

const useTakeBack = () =>
  useChange('mails.withdraw', { stale: STALE, onDone: () => say.done('Taken back: nothing was sent') });

/** Sends the message from the member's own address; held for some seconds, in which it can be taken back. */
export function SendMessage(props: {
  item: QueueItem;
  contact: ItemBrief['contacts'][number];
  draft: string;
  subject: string;
  text: string;
  sent: ItemBrief['sent'];
}) {
  const { item, contact, draft, subject, text } = props;
  const { member } = useMe();
  const takeBack = useTakeBack();
  const send = useChange('queue.sendMessage', {
    stale: STALE,
    onDone: ({ id }) =>
      say.done(`Leaves for ${contact.name} in a few seconds`, () => takeBack.mutate({ id })),
  });
  const before = props.sent.find((one) => one.draftKey === draft && one.personId === contact.personId);
  if (before && before.state !== 'refused' && before.state !== 'withdrawn')
    return (
      <p className={styles.sendTo}>
        {contact.name} has this draft already, or may have. Choose another template to write again.
      </p>
    );
  if (contact.email === null)
    return <p className={styles.sendTo}>No address of {contact.name} may be written to.</p>;
  if (contact.emailVerification !== 'valid')
    return (
      <p className={styles.sendTo}>
        {contact.email} is not verified, so it can’t be sent from here. Enrich {contact.name} first.
      </p>
    );
  const to = contact.email;
  return (
    <>
      <p className={styles.sendTo}>
        To {contact.name} &lt;{to}&gt;, from {member.email}
      </p>
      <div className={styles.draftButtons}>
        <Button
          loading={send.isPending}
          disabled={subject.trim() === '' || text.trim() === ''}
          onClick={() => send.mutate({ id: item.id, personId: contact.personId, to, draft, subject, text })}
        >
          Send
        </Button>
      </div>
    </>
  );
}

/** What was sent from this item, and what is known of it. */
export function SentMessages({ sent }: { sent: ItemBrief['sent'] }) {
  const takeBack = useTakeBack();
  if (sent.length === 0) return null;
  return (
    <ul className={styles.sent} aria-label="Messages sent from here">
      {sent.map((one) => (
        <li key={one.id}>
          <span>
            To {one.toName || 'an erased person'}: {one.subject || '–'}{' '}
            <span className="dim">
              · <When at={one.settledAt ?? one.createdAt} />
            </span>
          </span>
          <span className={styles.sentState}>
            <MailState state={one.state} code={one.state === 'accepted' ? '' : one.lastCode} />
            {one.state === 'queued' && one.mine && (
              <Button
                variant="subtle"
                size="compact-xs"
                loading={takeBack.isPending}
                onClick={() => takeBack.mutate({ id: one.id })}
              >
                Take back
              </Button>
            )}
          </span>
        </li>
      ))}
    </ul>
  );
}
