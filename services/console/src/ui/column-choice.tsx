import { Button, Menu } from '@mantine/core';
import { IconCheck, IconColumns } from '@tabler/icons-react';
import { useState } from 'react';

import type { Column } from './DataTable.tsx';

/** Which columns of a table are hidden; kept on this machine. */
export function useHiddenColumns(table: string) {
  const key = `penstock.hidden-columns.${table}`;
  const [hidden, setHidden] = useState<Readonly<Record<string, boolean>>>(() => {
    const stored = window.localStorage.getItem(key);
    return Object.fromEntries(
      (stored ?? '')
        .split(',')
        .filter(Boolean)
        .map((id) => [id, true]),
    );
  });
  const toggle = (id: string) => {
    const next = { ...hidden, [id]: !hidden[id] };
    window.localStorage.setItem(
      key,
      Object.keys(next)
        .filter((column) => next[column])
        .join(','),
    );
    setHidden(next);
  };
  return { hidden, toggle };
}

export function ColumnChoice<Row>(props: {
  columns: readonly Column<Row>[];
  hidden: Readonly<Record<string, boolean>>;
  onToggle: (id: string) => void;
}) {
  return (
    <Menu closeOnItemClick={false} position="bottom-end" width={200}>
      <Menu.Target>
        <Button variant="default" leftSection={<IconColumns size={15} aria-hidden />}>
          Columns
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {props.columns.slice(1).map(({ id, label }) => (
          <Menu.Item
            key={id}
            role="menuitemcheckbox"
            aria-checked={!props.hidden[id]}
            onClick={() => props.onToggle(id)}
            rightSection={props.hidden[id] ? null : <IconCheck size={14} aria-hidden />}
          >
            {label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
