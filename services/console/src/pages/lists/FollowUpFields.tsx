import { NativeSelect, NumberInput, Switch } from '@mantine/core';

import { useAnswer, useMay } from '../../api/hooks.ts';
import type { AccountList } from '../../api/records.ts';
import { minutesInWords } from '../../format/duration.ts';
import { FIRST_PERSONA, PersonaFields } from '../enrichment/PersonaFields.tsx';
import styles from './lists.module.css';

type FollowUp = AccountList['followUp'];
type Props = { followUp: FollowUp; onChange: (followUp: FollowUp) => void };
const WORKED = { capacity: 20, serviceLevelMinutes: 1_440 };
const MICROS = 1_000_000;
const within = (value: string | number, most: number): number =>
  Math.min(most, Math.max(1, Math.round(Number(value))));

/** What happens when an account enters. */
export function FollowUpFields(props: Props) {
  const { queue } = props.followUp;
  const maySpend = useMay()('enrichment.run');
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
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            min={1}
            max={43_200}
            value={queue.serviceLevelMinutes}
            onChange={(value) => set({ queue: { ...queue, serviceLevelMinutes: within(value, 43_200) } })}
          />
        </div>
      )}
      {maySpend && <Spending {...props} />}
    </fieldset>
  );
}

/** Searching and enriching by itself, within a budget over all who ever enter. */
function Spending({ followUp, onChange }: Props) {
  const { people, enrich, budgetMicros } = followUp;
  const set = (change: Partial<FollowUp>) => onChange({ ...followUp, ...change });
  const providers = useAnswer('enrichment.providers', {});
  const offered = (providers.data?.items ?? []).filter(
    ({ keys, capabilities }) => keys.length > 0 && capabilities.some(({ kind }) => kind === 'search_people'),
  );
  return (
    <>
      <Switch
        label="People are searched for there"
        description="At accepted accounts, by personas; the same is not paid for twice within a month."
        checked={people !== null}
        disabled={offered.length === 0 && people === null}
        onChange={({ currentTarget: { checked } }) =>
          set({ people: checked ? { provider: offered[0]?.id ?? '', personas: [FIRST_PERSONA] } : null })
        }
      />
      {people && (
        <>
          <NativeSelect
            label="Provider"
            data={offered.map(({ id, name }) => ({ value: id, label: name }))}
            value={people.provider}
            onChange={({ currentTarget: { value } }) => set({ people: { ...people, provider: value } })}
          />
          <PersonaFields
            personas={people.personas}
            onChange={(personas) => set({ people: { ...people, personas } })}
          />
        </>
      )}
      <Switch
        label="Its people are enriched with the published waterfall"
        description="Those who are known there and have no usable address, and those who are found."
        checked={enrich}
        onChange={({ currentTarget: { checked } }) => set({ enrich: checked })}
      />
      {(people !== null || enrich) && (
        <NumberInput
          label="All of it at most, dollars"
          description="Over all who ever enter, those who are in it at the beginning too."
          required
          min={0.01}
          decimalScale={2}
          value={budgetMicros === null ? '' : budgetMicros / MICROS}
          onChange={(value) =>
            set({ budgetMicros: Number(value) > 0 ? Math.round(Number(value) * MICROS) : null })
          }
        />
      )}
    </>
  );
}
