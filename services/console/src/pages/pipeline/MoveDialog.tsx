import { Button, Checkbox, Modal, NativeSelect, Textarea } from '@mantine/core';
import { useState, type FormEvent } from 'react';

import { toFailure, type Failure } from '../../api/failure.ts';
import { useAnswer, useChange, useMay } from '../../api/hooks.ts';
import type { DealDetail } from '../../api/records.ts';
import styles from '../../dialogs/dialogs.module.css';
import { say } from '../../ui/notify.tsx';
import { Criteria } from './Criteria.tsx';
import { readUnmet } from './read-unmet.ts';

/** Moves a deal forward or back. A refusal stays here and says what is missing; those who may can override it with a reason. */
export function MoveDialog({
  deal,
  toStage,
  onClose,
}: {
  deal: DealDetail;
  toStage: string | null;
  onClose: () => void;
}) {
  const stages = useAnswer('deals.stages', {}).data?.items ?? [];
  const may = useMay();
  const [to, setTo] = useState(toStage ?? deal.nextStage ?? '');
  const [override, setOverride] = useState(false);
  const move = useChange('deals.move', {
    stale: ['deals.get', 'deals.list', 'accounts.timeline'],
    onDone: (_, input) => {
      say.done(
        `${deal.name} is in ${stages.find(({ key }) => key === input.toStage)?.name ?? input.toStage}`,
      );
      onClose();
    },
    // Said in the dialog, beside what can be done about it.
    onFailure: (failure) => failure.code === 'criteria_unmet' || failure.issues.length > 0,
  });
  const failure: Failure | null = move.error ? toFailure(move.error) : null;
  const unmet = failure ? readUnmet(failure) : [];
  const target = stages.find(({ key }) => key === to);
  const order = (key: string) => stages.findIndex((stage) => stage.key === key);
  const backward = order(to) < order(deal.stage);
  const lost = target?.type === 'lost';
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const reason = String(new FormData(event.currentTarget).get('reason') ?? '').trim() || undefined;
    move.mutate({
      id: deal.id,
      toStage: to,
      ...(lost ? { lostReason: reason } : { reason }),
      ...(override && { override }),
    });
  };
  const needsReason = backward || lost || override || deal.stageType !== 'open';
  return (
    <Modal opened onClose={onClose} title={<strong>Move {deal.name}</strong>} size="md">
      <form onSubmit={onSubmit} className={styles.form}>
        <NativeSelect
          label="To"
          value={to}
          onChange={(event) => (setTo(event.currentTarget.value), setOverride(false), move.reset())}
          data={stages
            .filter(({ key }) => key !== deal.stage)
            .map(({ key, name }) => ({
              value: key,
              label: order(key) < order(deal.stage) ? `${name} (back)` : name,
            }))}
          data-autofocus
        />
        {failure && <Refusal failure={failure} unmet={unmet} deal={deal} onClose={onClose} />}
        {unmet.length > 0 && may('deal.override') && (
          <Checkbox
            label="Move it anyway. The override is shown in the review and does not count as an advance."
            checked={override}
            onChange={(event) => setOverride(event.currentTarget.checked)}
          />
        )}
        <Textarea
          label={lost ? 'Why it was lost' : needsReason ? 'Reason' : 'Reason (optional)'}
          name="reason"
          required={needsReason}
          autosize
          minRows={2}
          maxRows={6}
        />
        <div className={styles.buttons}>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={move.isPending} {...(override && { color: 'red' })}>
            {override ? 'Override and move' : 'Move'}
          </Button>
        </div>
      </form>
    </Modal>
  );
}

function Refusal(props: {
  failure: Failure;
  unmet: ReturnType<typeof readUnmet>;
  deal: DealDetail;
  onClose: () => void;
}) {
  const { failure, unmet } = props;
  return (
    <div className={styles.warning} role="alert">
      <p className="strong">{failure.message}</p>
      {failure.issues.map((issue) => (
        <p key={issue.field}>{issue.remedy}</p>
      ))}
      {unmet.length > 0 && (
        <div className={styles.unmet}>
          <Criteria deal={props.deal} criteria={unmet} compact />
        </div>
      )}
    </div>
  );
}
