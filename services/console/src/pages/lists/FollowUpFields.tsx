import { NumberInput, Switch } from '@mantine/core';

import type { AccountList } from '../../api/records.ts';
import { minutesInWords } from '../../format/duration.ts';
import styles from './lists.module.css';

type FollowUp = AccountList['followUp'];
const WORKED = { capacity: 20, serviceLevelMinutes: 1_440 };
const within = (value: string | number, most: number): number =>
  Math.min(most, Math.max(1, Math.round(Number(value))));

/** What happens when an account enters. */
export function FollowUpFields(props: { followUp: FollowUp; onChange: (followUp: FollowUp) => void }) {
  const { queue } = props.followUp;
  const set = (change: Partial<FollowUp>) => props.onChange({ ...props.followUp, ...change });
  return (
    <fieldset className={styles.group}>
      <legend>When an account enters</legend>
      <Switch
        label="It is worked from a queue of this list"
        description="Whoever has no open item gets one, with the reason; it leaves with the account unless somebody has taken it up."
        checked={queue !== null}
        onChange={({ currentTarget: { checked } }) => set({ queue: checked ? WORKED : null })}
      />
      {queue && (
        <div className={styles.fields}>
          <NumberInput
            label="Items a day, each person"
            min={1}
            max={500}
            value={queue.capacity}
            onChange={(value) => set({ queue: { ...queue, capacity: within(value, 500) } })}
          />
          <NumberInput
            label="First touch within minutes"
            description={minutesInWords(queue.serviceLevelMinutes)}
            min={1}
            max={43_200}
            value={queue.serviceLevelMinutes}
            onChange={(value) => set({ queue: { ...queue, serviceLevelMinutes: within(value, 43_200) } })}
          />
        </div>
      )}
    </fieldset>
  );
}
