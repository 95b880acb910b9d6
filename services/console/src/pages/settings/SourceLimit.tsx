import { Button, Modal, NumberInput } from '@mantine/core';
import { useState } from 'react';

import { useChange } from '../../api/hooks.ts';
import dialog from '../../dialogs/dialogs.module.css';
import { say } from '../../ui/notify.tsx';

type Limited = {
  source: string;
  name: string;
  today: { mostRequests: number | null; mostMicros: number | null };
};

const MICROS = 1_000_000;
const numberOf = (typed: string | number): number | null => (typed === '' ? null : Number(typed));

/** How often a source may be asked on a day, and what that may cost. */
export function SourceLimit({ of, onClose }: { of: Limited; onClose: () => void }) {
  const [requests, setRequests] = useState<string | number>(of.today.mostRequests ?? '');
  const [dollars, setDollars] = useState<string | number>(
    of.today.mostMicros === null ? '' : of.today.mostMicros / MICROS,
  );
  const save = useChange('sources.limit', {
    stale: ['sources.list'],
    onDone: () => {
      onClose();
      say.done(`Limit of ${of.name} set`);
    },
  });
  return (
    <Modal opened onClose={onClose} title={<strong>Limit of the day: {of.name}</strong>} size="sm">
      <form
        className={dialog.form}
        onSubmit={(event) => {
          event.preventDefault();
          const micros = numberOf(dollars);
          save.mutate({
            source: of.source,
            mostRequests: numberOf(requests),
            mostMicros: micros === null ? null : Math.round(micros * MICROS),
          });
        }}
      >
        <NumberInput
          label="Requests a day"
          description="Nothing more is asked once they are used; it goes on at midnight UTC. Empty: as many as are needed."
          min={1}
          max={10_000_000}
          allowDecimal={false}
          thousandSeparator=","
          value={requests}
          onChange={setRequests}
          data-autofocus
        />
        <NumberInput
          label="Dollars a day"
          description="For sources that are paid by the request. Empty: no limit here."
          min={0.01}
          max={1_000_000}
          decimalScale={2}
          prefix="$"
          value={dollars}
          onChange={setDollars}
        />
        <div className={dialog.buttons}>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={save.isPending}>
            Set limit
          </Button>
        </div>
      </form>
    </Modal>
  );
}
