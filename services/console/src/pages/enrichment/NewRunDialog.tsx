import { Button, Modal, NativeSelect, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState, type FormEvent } from 'react';

import type { Failure } from '../../api/failure.ts';
import { useChange } from '../../api/hooks.ts';
import type { QueryInput } from '../../api/procedures.ts';
import styles from '../../dialogs/dialogs.module.css';
import { plural } from '../../format/words.ts';
import { say } from '../../ui/notify.tsx';
import { Forecast } from './Forecast.tsx';
import { readNewRun } from './new-run.ts';
import { Spenders } from './Spenders.tsx';

const WHOM: { value: NonNullable<QueryInput<'enrichment.forecast'>['field']>; label: string }[] = [
  { value: 'work_email', label: 'Whoever lacks a usable work e-mail' },
  { value: 'mobile', label: 'Whoever lacks a usable mobile' },
  { value: 'title', label: 'Whoever lacks a title' },
];

const FIRST_LIMIT = 1_000;

/** What was typed, if it is a number of people that a run may have. */
function limitOf(typed: string): number | null {
  const limit = Number(typed.replaceAll(',', ''));
  return Number.isInteger(limit) && limit >= 1 && limit <= 200_000 ? limit : null;
}

/** Whom to enrich, what it would cost and reach, and how much it may cost at most, before anything is spent. */
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
  const [whom, setWhom] = useState<{ field: (typeof WHOM)[number]['value']; limit: number | null }>({
    field: 'work_email',
    limit: FIRST_LIMIT,
  });
  const [spenders, setSpenders] = useState({ team: '', campaign: '' });
  const shared = {
    campaignId: spenders.campaign || null,
    ...(spenders.team !== '' && { teamId: spenders.team === 'none' ? null : spenders.team }),
  };
  const problem = (field: string) => issues.find((issue) => issue.field === field)?.problem ?? null;
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const read = readNewRun((name) => String(form.get(name) ?? '').trim());
    setIssues(read.issues);
    if (read.request) start.mutate(read.request);
  };
  return (
    <Modal opened onClose={onClose} title={<strong>New run</strong>} size="lg">
      <form onSubmit={onSubmit} className={styles.form} noValidate>
        <TextInput label="Name" name="name" required error={problem('name')} data-autofocus />
        <NativeSelect
          label="Whom"
          name="field"
          data={WHOM}
          onChange={({ currentTarget: { value } }) =>
            setWhom({ ...whom, field: WHOM.find((one) => one.value === value)?.value ?? 'work_email' })
          }
          error={problem('people') ?? problem('people.field')}
        />
        <TextInput
          label="At most so many people"
          name="limit"
          defaultValue={String(FIRST_LIMIT)}
          inputMode="numeric"
          onBlur={({ currentTarget: { value } }) => setWhom({ ...whom, limit: limitOf(value) })}
          error={problem('people.limit')}
        />
        <TextInput
          label="Budget, dollars"
          name="budget"
          placeholder="25"
          inputMode="decimal"
          description="The run pauses before it would spend more. Empty: only the budgets that it shares and the ceiling of each person hold."
          error={problem('budgetMicros')}
        />
        <Spenders value={spenders} onChange={setSpenders} />
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
        {whom.limit !== null && <Forecast input={{ field: whom.field, limit: whom.limit, ...shared }} />}
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
