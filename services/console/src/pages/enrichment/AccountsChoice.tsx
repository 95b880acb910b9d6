import { NativeSelect, NumberInput } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';

import { useAnswer } from '../../api/hooks.ts';
import type { QueryInput } from '../../api/procedures.ts';
import { plural } from '../../format/words.ts';
import dialog from '../../dialogs/dialogs.module.css';

/** Accounts at which people are searched for, and what they are called. */
export type ChosenAccounts = { accounts: QueryInput<'enrichment.forecastSearch'>['accounts']; name: string };

const SOURCES = [
  { value: 'list', label: 'A list of accounts' },
  { value: 'fit', label: 'Accounts that fit the profile' },
  { value: 'file', label: 'A file of target accounts' },
  { value: 'view', label: 'All accounts' },
] as const;
type Source = (typeof SOURCES)[number]['value'];
export const ALL_ACCOUNTS: ChosenAccounts = { accounts: { kind: 'view', search: '' }, name: 'all accounts' };
const GOOD_FIT = 70;
const fitting = (minFit: number): ChosenAccounts => ({
  accounts: { kind: 'fit', minFit },
  name: `accounts that fit ${minFit} or more`,
});

/** From where accounts are taken. */
export function AccountsChoice(props: {
  chosen: ChosenAccounts | null;
  onChange: (chosen: ChosenAccounts | null) => void;
}) {
  const { chosen, onChange } = props;
  const [source, setSource] = useState<Source>('list');
  const lists = useAnswer('lists.list', {}, { enabled: source === 'list' });
  const files = useAnswer('lists.files', {}, { enabled: source === 'file' });
  const turn = (next: Source) => {
    setSource(next);
    onChange(next === 'view' ? ALL_ACCOUNTS : next === 'fit' ? fitting(GOOD_FIT) : null);
  };
  return (
    <div className={dialog.pair}>
      <NativeSelect
        label="At which accounts"
        value={source}
        data={[...SOURCES]}
        onChange={({ currentTarget: { value } }) =>
          turn(SOURCES.find((one) => one.value === value)?.value ?? 'list')
        }
      />
      {source === 'list' && (
        <OneOf
          label="List"
          nothing="No list of accounts yet."
          link={<Link to="/lists">Make one</Link>}
          items={lists.data?.items.map(({ id, name, members }) => ({ id, name, accounts: members }))}
          chosenId={chosen?.accounts.kind === 'list' ? chosen.accounts.listId : ''}
          onChoose={({ id, name }) => onChange({ accounts: { kind: 'list', listId: id }, name })}
        />
      )}
      {source === 'file' && (
        <OneOf
          label="File"
          nothing="No file of target accounts yet."
          link={<Link to="/lists/files">Bring one in</Link>}
          items={files.data?.items}
          chosenId={chosen?.accounts.kind === 'file' ? chosen.accounts.fileId : ''}
          onChoose={({ id, name }) => onChange({ accounts: { kind: 'file', fileId: id }, name })}
        />
      )}
      {source === 'fit' && (
        <NumberInput
          label="Fit as scored last, at least"
          min={0}
          max={100}
          allowDecimal={false}
          value={chosen?.accounts.kind === 'fit' ? chosen.accounts.minFit : GOOD_FIT}
          onChange={(fit) => onChange(fitting(Number(fit)))}
        />
      )}
    </div>
  );
}

type Item = { id: string; name: string; accounts: number };

function OneOf(props: {
  label: string;
  nothing: string;
  link: ReactNode;
  items: readonly Item[] | undefined;
  chosenId: string;
  onChoose: (item: Item) => void;
}) {
  const { label, items, chosenId, onChoose } = props;
  if (items?.length === 0)
    return (
      <p className="dim">
        {props.nothing} {props.link}
      </p>
    );
  return (
    <NativeSelect
      label={label}
      value={chosenId}
      disabled={items === undefined}
      data={[
        { value: '', label: 'Choose' },
        ...(items ?? []).map(({ id, name, accounts }) => ({
          value: id,
          label: `${name}: ${plural(accounts, 'account')}`,
        })),
      ]}
      onChange={({ currentTarget: { value } }) => {
        const item = items?.find(({ id }) => id === value);
        if (item) onChoose(item);
      }}
    />
  );
}
