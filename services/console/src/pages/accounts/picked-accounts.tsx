import { Button, Checkbox } from '@mantine/core';
import { IconUserSearch } from '@tabler/icons-react';

import type { AccountRow } from '../../api/records.ts';
import { plural } from '../../format/words.ts';
import type { Column } from '../../ui/DataTable.tsx';
import type { ChosenAccounts } from '../enrichment/AccountsChoice.tsx';
import styles from './accounts.module.css';

export type Picking = { picked: ReadonlySet<string>; pick: (id: string) => void };

export const pickColumn = ({ picked, pick }: Picking): Column<AccountRow> => ({
  id: 'pick',
  label: 'Pick',
  track: '60px',
  cell: ({ id, name }) => (
    <Checkbox size="xs" aria-label={`Pick ${name}`} checked={picked.has(id)} onChange={() => pick(id)} />
  ),
});

/** What is done with the accounts that are picked, or with all that the view shows. */
export function PickedBar(props: {
  picked: ReadonlySet<string>;
  /** What is searched for; empty for all. */
  view: string;
  onAll: (all: boolean) => void;
  onFind: (accounts: ChosenAccounts) => void;
}) {
  const { picked, view, onAll, onFind } = props;
  const ids = [...picked];
  const found: ChosenAccounts =
    ids.length > 0
      ? { accounts: { kind: 'ids', ids }, name: plural(ids.length, 'picked account') }
      : { accounts: { kind: 'view', search: view }, name: view ? `accounts “${view}”` : 'all accounts' };
  return (
    <div className={styles.picked} role="group" aria-label="Picked accounts">
      <span className="dim" aria-live="polite">
        {ids.length > 0 ? `${plural(ids.length, 'account')} picked` : 'None picked'}
      </span>
      {ids.length > 0 ? (
        <Button variant="subtle" size="compact-sm" onClick={() => onAll(false)}>
          Clear
        </Button>
      ) : (
        <Button variant="subtle" size="compact-sm" onClick={() => onAll(true)}>
          Pick the loaded ones
        </Button>
      )}
      <Button
        variant="default"
        size="compact-sm"
        leftSection={<IconUserSearch size={14} aria-hidden />}
        onClick={() => onFind(found)}
      >
        {ids.length > 0 ? 'Find their people' : 'Find people of all in this view'}
      </Button>
    </div>
  );
}
