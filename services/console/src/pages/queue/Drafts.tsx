import { Button, CopyButton, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';

import { useChange, useMay } from '../../api/hooks.ts';
import type { ItemBrief, QueueItem } from '../../api/records.ts';
import { say } from '../../ui/notify.tsx';
import { Section } from '../../ui/Section.tsx';
import styles from './brief.module.css';
import { ChooseRecipient, SendMessage, SentMessages } from './SendMessage.tsx';

/** A first message with the evidence filled in: edited here, sent, copied or opened in one's own mail program, recorded as sent. */
export function Drafts({ item, brief }: { item: QueueItem; brief: ItemBrief }) {
  const may = useMay();
  const [key, setKey] = useState(brief.drafts[0]?.key ?? '');
  const draft = brief.drafts.find((one) => one.key === key) ?? brief.drafts[0];
  if (!draft || !may('activity.write')) return null;
  return (
    <Section title="First message">
      <SentMessages sent={brief.sent} />
      <details>
        <summary>{draft.subject}</summary>
        <NativeSelect
          label="Template"
          size="xs"
          value={draft.key}
          data={brief.drafts.map((one) => ({ value: one.key, label: one.name }))}
          onChange={(event) => setKey(event.currentTarget.value)}
        />
        <Editor key={draft.key} item={item} brief={brief} draft={draft} />
      </details>
    </Section>
  );
}

const givenName = ({ name }: { name: string }): string => name.split(' ')[0] ?? '';

function Editor(props: { item: QueueItem; brief: ItemBrief; draft: ItemBrief['drafts'][number] }) {
  const { item, brief, draft } = props;
  const [subject, setSubject] = useState(draft.subject);
  const [text, setText] = useState(draft.text);
  const [chosen, setChosen] = useState<string | null>(null);
  const recipient =
    brief.recipients.find(({ personId }) => personId === chosen) ??
    brief.recipients.find(({ whyNot }) => whyNot === null) ??
    brief.recipients[0];
  const stale = ['queue.brief', 'queue.list', 'queue.day', 'accounts.timeline', 'leads.get'] as const;
  const withdraw = useChange('activities.withdraw', { stale, onDone: () => say.done('Taken back') });
  const record = useChange('activities.record', {
    stale,
    onDone: ({ id }) => say.done('Mail recorded as sent', () => withdraw.mutate({ id })),
  });
  const address = recipient?.email ?? null;
  return (
    <>
      {recipient && (
        <ChooseRecipient
          recipients={brief.recipients}
          chosen={recipient}
          onChoose={(next) => {
            setChosen(next.personId);
            // The words greet whoever was chosen before.
            setText(text.replace(givenName(recipient), givenName(next)));
          }}
        />
      )}
      <TextInput
        label="Subject"
        value={subject}
        onChange={(event) => setSubject(event.currentTarget.value)}
      />
      <Textarea
        label="Text"
        autosize
        minRows={6}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      {recipient && (
        <SendMessage
          item={item}
          recipient={recipient}
          mailServer={brief.mailServer}
          draft={draft.key}
          subject={subject}
          text={text}
          sent={brief.sent}
        />
      )}
      <div className={styles.draftButtons}>
        <CopyButton value={`${subject}\n\n${text}`}>
          {({ copied, copy }) => (
            <Button variant="subtle" size="xs" onClick={copy}>
              {copied ? 'Copied' : 'Copy'}
            </Button>
          )}
        </CopyButton>
        {address !== null && (
          <Button
            variant="subtle"
            size="xs"
            component="a"
            href={`mailto:${encodeURIComponent(address)}?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(text)}`}
          >
            Open in mail
          </Button>
        )}
        <Button
          variant="subtle"
          size="xs"
          loading={record.isPending}
          onClick={() =>
            record.mutate({
              kind: 'mail',
              direction: 'out',
              accountId: item.account.id,
              personId: recipient?.personId,
              leadId: item.lead?.id,
              subject,
              body: text,
            })
          }
        >
          Record as sent
        </Button>
      </div>
    </>
  );
}
