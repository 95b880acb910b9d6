import { Button, Modal, NumberInput, Switch } from '@mantine/core';
import { useState, type FormEvent } from 'react';

import { useChange, useMay } from '../../api/hooks.ts';
import dialog from '../../dialogs/dialogs.module.css';
import { spend } from '../../format/money.ts';
import { say } from '../../ui/notify.tsx';
import type { PaidSource } from './PaidSignalsSection.tsx';

type Props = { source: PaidSource; open: boolean; onOpen: (open: boolean) => void };

/** Switched on or off, how often, and for how much. */
export function PaidSourceForm({ source, open, onOpen }: Props) {
  const editable = useMay()('icp.edit');
  if (!editable) return null;
  return (
    <>
      <Button
        variant="default"
        size="compact-sm"
        onClick={() => onOpen(true)}
        aria-label={`Change ${source.name}`}
      >
        Change
      </Button>
      {open && <Dialog source={source} onClose={() => onOpen(false)} />}
    </>
  );
}

function Dialog({ source, onClose }: { source: PaidSource; onClose: () => void }) {
  const [active, setActive] = useState(source.active || source.watched === 0);
  const save = useChange('sources.setPaid', {
    stale: ['sources.paid', 'sources.list'],
    onDone: (_, sent) => {
      onClose();
      say.done(sent.active ? `${source.name} is on` : `${source.name} is off`);
    },
  });
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    save.mutate({
      source: source.source,
      active,
      everyDays: Number(form.get('everyDays')),
      budgetMicros: Math.round(Number(form.get('budget')) * 1_000_000),
    });
  };
  return (
    <Modal opened onClose={onClose} title={<strong>{source.name}</strong>} size="md">
      <form onSubmit={onSubmit} className={dialog.form}>
        <Switch
          label="Ask about our accounts"
          description="What was there before it is switched on is no news, and is not asked for."
          checked={active}
          onChange={(event) => setActive(event.currentTarget.checked)}
        />
        <NumberInput
          label="Each account every (days)"
          name="everyDays"
          defaultValue={source.everyDays}
          min={1}
          max={365}
          allowDecimal={false}
          required
        />
        <NumberInput
          label="Budget a month (US$)"
          description={`Besides the workspace’s own. A question costs ${spend(source.priceMicros)} at most.`}
          name="budget"
          defaultValue={source.budgetMicros / 1_000_000}
          min={0}
          max={1_000_000}
          decimalScale={2}
          required
        />
        <div className={dialog.buttons}>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={save.isPending}>
            Save
          </Button>
        </div>
      </form>
    </Modal>
  );
}
