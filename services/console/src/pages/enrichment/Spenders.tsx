import { NativeSelect } from '@mantine/core';

import { useAnswer } from '../../api/hooks.ts';
import styles from '../../dialogs/dialogs.module.css';

type Chosen = { team: string; campaign: string };

/** Whose budgets a run shares, where there are teams or campaigns; fields `team` and `campaign` of the form. */
export function Spenders({ value, onChange }: { value: Chosen; onChange: (value: Chosen) => void }) {
  const budgets = useAnswer('enrichment.budgets', {});
  const teams = budgets.data?.teams ?? [];
  const campaigns = (budgets.data?.campaigns ?? []).filter(({ closed }) => !closed);
  if (teams.length + campaigns.length === 0) return null;
  const named = ({ id, name }: { id: string; name: string }) => ({ value: id, label: name });
  return (
    <div className={styles.pair}>
      <NativeSelect
        label="Whose monthly budget pays too"
        name="team"
        data={[{ value: '', label: 'My team’s' }, ...teams.map(named), { value: 'none', label: 'No team’s' }]}
        value={value.team}
        onChange={({ currentTarget }) => onChange({ ...value, team: currentTarget.value })}
      />
      <NativeSelect
        label="Campaign"
        name="campaign"
        data={[{ value: '', label: 'None' }, ...campaigns.map(named)]}
        value={value.campaign}
        onChange={({ currentTarget }) => onChange({ ...value, campaign: currentTarget.value })}
      />
    </div>
  );
}
