import { Button, Modal, NativeSelect, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState, type FormEvent } from 'react';

import type { Failure } from '../../api/failure.ts';
import { useChange } from '../../api/hooks.ts';
import styles from '../../dialogs/dialogs.module.css';
import { plural } from '../../format/words.ts';
import { say } from '../../ui/notify.tsx';
import { readNewRun } from './new-run.ts';

const WHOM = [
  { value: 'work_email', label: 'Whoever lacks a usable work e-mail' },
  { value: 'mobile', label: 'Whoever lacks a usable mobile' },
  { value: 'title', label: 'Whoever lacks a title' },
];

/** Whom to enrich, and how much it may cost before anything is spent. */
export function NewRunDialog({ onClose }: { onClose: () => void }) {
  const navigate = useNavigate();
  const [issues, setIssues] = useState<Pick<Failure['issues'][number], 'field' | 'problem'>[]>([]);
  const start = useChange('enrichment.startListRun', {
    stale: ['enrichment.listRuns'],
    onDone: ({ id, records }, { name }) => {
      onClose();
      say.done(`${name} started over ${plural(records, 'person', 'people')}`);
      void navigate({ to: '/enrichment/$runId', params: { runId: id } });
    },
    onFailure: (failure) => {
      setIssues(failure.issues);
      return failure.issues.length > 0;
    },
  });
  const problem = (field: string) => issues.find((issue) => issue.field === field)?.problem ?? null;
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const read = readNewRun((name) => String(form.get(name) ?? '').trim());
    setIssues(read.issues);
    if (read.request) start.mutate(read.request);
  };
  return (
    <Modal opened onClose={onClose} title={<strong>New run</strong>} size="md">
      <form onSubmit={onSubmit} className={styles.form} noValidate>
        <TextInput label="Name" name="name" required error={problem('name')} data-autofocus />
        <NativeSelect
          label="Whom"
          name="field"
          data={WHOM}
          error={problem('people') ?? problem('people.field')}
        />
        <TextInput
          label="At most so many people"
          name="limit"
          defaultValue="1000"
          inputMode="numeric"
          error={problem('people.limit')}
        />
        <TextInput
          label="Budget, dollars"
          name="budget"
          placeholder="25"
          inputMode="decimal"
          description="The run pauses before it would spend more. Empty: only the budgets of the month and of each person hold."
          error={problem('budgetMicros')}
        />
        <div className={styles.pair}>
          <TextInput
            label="Pause above, dollars per usable contact"
            name="guard"
            placeholder="0.50"
            inputMode="decimal"
            error={problem('guard.costPerUsableMicros')}
          />
          <TextInput
            label="Judged once so many records are done"
            name="after"
            defaultValue="200"
            inputMode="numeric"
            error={problem('guard.afterRecords')}
          />
        </div>
        <div className={styles.buttons}>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={start.isPending}>
            Start
          </Button>
        </div>
      </form>
    </Modal>
  );
}
