import { Button, Checkbox, Modal, NumberInput, TextInput } from '@mantine/core';
import { useState } from 'react';

import { useAnswer, useChange } from '../../api/hooks.ts';
import dialog from '../../dialogs/dialogs.module.css';
import { say } from '../../ui/notify.tsx';
import { BoneRows, Failed } from '../../ui/States.tsx';
import { When } from '../../ui/When.tsx';
import type { BudgetRow, Which } from './budget-rows.ts';
import { dollars } from './forecast-words.ts';
import styles from './money.module.css';

/** A budget's limit, to be changed with the reason, and who changed it before. */
export function BudgetDialog(props: { row: BudgetRow; mayManage: boolean; onClose: () => void }) {
  const { row, mayManage, onClose } = props;
  return (
    <Modal
      opened
      onClose={onClose}
      title={
        <strong>
          {row.which.scope === 'month' ? 'Budget of the workspace' : `Budget of ${row.name}`}, {row.kind}
        </strong>
      }
    >
      {mayManage && <LimitForm row={row} onClose={onClose} />}
      {mayManage && row.which.scope === 'campaign' && row.which.id && (
        <CampaignForm
          id={row.which.id}
          name={row.name}
          closed={row.note.endsWith('closed')}
          onClose={onClose}
        />
      )}
      <Changes which={row.which} />
    </Modal>
  );
}

function LimitForm({ row, onClose }: { row: BudgetRow; onClose: () => void }) {
  const { which, limitMicros: before } = row;
  const [limit, setLimit] = useState<string | number>(before === null ? '' : before / 1_000_000);
  const [unlimited, setUnlimited] = useState(before === null);
  const [reason, setReason] = useState('');
  const isMonth = which.scope === 'month';
  const save = useChange('enrichment.setBudget', {
    stale: ['enrichment.budgets', 'enrichment.money', 'enrichment.forecast', 'enrichment.budgetChanges'],
    onDone: () => {
      onClose();
      say.done('Budget set. Runs that paused go on when they are resumed');
    },
  });
  const typed = Math.round(Number(limit) * 1_000_000);
  const valid = unlimited || (limit !== '' && Number.isFinite(typed) && typed >= 0);
  const limitMicros = unlimited ? null : typed;
  return (
    <form
      className={dialog.form}
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate({ ...which, limitMicros, reason: reason.trim() });
      }}
    >
      <NumberInput
        label={isMonth || which.scope === 'team' ? 'Each month at most, dollars' : 'At most, dollars'}
        description={
          isMonth || which.scope === 'team'
            ? 'Holds from now on; months to come begin with it. What is spent stays spent.'
            : 'Holds from the next call on. What is spent stays spent.'
        }
        min={0}
        max={1_000_000}
        decimalScale={2}
        value={limit}
        onChange={setLimit}
        disabled={unlimited}
        data-autofocus
      />
      {!isMonth && (
        <Checkbox
          label="No limit of its own"
          checked={unlimited}
          onChange={({ currentTarget: { checked } }) => setUnlimited(checked)}
        />
      )}
      <TextInput
        label="Why"
        required
        maxLength={200}
        value={reason}
        onChange={({ currentTarget: { value } }) => setReason(value)}
      />
      <div className={dialog.buttons}>
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button
          type="submit"
          loading={save.isPending}
          disabled={!valid || reason.trim() === '' || limitMicros === before}
        >
          Set
        </Button>
      </div>
    </form>
  );
}

/** Another name for a campaign, or its end. */
function CampaignForm(props: { id: string; name: string; closed: boolean; onClose: () => void }) {
  const { id, closed, onClose } = props;
  const [name, setName] = useState(props.name);
  const change = useChange('enrichment.changeCampaign', {
    stale: ['enrichment.budgets'],
    onDone: () => {
      onClose();
      say.done(`${name.trim()} changed`);
    },
  });
  return (
    <form
      className={`${dialog.form} ${styles.changes}`}
      onSubmit={(event) => {
        event.preventDefault();
        change.mutate({ id, name: name.trim() });
      }}
    >
      <TextInput
        label="Name of the campaign"
        maxLength={120}
        value={name}
        onChange={({ currentTarget: { value } }) => setName(value)}
      />
      <div className={dialog.buttons}>
        <Button variant="default" onClick={() => change.mutate({ id, closed: !closed })}>
          {closed ? 'Open again' : 'Close: no new runs'}
        </Button>
        <Button
          type="submit"
          loading={change.isPending}
          disabled={name.trim() === '' || name.trim() === props.name}
        >
          Rename
        </Button>
      </div>
    </form>
  );
}

const amount = (micros: number | null): string => (micros === null ? 'no limit' : dollars(micros));

function Changes({ which }: { which: Which }) {
  const changes = useAnswer('enrichment.budgetChanges', which);
  return (
    <section aria-label="Changes" className={styles.changes}>
      <h3>Changes</h3>
      {changes.isPending && <BoneRows rows={2} />}
      {changes.isError && (
        <Failed what="The changes" error={changes.error} onRetry={() => void changes.refetch()} />
      )}
      {changes.isSuccess && changes.data.items.length === 0 && (
        <p className="dim">Nobody has changed it yet.</p>
      )}
      {changes.isSuccess && (
        <ol>
          {changes.data.items.map((change) => (
            <li key={change.at}>
              <span className="num">
                {amount(change.fromMicros)} → {amount(change.toMicros)}
              </span>{' '}
              {change.reason}{' '}
              <span className="dim">
                {change.by}, <When at={change.at} />
              </span>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}
