import { Button, Modal, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState, type FormEvent } from 'react';

import type { Failure } from '../../api/failure.ts';
import { useChange, useMe } from '../../api/hooks.ts';
import type { FormRow } from '../../api/records.ts';
import dialog from '../../dialogs/dialogs.module.css';

/** Sends a form as a visitor would, marked as a test, and opens the lead to watch it being worked. */
export function TestLeadDialog({ form, onClose }: { form: FormRow; onClose: () => void }) {
  const { member } = useMe();
  const navigate = useNavigate();
  const [issues, setIssues] = useState<Failure['issues']>([]);
  const send = useChange('settings.sendTestLead', {
    stale: ['leads.list', 'settings.forms'],
    onDone: ({ id }) => void navigate({ to: '/leads/$leadId', params: { leadId: id } }),
    onFailure: (failure) => {
      setIssues(failure.issues);
      return failure.issues.length > 0;
    },
  });
  const problem = (field: string) => issues.find((issue) => issue.field === field)?.problem ?? null;
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setIssues([]);
    const data = new FormData(event.currentTarget);
    const answer = (name: string) => String(data.get(name) ?? '');
    const answers = { name: answer('name'), email: answer('email'), company: answer('company') };
    send.mutate({ formId: form.id, answers });
  };
  return (
    <Modal opened onClose={onClose} title={<strong>Send {form.name} as a test</strong>} size="sm">
      <form onSubmit={onSubmit} className={dialog.form}>
        <p className="dim">
          The whole way is gone: matched, routed, answered by mail, enriched with calls that are paid. Queue
          and figures leave tests out.
        </p>
        <TextInput label="Name" name="name" defaultValue={member.name} maxLength={200} />
        <TextInput
          label="E-mail"
          name="email"
          type="email"
          defaultValue={member.email}
          required
          description="The welcome mail goes there: use one of your own"
          error={problem('email')}
          data-autofocus
        />
        <TextInput label="Company" name="company" maxLength={200} error={problem('company')} />
        <div className={dialog.buttons}>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={send.isPending}>
            Send the test
          </Button>
        </div>
      </form>
    </Modal>
  );
}
