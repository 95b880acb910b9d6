import { Button, NativeSelect, NumberInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';

import { useAnswer, useChange, useMay } from '../../api/hooks.ts';
import { plural } from '../../format/words.ts';
import { say } from '../../ui/notify.tsx';
import { BoneRows } from '../../ui/States.tsx';
import { Forecast } from './Forecast.tsx';
import styles from '../../intake/intake.module.css';

/** People of a trial. */
const TRIED = 20;

/** A list that was brought in: what enriching it would cost and reach, and the run. */
export function EnrichList({ importId, onBack }: { importId: string; onBack: () => void }) {
  const navigate = useNavigate();
  const imports = useAnswer('enrichment.imports', {});
  const may = useMay();
  const waterfall = useAnswer('enrichment.waterfall', {}, { enabled: may('settings.read') });
  const [dollars, setDollars] = useState<string | number>('');
  const [byDraft, setByDraft] = useState(false);
  const draft = waterfall.data?.versions.find(({ state }) => state === 'draft');
  const published = waterfall.data?.versions.find(({ state }) => state === 'published');
  const version = byDraft ? draft : undefined;
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
      <h3 className={styles.under}>What enriching them would cost and reach</h3>
      {draft && published && (
        <NativeSelect
          className={styles.version ?? ''}
          label="By which waterfall"
          value={byDraft ? 'draft' : 'published'}
          data={[
            { value: 'published', label: `Version ${published.number}, published` },
            { value: 'draft', label: `Version ${draft.number}, the draft, beside it` },
          ]}
          onChange={({ currentTarget: { value } }) => setByDraft(value === 'draft')}
        />
      )}
      <Forecast
        input={{
          importId,
          ...(version && { versionId: version.versionId, against: published?.versionId ?? null }),
        }}
        budgetMicros={budgetMicros}
      />
      <div className={styles.buttons}>
        <NumberInput
          label="Budget, dollars"
          description="The run pauses before it would spend more. Empty: only the budgets that it shares and the ceiling of each person hold."
          min={0.01}
          decimalScale={2}
          value={dollars}
          onChange={setDollars}
        />
        {list.people > TRIED && (
          <Button
            variant="default"
            loading={start.isPending}
            onClick={() =>
              start.mutate({
                name: `Trial of ${list.name}`.slice(0, 120),
                people: { kind: 'drawn', field: 'work_email', limit: TRIED, importId },
                versionId: version?.versionId ?? null,
                budgetMicros,
              })
            }
          >
            Try on {TRIED} of them
          </Button>
        )}
        <Button
          loading={start.isPending}
          onClick={() =>
            start.mutate({
              name: list.name,
              people: { kind: 'import', importId },
              versionId: version?.versionId ?? null,
              budgetMicros,
            })
          }
        >
          Enrich {plural(list.people, 'person', 'people')}
        </Button>
      </div>
    </section>
  );
}
