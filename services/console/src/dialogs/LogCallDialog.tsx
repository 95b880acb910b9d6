import { Textarea } from '@mantine/core';
import { useState } from 'react';

import { useChange } from '../api/hooks.ts';
import { say } from '../ui/notify.tsx';
import { ChoiceDialog } from './ChoiceDialog.tsx';

export type CallSubject = {
  accountId: string;
  personId?: string | undefined;
  leadId?: string | undefined;
  dealId?: string | undefined;
  who: string;
};

const OUTCOMES = [
  { value: 'positive', label: 'Positive', note: 'You spoke, and they want to go on' },
  { value: 'connected', label: 'Connected', note: 'You spoke' },
  { value: 'voicemail', label: 'Left a voicemail' },
  { value: 'no_answer', label: 'No answer' },
  { value: 'wrong_number', label: 'Wrong number' },
  { value: 'do_not_call', label: 'Asked not to be called', note: 'Nobody is offered the number any more' },
] as const;

const STALE = [
  'accounts.timeline',
  'leads.get',
  'leads.list',
  'queue.list',
  'queue.get',
  'queue.brief',
  'queue.day',
  'deals.get',
] as const;

/** Records a call. Its outcome counts as the first human touch of the lead, attempts included. */
export function LogCallDialog({ subject, onClose }: { subject: CallSubject; onClose: () => void }) {
  const [note, setNote] = useState('');
  const correct = useChange('people.correct', { stale: ['queue.brief', 'queue.get', 'accounts.get'] });
  const withdraw = useChange('activities.withdraw', {
    stale: STALE,
    onDone: () => say.done('Taken back'),
  });
  const record = useChange('activities.record', {
    stale: STALE,
    onDone: ({ id }, { outcome, personId }) => {
      const unwish = outcome === 'do_not_call' && personId ? personId : null;
      if (unwish) correct.mutate({ id: unwish, doNotCall: true });
      say.done(`Call recorded: ${OUTCOMES.find(({ value }) => value === outcome)?.label ?? ''}`, () => {
        withdraw.mutate({ id });
        if (unwish) correct.mutate({ id: unwish, doNotCall: false });
      });
    },
  });
  return (
    <ChoiceDialog
      title={`Call with ${subject.who}`}
      choices={OUTCOMES}
      onClose={onClose}
      onChoose={(outcome) =>
        record.mutate({
          kind: 'call',
          direction: 'out',
          accountId: subject.accountId,
          personId: subject.personId,
          leadId: subject.leadId,
          dealId: subject.dealId,
          subject: `Call with ${subject.who}`,
          outcome,
          body: note.trim() || undefined,
        })
      }
    >
      <Textarea
        label="Note"
        placeholder="What was said, what comes next (optional)"
        autosize
        minRows={2}
        maxRows={6}
        mb="sm"
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
    </ChoiceDialog>
  );
}
