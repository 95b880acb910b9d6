import { Button, NumberInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';

import { useAnswer, useChange } from '../../api/hooks.ts';
import { plural } from '../../format/words.ts';
import { say } from '../../ui/notify.tsx';
import { BoneRows } from '../../ui/States.tsx';
import { Forecast } from './Forecast.tsx';
import styles from '../../intake/intake.module.css';

/** A list that was brought in: what enriching it would cost and reach, and the run. */
export function EnrichList({ importId, onBack }: { importId: string; onBack: () => void }) {
  const navigate = useNavigate();
  const imports = useAnswer('enrichment.imports', {});
  const [dollars, setDollars] = useState<string | number>('');
  const list = imports.data?.items.find(({ id }) => id === importId);
  const budgetMicros = Number(dollars) > 0 ? Math.round(Number(dollars) * 1_000_000) : null;
  const start = useChange('enrichment.startListRun', {
    stale: ['enrichment.listRuns'],
    onDone: ({ id, records }) => {
      say.done(`Started over ${plural(records, 'person', 'people')}`);
      void navigate({ to: '/enrichment/$runId', params: { runId: id } });
    },
  });
  if (imports.isPending) return <BoneRows rows={6} />;
  if (!list)
    return (
      <p className="dim">
        There is no such list.{' '}
        <Button variant="subtle" size="compact-sm" onClick={onBack}>
          All lists
        </Button>
      </p>
    );
  return (
    <section aria-label={list.name}>
      <div className={styles.listHead}>
        <h2>{list.name}</h2>
        <Button variant="default" onClick={onBack}>
          All lists
        </Button>
      </div>
      <p className="dim">
        {plural(list.people, 'person', 'people')}: {list.created.toLocaleString('en-US')} new,{' '}
        {list.known.toLocaleString('en-US')} known before
        {list.refused + list.duplicates > 0 && `, ${plural(list.refused + list.duplicates, 'row')} left out`}.
        Nobody was asked by bringing them in.
      </p>
      <h3>What enriching them would cost and reach</h3>
      <Forecast input={{ importId }} budgetMicros={budgetMicros} />
      <div className={styles.buttons}>
        <NumberInput
          label="Budget, dollars"
          description="The run pauses before it would spend more. Empty: only the budgets that it shares and the ceiling of each person hold."
          min={0.01}
          decimalScale={2}
          value={dollars}
          onChange={setDollars}
        />
        <Button
          loading={start.isPending}
          onClick={() =>
            start.mutate({ name: list.name, people: { kind: 'import', importId }, budgetMicros })
          }
        >
          Enrich {plural(list.people, 'person', 'people')}
        </Button>
      </div>
    </section>
  );
}
