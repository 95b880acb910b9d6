import { Button, NativeSelect } from '@mantine/core';

import { useChange, useMe } from '../../api/hooks.ts';
import type { ItemBrief, QueueItem } from '../../api/records.ts';
import { MailState } from '../../records/mail-state.tsx';
import { say } from '../../ui/notify.tsx';
import { When } from '../../ui/When.tsx';
import styles from './brief.module.css';

type Recipient = ItemBrief['recipients'][number];

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
  recipient: Recipient;
  mailServer: boolean;
  draft: string;
  subject: string;
  text: string;
  sent: ItemBrief['sent'];
}) {
  const { item, recipient, draft, subject, text } = props;
  const { member } = useMe();
  const takeBack = useTakeBack();
  const send = useChange('queue.sendMessage', {
    stale: STALE,
    onDone: ({ id }) =>
      say.done(`Leaves for ${recipient.name} in a few seconds`, () => takeBack.mutate({ id })),
  });
  const before = props.sent.find((one) => one.draftKey === draft && one.personId === recipient.personId);
  const to = recipient.email;
  const why = whyNot(recipient, before, props.mailServer);
  return (
    <>
      <p className={styles.sendTo}>{why ?? `From ${member.email}`}</p>
      {to !== null && why === null && (
        <div className={styles.draftButtons}>
          <Button
            loading={send.isPending}
            disabled={subject.trim() === '' || text.trim() === ''}
            onClick={() =>
              send.mutate({ id: item.id, personId: recipient.personId, to, draft, subject, text })
            }
          >
            Send
          </Button>
        </div>
      )}
    </>
  );
}

/** Whom to write to; who may not be written to is shown with the reason. */
export function ChooseRecipient(props: {
  recipients: readonly Recipient[];
  chosen: Recipient;
  onChoose: (recipient: Recipient) => void;
}) {
  return (
    <NativeSelect
      label="To"
      value={props.chosen.personId}
      data={props.recipients.map(option)}
      onChange={(event) => {
        const next = props.recipients.find(({ personId }) => personId === event.currentTarget.value);
        if (next) props.onChoose(next);
      }}
    />
  );
}

const option = ({ personId, name, email, whyNot: why }: Recipient) => ({
  value: personId,
  label: why === null ? `${name} <${email ?? ''}>` : `${name}: ${why}`,
  disabled: why !== null,
});

/** Why this draft can't be sent to this person from here, with what to do. */
function whyNot(
  recipient: Recipient,
  before: ItemBrief['sent'][number] | undefined,
  mailServer: boolean,
): string | null {
  if (!mailServer)
    return 'No mail server is set up, so nothing can leave from here. Write from your own mail program and record it as sent.';
  if (recipient.whyNot !== null) return `${recipient.name}: ${recipient.whyNot}.`;
  if (before?.state === 'unknown')
    return `Nobody knows whether ${recipient.name} got this draft. Say above whether it was sent; if not, it can be sent again.`;
  if (before && before.state !== 'refused' && before.state !== 'withdrawn')
    return `${recipient.name} has this draft already. Choose another template to write again.`;
  return null;
}

/** Somebody who has looked says what became of a mail of unknown fate. */
function Decide({ id }: { id: string }) {
  const decide = useChange('mails.decide', {
    stale: STALE,
    onDone: (_, { sent }) =>
      say.done(sent ? 'Counts as sent, and is on the timeline' : 'Counts as not sent: it may be sent again'),
  });
  return (
    <>
      {[
        { sent: true, label: 'It was sent' },
        { sent: false, label: 'It was not' },
      ].map(({ sent, label }) => (
        <Button
          key={label}
          variant="default"
          size="compact-xs"
          disabled={decide.isPending}
          onClick={() => decide.mutate({ id, sent })}
        >
          {label}
        </Button>
      ))}
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
            {one.state === 'unknown' && <Decide id={one.id} />}
          </span>
        </li>
      ))}
    </ul>
  );
}
