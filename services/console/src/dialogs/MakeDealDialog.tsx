import { Button, Modal, NativeSelect, NumberInput, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState, type FormEvent } from 'react';

import { useChange } from '../api/hooks.ts';
import type { Failure } from '../api/failure.ts';
import { minor } from '../format/money.ts';
import { words } from '../format/words.ts';
import { say } from '../ui/notify.tsx';
import styles from './dialogs.module.css';

export type DealSeed = {
  accountId: string;
  accountName: string;
  personId?: string | undefined;
  leadId?: string | undefined;
  source: 'inbound' | 'outbound';
};

const SOURCES = [
  'inbound',
  'outbound',
  'referral',
  'event',
  'paid',
  'partner',
  'abm',
  'webinar',
  'social',
] as const;
const CURRENCIES = ['USD', 'EUR', 'GBP', 'CHF', 'SEK', 'JPY'];

/** Turns a lead or an account into a deal in the first stage. */
export function MakeDealDialog({ seed, onClose }: { seed: DealSeed; onClose: () => void }) {
  const navigate = useNavigate();
  const [issues, setIssues] = useState<Failure['issues']>([]);
  const create = useChange('deals.create', {
    stale: ['deals.list', 'leads.get', 'leads.list', 'queue.list', 'queue.get', 'accounts.timeline'],
    onDone: ({ id }, { name }) => {
      onClose();
      say.done(`Deal made: ${name}`);
      void navigate({ to: '/pipeline/$dealId', params: { dealId: id } });
    },
    onFailure: (failure) => {
      setIssues(failure.issues);
      return failure.issues.length > 0;
    },
  });
  const problem = (field: string) => issues.find((issue) => issue.field.includes(field))?.problem ?? null;
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const input = readDeal(new FormData(event.currentTarget));
    create.mutate({ accountId: seed.accountId, personId: seed.personId, leadId: seed.leadId, ...input });
  };
  return (
    <Modal opened onClose={onClose} title={<strong>Make a deal</strong>} size="md">
      <form onSubmit={onSubmit} className={styles.form}>
        <TextInput
          label="Name"
          name="name"
          defaultValue={seed.accountName}
          required
          error={problem('name')}
          data-autofocus
        />
        <div className={styles.pair}>
          <NumberInput
            label="Value"
            name="value"
            min={0}
            max={1_000_000_000}
            thousandSeparator=","
            hideControls
            required
            error={problem('value')}
          />
          <NativeSelect label="Currency" name="currency" data={CURRENCIES} />
        </div>
        <div className={styles.pair}>
          <TextInput label="Expected close" name="close" type="date" error={problem('Close')} />
          <NativeSelect
            label="Source"
            name="source"
            data={SOURCES.map((source) => ({ value: source, label: words(source) }))}
            defaultValue={seed.source}
          />
        </div>
        <div className={styles.pair}>
          <TextInput
            label="Next step"
            name="nextStep"
            placeholder="What happens next"
            error={problem('nextStep')}
          />
          <TextInput label="Due" name="nextStepDue" type="date" />
        </div>
        <div className={styles.buttons}>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={create.isPending}>
            Make deal
          </Button>
        </div>
      </form>
    </Modal>
  );
}

function readDeal(form: FormData) {
  const text = (name: string) => String(form.get(name) ?? '').trim();
  const currency = text('currency');
  const due = text('nextStepDue');
  return {
    name: text('name'),
    valueMinor: minor(Number(text('value').replaceAll(',', '')), currency),
    currency,
    source: SOURCES.find((source) => source === text('source')) ?? 'outbound',
    expectedCloseOn: text('close') || undefined,
    nextStep: text('nextStep') || undefined,
    nextStepDueAt: due === '' ? undefined : new Date(`${due}T09:00`).toISOString(),
  };
}
