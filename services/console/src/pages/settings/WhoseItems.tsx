import { MultiSelect, TagsInput } from '@mantine/core';

import { useAnswer } from '../../api/hooks.ts';
import type { Queue } from './QueuesSection.tsx';

type Filter = Pick<Queue['filter'], 'owners' | 'teams' | 'countries'>;

/** For whom a queue is: people, teams, a territory by country; none of them: for everybody. */
export function WhoseItems(props: { filter: Filter; onChange: (change: Partial<Filter>) => void }) {
  const { filter, onChange } = props;
  const members = useAnswer('settings.members', {});
  const teams = useAnswer('settings.teams', {});
  return (
    <>
      <MultiSelect
        label="Owned by people"
        placeholder={filter.owners.length === 0 ? 'anybody' : ''}
        data={(members.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))}
        value={filter.owners}
        searchable
        onChange={(owners) => onChange({ owners })}
      />
      <MultiSelect
        label="Owned by teams"
        placeholder={filter.teams.length === 0 ? 'any' : ''}
        data={(teams.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))}
        value={filter.teams}
        onChange={(chosen) => onChange({ teams: chosen })}
      />
      <TagsInput
        label="Territory, countries"
        placeholder={filter.countries.length === 0 ? 'everywhere' : ''}
        value={filter.countries}
        acceptValueOnBlur
        onChange={(countries) =>
          onChange({ countries: countries.map((code) => code.trim().toUpperCase().slice(0, 2)) })
        }
      />
    </>
  );
}
