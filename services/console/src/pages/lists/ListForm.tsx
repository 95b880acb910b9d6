import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';

import { useAnswer, useChange } from '../../api/hooks.ts';
import type { MutationInput } from '../../api/procedures.ts';
import type { AccountList, ListFilter } from '../../api/records.ts';
import { say } from '../../ui/notify.tsx';
import page from '../../ui/page.module.css';
import { RecordHead } from '../../ui/RecordHead.tsx';
import { arePersonasWhole } from '../enrichment/PersonaFields.tsx';
import { lacksWords } from '../settings/icp-words.ts';
import { FollowUpFields } from './FollowUpFields.tsx';
import { FilterFields } from './FilterFields.tsx';
import { ListPreview } from './ListPreview.tsx';
import styles from './lists.module.css';

export type EditedList = Pick<AccountList, 'name' | 'about' | 'filter' | 'followUp'> & {
  ownerId: string | null;
};
const TYPING_MS = 350;

/** A list as it is made or changed; beside it, whom it would hold. */
export function ListForm(props: {
  title: string;
  id: string | null;
  list: EditedList;
  onBack: () => void;
  onSaved: (id: string) => void;
}) {
  const [list, setList] = useState(props.list);
  const [problem, setProblem] = useState<{ field: string; text: string } | null>(null);
  const members = useAnswer('settings.members', {});
  const set = (change: Partial<EditedList>) => {
    setProblem(null);
    setList({ ...list, ...change });
  };
  const save = useChange('lists.save', {
    stale: ['lists.list', 'lists.get', 'lists.members', 'lists.changes', 'queue.definitions'],
    onDone: ({ id }) => {
      say.done(`“${list.name.trim()}” refills by itself now`);
      props.onSaved(id);
    },
    onFailure: ({ message, issues }) => {
      const [first] = issues ?? [];
      if (!first) return false;
      setProblem({ field: first.field, text: message });
      return true;
    },
  });
  const [counted] = useDebouncedValue(list.filter, TYPING_MS);
  const whole = isWhole(list.filter);
  const body: MutationInput<'lists.save'> = { ...list, name: list.name.trim(), id: props.id };
  return (
    <div className={page.page}>
      <RecordHead
        title={props.title}
        note="Accounts enter as soon as they meet all of it, and leave when they do not any more."
        onBack={props.onBack}
      />
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate(body);
        }}
      >
        <div className={styles.fields}>
          <TextInput
            label="Name"
            required
            maxLength={80}
            value={list.name}
            error={problem?.field === 'name' && problem.text}
            onChange={({ currentTarget: { value } }) => set({ name: value })}
            data-autofocus
          />
          <NativeSelect
            label="Owner"
            value={list.ownerId ?? ''}
            data={[
              { value: '', label: 'Nobody' },
              ...(members.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name })),
            ]}
            onChange={({ currentTarget: { value } }) => set({ ownerId: value === '' ? null : value })}
          />
          <TextInput
            className={styles.wide ?? ''}
            label="What it is for"
            maxLength={300}
            value={list.about}
            onChange={({ currentTarget: { value } }) => set({ about: value })}
          />
        </div>
        <FilterFields filter={list.filter} onChange={(filter) => set({ filter })} />
        <FollowUpFields followUp={list.followUp} onChange={(followUp) => set({ followUp })} />
        {problem !== null && problem.field !== 'name' && (
          <p role="alert" className={styles.problem}>
            {problem.text}
          </p>
        )}
        <div className={styles.buttons}>
          <Button variant="default" onClick={props.onBack}>
            Cancel
          </Button>
          <Button
            type="submit"
            loading={save.isPending}
            disabled={!whole || list.name.trim() === '' || !isPaid(list.followUp)}
          >
            {props.id === null ? 'Make the list' : 'Save'}
          </Button>
        </div>
        <ListPreview
          filter={counted}
          id={props.id}
          whole={isWhole(counted)}
          worked={list.followUp.queue !== null}
        />
      </form>
    </div>
  );
}

/** Whether what costs money says how much, and for whom. */
const isPaid = ({ people, enrich, budgetMicros }: AccountList['followUp']): boolean =>
  (people === null && !enrich) ||
  (budgetMicros !== null && (people === null || arePersonasWhole(people.personas)));

/** Whether every criterion says what it wants, and something is asked for. */
const isWhole = (filter: ListFilter): boolean =>
  !filter.criteria.some(lacksWords) &&
  (filter.criteria.length > 0 ||
    filter.files.length > 0 ||
    filter.kinds.length > 0 ||
    filter.countries.length > 0 ||
    filter.owners.length > 0 ||
    filter.teams.length > 0 ||
    filter.deals !== 'any' ||
    [filter.newWithinDays, filter.minFit, filter.minSignal, filter.minRisk].some((value) => value !== null));
