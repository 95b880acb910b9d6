import { Button, Modal, NativeSelect, TagsInput, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';

import type { Failure } from '../../api/failure.ts';
import { useChange } from '../../api/hooks.ts';
import type { FormRow } from '../../api/records.ts';
import dialog from '../../dialogs/dialogs.module.css';
import { words } from '../../format/words.ts';
import { say } from '../../ui/notify.tsx';

const INTENTS = ['demo_request', 'contact_sales', 'webinar', 'download'] as const;

/** A new form, or changes to one; what a form is for can't change, because its leads were told apart by it. */
export function FormDialog({ form, onClose }: { form: FormRow | null; onClose: () => void }) {
  const [origins, setOrigins] = useState(form?.allowedOrigins ?? []);
  const [issues, setIssues] = useState<Failure['issues']>([]);
  const options = {
    stale: ['settings.forms'] as const,
    onDone: () => (say.done('Form saved'), onClose()),
    onFailure: (failure: Failure) => {
      setIssues(failure.issues);
      return failure.issues.length > 0;
    },
  };
  const create = useChange('settings.createForm', options);
  const update = useChange('settings.updateForm', options);
  const problem = (field: string) => issues.find((issue) => issue.field.startsWith(field))?.problem ?? null;
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const name = String(data.get('name')).trim();
    const intent = INTENTS.find((one) => one === data.get('intent')) ?? 'demo_request';
    if (form) update.mutate({ id: form.id, name, allowedOrigins: origins });
    else create.mutate({ name, intent, allowedOrigins: origins });
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={<strong>{form ? `Edit ${form.name}` : 'New form'}</strong>}
      size="md"
    >
      <form onSubmit={onSubmit} className={dialog.form}>
        <TextInput
          label="Name"
          name="name"
          defaultValue={form?.name ?? ''}
          required
          maxLength={80}
          error={problem('name')}
          data-autofocus
        />
        <NativeSelect
          label="What it is for"
          description="A download is a lead, not an opportunity: it waits behind demo requests"
          name="intent"
          defaultValue={form?.intent ?? 'demo_request'}
          disabled={form !== null}
          data={INTENTS.map((intent) => ({ value: intent, label: words(intent) }))}
        />
        <TagsInput
          label="May be sent from"
          description="Origins of your own pages, like https://www.example.com"
          placeholder="https://…, then Enter"
          value={origins}
          onChange={setOrigins}
          error={problem('allowedOrigins')}
        />
        <div className={dialog.buttons}>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={create.isPending || update.isPending}>
            Save
          </Button>
        </div>
      </form>
    </Modal>
  );
}
