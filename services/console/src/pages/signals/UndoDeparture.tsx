import { Button, Modal } from '@mantine/core';
import { useState } from 'react';

import { useChange, useMay } from '../../api/hooks.ts';
import type { SignalDetail } from '../../api/records.ts';
import dialog from '../../dialogs/dialogs.module.css';
import { say } from '../../ui/notify.tsx';
import { Section } from '../../ui/Section.tsx';
import { Tag } from '../../ui/Tag.tsx';
import { When } from '../../ui/When.tsx';

/** The way back from a departure that was believed by mistake, or who went it. */
export function UndoDeparture({ departure }: { departure: NonNullable<SignalDetail['departure']> }) {
  const may = useMay();
  const [asking, setAsking] = useState(false);
  const undo = useChange('champions.undoDeparture', {
    stale: ['signals.get', 'signals.list', 'accounts.timeline', 'deals.get', 'scores.explain', 'queue.list'],
    onDone: () => say.done(`${departure.person.name} is at ${departure.from.name} as before`),
  });
  const { undone } = departure;
  if (undone !== null)
    return (
      <Section title="Taken back">
        <p>
          <Tag shape="ring">It was not so</Tag> <span className="dim">said by {undone.by}</span>{' '}
          <When at={undone.at} className="faint" />
        </p>
      </Section>
    );
  if (!may('account.write')) return null;
  return (
    <Section title="Was it a mistake?">
      <Button variant="default" loading={undo.isPending} onClick={() => setAsking(true)}>
        Take it back
      </Button>
      {asking && (
        <Modal
          opened
          onClose={() => setAsking(false)}
          title={
            <strong>
              {departure.person.name} has not left {departure.from.name}?
            </strong>
          }
          size="sm"
        >
          <div className={dialog.form}>
            <p className="dim">
              Their address may be used again, the risk no longer weighs on open deals
              {departure.to && `, and the opportunity at ${departure.to.name} goes`}. The signals stay in the
              history as taken back. It takes somebody new to say so before it is believed again.
            </p>
            <div className={dialog.buttons}>
              <Button variant="default" onClick={() => setAsking(false)} data-autofocus>
                Leave it
              </Button>
              <Button
                loading={undo.isPending}
                onClick={() => undo.mutate({ id: departure.id }, { onSettled: () => setAsking(false) })}
              >
                Take the departure back
              </Button>
            </div>
          </div>
        </Modal>
      )}
    </Section>
  );
}
