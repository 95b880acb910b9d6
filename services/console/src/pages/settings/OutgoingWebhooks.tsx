import { ActionIcon, Button, Checkbox, Modal, TextInput } from '@mantine/core';
import { EVENTS_TOLD } from '@penstock/signals/model/events-told';
import { IconTrash } from '@tabler/icons-react';
import { useState, type FormEvent } from 'react';

import { useAnswer, useChange, useMay } from '../../api/hooks.ts';
import type { QueryOutput } from '../../api/procedures.ts';
import dialog from '../../dialogs/dialogs.module.css';
import { plural } from '../../format/words.ts';
import { say } from '../../ui/notify.tsx';
import { Failed } from '../../ui/States.tsx';
import { Tag } from '../../ui/Tag.tsx';
import { When } from '../../ui/When.tsx';
import { SecretOnce } from './SecretOnce.tsx';
import styles from './settings.module.css';

type Target = QueryOutput<'settings.webhookTargets'>['items'][number];

const WORDS: Readonly<Record<(typeof EVENTS_TOLD)[number], string>> = {
  'queue.item.entered': 'Something enters a queue',
  'queue.item.changed': 'Something in a queue changes',
  'signal.recorded': 'A signal is recorded',
  'lead.received': 'A lead comes in',
  'lead.changed': 'A lead changes',
  'deal.changed': 'A deal changes',
  'account.changed': 'An account changes',
  'source.changed': 'A source falls ill or recovers',
  'alert.opened': 'Something is amiss with money or a provider',
  'alert.closed': 'It is well again',
};

/** Programs that are told of events: how it goes, and by which addresses. */
export function OutgoingWebhooks() {
  const may = useMay();
  const targets = useAnswer('settings.webhookTargets', {});
  const [making, setMaking] = useState(false);
  const items = targets.data?.items ?? [];
  return (
    <div className={styles.part}>
      <h3>Programs that are told</h3>
      <p className="dim">
        Events are posted in their order, signed as Standard Webhooks, at least once; they hold ids, nothing
        of persons. {items.length === 0 && targets.isSuccess && 'Nobody is told yet.'}
      </p>
      {targets.isError && (
        <Failed what="The programs" error={targets.error} onRetry={() => void targets.refetch()} />
      )}
      {items.length > 0 && (
        <div className={styles.tableBox} tabIndex={0} role="region" aria-label="Programs that are told">
          <table className={styles.table}>
            <thead>
              <tr>
                <th scope="col">Program</th>
                <th scope="col">State</th>
                <th scope="col">Told of</th>
                <th scope="col" className={styles.end}>
                  Delivered
                </th>
                <th scope="col">
                  <span className="visually-hidden">What to do</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {items.map((target) => (
                <TargetLine key={target.id} target={target} editable={may('providers.manage')} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {may('providers.manage') && (
        <Button variant="default" mt="sm" onClick={() => setMaking(true)}>
          Tell a program
        </Button>
      )}
      {making && <NewTarget onClose={() => setMaking(false)} />}
    </div>
  );
}

function TargetLine({ target, editable }: { target: Target; editable: boolean }) {
  const stale = ['settings.webhookTargets'] as const;
  const toggle = useChange('settings.switchWebhookTarget', { stale });
  const remove = useChange('settings.removeWebhookTarget', {
    stale,
    onDone: () => say.done(`${target.name} is told nothing any more`),
  });
  const isActive = target.state === 'active';
  return (
    <tr>
      <td>
        <div className="strong">{target.name}</div>
        <div className="mono dim">{target.url}</div>
      </td>
      <td>
        <State target={target} />
      </td>
      <td>{target.events.map((kind) => WORDS[kind as keyof typeof WORDS] ?? kind).join(', ')}</td>
      <td className={`${styles.end} num`}>
        {target.delivered.toLocaleString('en-US')}
        {target.lastDeliveredAt && (
          <div>
            <When at={target.lastDeliveredAt} className="faint" />
          </div>
        )}
      </td>
      <td className={styles.end}>
        {editable && (
          <>
            <Button
              size="compact-sm"
              variant="default"
              loading={toggle.isPending}
              onClick={() => toggle.mutate({ id: target.id, active: !isActive })}
            >
              {isActive ? 'Pause' : 'Go on'}
            </Button>{' '}
            <ActionIcon
              aria-label={`Remove ${target.name}`}
              loading={remove.isPending}
              onClick={() => remove.mutate({ id: target.id })}
            >
              <IconTrash size={15} aria-hidden />
            </ActionIcon>
          </>
        )}
      </td>
    </tr>
  );
}

function State({ target }: { target: Target }) {
  if (target.state === 'paused') return <Tag shape="ring">Paused</Tag>;
  if (target.state === 'given_up') return <Tag tone="bad">Given up: {target.lastFault}</Tag>;
  if (target.failures === 0) return <Tag tone="good">Up to date</Tag>;
  return (
    <Tag tone="warn" shape="half">
      {target.lastFault}, tried {plural(target.failures, 'time')}
    </Tag>
  );
}

function NewTarget({ onClose }: { onClose: () => void }) {
  const [secret, setSecret] = useState<string | null>(null);
  const [events, setEvents] = useState<string[]>(['queue.item.entered']);
  const create = useChange('settings.createWebhookTarget', {
    stale: ['settings.webhookTargets'],
    onDone: (made) => setSecret(made.secret),
  });
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    create.mutate({
      name: String(form.get('name')).trim(),
      url: String(form.get('url')).trim(),
      events: EVENTS_TOLD.filter((kind) => events.includes(kind)),
    });
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={<strong>Tell a program</strong>}
      size="md"
      closeOnClickOutside={secret === null}
    >
      {secret === null ? (
        <form onSubmit={onSubmit} className={dialog.form}>
          <TextInput label="Name" name="name" required maxLength={80} data-autofocus />
          <TextInput
            label="Address"
            description="https, a public host, no port"
            name="url"
            type="url"
            placeholder="https://crm.company.com/hooks/penstock"
            required
            maxLength={2000}
          />
          <Checkbox.Group label="Of what" value={events} onChange={setEvents}>
            {EVENTS_TOLD.map((kind) => (
              <Checkbox key={kind} value={kind} label={WORDS[kind]} description={kind} mt="xs" />
            ))}
          </Checkbox.Group>
          <div className={dialog.buttons}>
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={create.isPending} disabled={events.length === 0}>
              Make webhook
            </Button>
          </div>
        </form>
      ) : (
        <SecretOnce secret={secret} what="secret" onClose={onClose}>
          Copy the secret now; it is encrypted and can’t be shown again.
        </SecretOnce>
      )}
    </Modal>
  );
}
