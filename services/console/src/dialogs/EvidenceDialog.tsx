import { Button, Modal, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';

import type { Failure } from '../api/failure.ts';
import { useChange } from '../api/hooks.ts';
import type { CriterionStatus } from '../api/records.ts';
import { say } from '../ui/notify.tsx';
import styles from './dialogs.module.css';

/** Who said what: the sentence by which a manager can judge the criterion without asking. */
export function EvidenceDialog(props: { dealId: string; criterion: CriterionStatus; onClose: () => void }) {
  const { dealId, criterion, onClose } = props;
  const [issues, setIssues] = useState<Failure['issues']>([]);
  const add = useChange('deals.addEvidence', {
    stale: ['deals.get'],
    onDone: () => (say.done(`Evidence added: ${criterion.label}`), onClose()),
    onFailure: (failure) => {
      setIssues(failure.issues);
      return failure.issues.length > 0;
    },
  });
  const problem = (field: string) => issues.find((issue) => issue.field === field)?.problem ?? null;
  const dated = criterion.key.includes('timeline');
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    add.mutate({
      dealId,
      criterion: criterion.key,
      kind: form.get('kind') === 'document' ? 'document' : 'call_note',
      quote: String(form.get('quote')).trim(),
      value: String(form.get('value') ?? '').trim() || undefined,
    });
  };
  return (
    <Modal opened onClose={onClose} title={<strong>{criterion.label}</strong>} size="md">
      <form onSubmit={onSubmit} className={styles.form}>
        <p className="dim">{criterion.explanation}</p>
        <Textarea
          label="In the buyer’s words"
          name="quote"
          required
          minLength={3}
          autosize
          minRows={3}
          maxRows={8}
          error={problem('quote')}
          data-autofocus
        />
        <div className={styles.pair}>
          <NativeSelect
            label="From"
            name="kind"
            data={[
              { value: 'call_note', label: 'A call' },
              { value: 'document', label: 'A document' },
            ]}
          />
          <TextInput
            label={dated ? 'Date of the decision' : 'Value or link (optional)'}
            name="value"
            type={dated ? 'date' : 'text'}
            required={dated}
            error={problem('value')}
          />
        </div>
        <div className={styles.buttons}>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={add.isPending}>
            Add evidence
          </Button>
        </div>
      </form>
    </Modal>
  );
}
