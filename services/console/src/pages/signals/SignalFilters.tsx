import { Select } from '@mantine/core';
import { SIGNAL_KINDS } from '@penstock/signals/model/signal-kind';

import { useAnswer, useMay } from '../../api/hooks.ts';
import type { SignalKind } from '../../api/procedures.ts';
import type { signalsSearch } from '../../app/search-params.ts';
import { usePhone } from '../../ui/phone.ts';
import { COUNTRIES, segmentValue, SIZES } from './signal-segments.ts';

type Search = ReturnType<typeof signalsSearch>;

// Safe: the record has every kind as a key.
const KINDS = (Object.keys(SIGNAL_KINDS) as SignalKind[]).map((value) => ({
  value,
  label: SIGNAL_KINDS[value].label,
}));
const STRENGTHS = [
  { value: '0.5', label: 'Strong and medium' },
  { value: '0.7', label: 'Strong only' },
];

/** Which signals of the feed are shown; every choice stands in the address. */
export function SignalFilters({ search, onSearch }: { search: Search; onSearch: (search: Search) => void }) {
  const may = useMay();
  // Two rows of choices are enough of a phone.
  const narrow = usePhone();
  const members = useAnswer('settings.members', {}, { enabled: may('settings.read') });
  const lists = useAnswer('lists.list', {});
  return (
    <>
      <Select
        aria-label="Kind"
        placeholder="Any kind"
        clearable
        data={KINDS}
        value={search.kind ?? null}
        onChange={(kind) => onSearch({ ...search, kind: KINDS.find(({ value }) => value === kind)?.value })}
        w={narrow ? 124 : 160}
      />
      <Select
        aria-label="Strength"
        placeholder="Any strength"
        clearable
        data={STRENGTHS}
        value={search.min ?? null}
        onChange={(min) => onSearch({ ...search, min: min ?? undefined })}
        w={narrow ? 124 : 150}
      />
      {search.view !== 'mine' && (
        <Select
          aria-label="Owner"
          placeholder="Any owner"
          clearable
          searchable
          data={(members.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))}
          value={search.owner ?? null}
          onChange={(owner) => onSearch({ ...search, owner: owner ?? undefined })}
          w={140}
        />
      )}
      <Select
        aria-label="Segment"
        placeholder="Any segment"
        clearable
        searchable
        data={[
          { group: 'Size', items: SIZES },
          {
            group: 'Lists',
            items: (lists.data?.items ?? []).map(({ id, name }) => ({
              value: segmentValue('list', id),
              label: name,
            })),
          },
          { group: 'Country', items: COUNTRIES },
        ].filter(({ items }) => items.length > 0)}
        value={search.segment ?? null}
        onChange={(segment) => onSearch({ ...search, segment: segment ?? undefined })}
        w={170}
      />
    </>
  );
}
