import { Button, Modal, NumberInput, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState, type FormEvent } from 'react';

import { useChange } from '../../api/hooks.ts';
import dialog from '../../dialogs/dialogs.module.css';
import { plural } from '../../format/words.ts';
import { say } from '../../ui/notify.tsx';
import styles from './waterfall.module.css';

/** What a publication changes, in words, and why: kept with the version. Also for an earlier version published again. */
export function PublishDialog(props: {
  title: string;
  versionId: string;
  changes: readonly string[];
  note: string;
  onClose: () => void;
}) {
  const publish = useChange('enrichment.publishWaterfall', {
    stale: ['enrichment.waterfall'],
    onDone: () => (say.done('Published. Runs that have begun keep their version.'), props.onClose()),
  });
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const note = String(new FormData(event.currentTarget).get('note')).trim();
    publish.mutate({ versionId: props.versionId, note });
  };
  return (
    <Modal opened onClose={props.onClose} title={<strong>{props.title}</strong>} size="md">
      <form onSubmit={onSubmit} className={dialog.form}>
        {props.changes.length === 0 ? (
          <p>It says the same as what is published.</p>
        ) : (
          <ul className={styles.changes}>
            {props.changes.map((change) => (
              <li key={change}>{change}</li>
            ))}
          </ul>
        )}
        <p className="dim">
          From now on new leads and new runs ask by it. No provider is asked by publishing.
        </p>
        <TextInput
          label="What changed, and why"
          name="note"
          required
          maxLength={300}
          defaultValue={props.note}
          data-autofocus
        />
        <div className={dialog.buttons}>
          <Button variant="default" onClick={props.onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={publish.isPending}>
            Publish
          </Button>
        </div>
      </form>
    </Modal>
  );
}

const TRIED = 20;

/** A real run of a few people under a version that is not published, with a budget of its own. */
export function TrialDialog(props: {
  versionId: string;
  number: number;
  ceilingMicros: number;
  onClose: () => void;
}) {
  const navigate = useNavigate();
  const most = (props.ceilingMicros * TRIED) / 1_000_000;
  const [dollars, setDollars] = useState<string | number>(Math.min(most, 10));
  const start = useChange('enrichment.startListRun', {
    stale: ['enrichment.listRuns', 'enrichment.waterfall'],
    onDone: ({ id, records }) => {
      say.done(`Trial started over ${plural(records, 'person', 'people')}`);
      void navigate({ to: '/enrichment/$runId', params: { runId: id } });
    },
  });
  return (
    <Modal opened onClose={props.onClose} title={<strong>Try the draft on {TRIED} people</strong>} size="md">
      <div className={dialog.form}>
        <p>
          {TRIED} people who lack a usable work e-mail, drawn at random, are really asked for, by the draft
          alone. What is found is kept; others are asked by the published version as before.
        </p>
        <NumberInput
          label="Budget, dollars"
          description={`At most $${most.toFixed(2)} by the ceiling per record. The run pauses before it would spend more than the budget.`}
          min={0.01}
          max={10_000}
          decimalScale={2}
          value={dollars}
          onChange={setDollars}
          data-autofocus
        />
        <div className={dialog.buttons}>
          <Button variant="default" onClick={props.onClose}>
            Cancel
          </Button>
          <Button
            loading={start.isPending}
            disabled={!(Number(dollars) > 0)}
            onClick={() =>
              start.mutate({
                name: `Trial of version ${props.number}`,
                people: { kind: 'drawn', field: 'work_email', limit: TRIED },
                versionId: props.versionId,
                budgetMicros: Math.round(Number(dollars) * 1_000_000),
              })
            }
          >
            Start the trial
          </Button>
        </div>
      </div>
    </Modal>
  );
}
