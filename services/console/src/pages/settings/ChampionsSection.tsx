import { Button, NumberInput, Switch, Textarea } from '@mantine/core';
import { useState } from 'react';

import { useAnswer, useChange, useMay } from '../../api/hooks.ts';
import type { QueryOutput } from '../../api/procedures.ts';
import { say } from '../../ui/notify.tsx';
import { Bone, Failed } from '../../ui/States.tsx';
import { When } from '../../ui/When.tsx';
import { ChampionChecks } from './ChampionChecks.tsx';
import { SectionHead } from './SectionHead.tsx';
import styles from './settings.module.css';

/** Why, and for how long, it is watched whether the people who speak for us are still where they were. */
export function ChampionsSection() {
  const policy = useAnswer('champions.policy', {});
  return (
    <>
      <SectionHead
        title="Champions"
        note="People who speak for you at their companies. Nobody is watched until it is recorded why that is in your legitimate interest."
      />
      {policy.isPending && <Bone height={240} />}
      {policy.isError && (
        <Failed what="The policy" error={policy.error} onRetry={() => void policy.refetch()} />
      )}
      {policy.isSuccess && (
        <div className={styles.part}>
          <PolicyForm key={policy.data.policy?.recordedAt ?? 'new'} data={policy.data} />
        </div>
      )}
      {policy.data?.policy?.active === true && <ChampionChecks />}
    </>
  );
}

function PolicyForm({ data }: { data: QueryOutput<'champions.policy'> }) {
  const may = useMay();
  const editable = may('icp.edit');
  const { policy } = data;
  const [active, setActive] = useState(policy?.active ?? true);
  const save = useChange('champions.savePolicy', {
    stale: ['champions.policy', 'champions.checks', 'champions.departures', 'accounts.get'],
    onDone: (_, sent) => say.done(sent.active ? 'Recorded: champions are watched' : 'Watching stopped'),
  });
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        const form = new FormData(event.currentTarget);
        save.mutate({
          note: String(form.get('note')),
          retentionMonths: Number(form.get('retentionMonths')),
          active,
        });
      }}
    >
      <p className="dim">
        {policy === null
          ? 'Off: nothing is recorded yet.'
          : `${policy.active ? `${data.watched} watched` : 'Stopped'}, ${data.open} to confirm. Recorded by ${policy.recordedBy} `}
        {policy && <When at={policy.recordedAt} />}
      </p>
      <Textarea
        label="Legitimate interest"
        description="Whose interest it is, why watching is needed for it, and what protects the person."
        name="note"
        defaultValue={policy?.note ?? ''}
        minRows={5}
        autosize
        required
        minLength={20}
        maxLength={4000}
        disabled={!editable}
      />
      <NumberInput
        label="Kept for (months)"
        description="Marks and what was said of a departure are deleted afterwards."
        name="retentionMonths"
        defaultValue={policy?.retentionMonths ?? 12}
        min={1}
        max={24}
        allowDecimal={false}
        disabled={!editable}
      />
      <Switch
        label="Watch champions"
        description="Contacts of won deals and whoever answers again and again are marked by rule; others by hand at the person. An objection ends it for good."
        checked={active}
        onChange={(event) => setActive(event.currentTarget.checked)}
        disabled={!editable}
      />
      {editable ? (
        <div>
          <Button type="submit" loading={save.isPending}>
            Record
          </Button>
        </div>
      ) : (
        <p className="dim">RevOps or an admin can record it.</p>
      )}
    </form>
  );
}
