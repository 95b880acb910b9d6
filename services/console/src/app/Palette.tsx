import { Modal } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';

import { KeyHint } from '../ui/KeyHint.tsx';
import { usePaletteEntries, type Entry } from './palette-entries.ts';
import styles from './palette.module.css';

/** Find any page, account or deal, or do what this page can do. */
export function Palette({ onClose, onKeys }: { onClose: () => void; onKeys: () => void }) {
  const [typed, setTyped] = useState('');
  const [settled] = useDebouncedValue(typed, 120);
  const [index, setIndex] = useState(0);
  const { entries, searching } = usePaletteEntries(settled, onKeys);
  const chosen = Math.min(index, entries.length - 1);
  const choose = (entry: Entry | undefined) => {
    if (!entry) return;
    onClose();
    // After the palette is gone, so that what opens next can take the focus.
    setTimeout(entry.run, 0);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown') setIndex((chosen + 1) % Math.max(entries.length, 1));
    else if (event.key === 'ArrowUp') setIndex((chosen - 1 + entries.length) % Math.max(entries.length, 1));
    else if (event.key === 'Enter') choose(entries[chosen]);
    else return;
    event.preventDefault();
  };
  return (
    <Modal
      opened
      onClose={onClose}
      withCloseButton={false}
      padding={0}
      size={560}
      aria-label="Find or do anything"
    >
      <div className={styles.field}>
        <IconSearch size={18} aria-hidden />
        <input
          data-autofocus
          value={typed}
          onChange={(event) => (setTyped(event.currentTarget.value), setIndex(0))}
          onKeyDown={onKeyDown}
          placeholder="Find an account, a deal, a page, an action"
          role="combobox"
          aria-label="Find"
          aria-expanded
          aria-controls="palette-list"
          aria-activedescendant={entries[chosen] ? `palette-${chosen}` : undefined}
        />
        {searching && <span className="faint">…</span>}
      </div>
      <EntryList entries={entries} chosen={chosen} onPoint={setIndex} onChoose={choose} typed={typed} />
    </Modal>
  );
}

function EntryList(props: {
  entries: Entry[];
  chosen: number;
  typed: string;
  onPoint: (index: number) => void;
  onChoose: (entry: Entry) => void;
}) {
  const { entries, chosen, onPoint, onChoose } = props;
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [chosen]);
  return (
    <div className={styles.list} id="palette-list" role="listbox" aria-label="Found" ref={list}>
      {entries.length === 0 && <p className={styles.group}>Nothing is called “{props.typed}”.</p>}
      {entries.map((entry, index) => (
        <div key={entry.id} role="presentation">
          {entries[index - 1]?.group !== entry.group && (
            <div className={styles.group} role="presentation">
              {entry.group}
            </div>
          )}
          <div
            id={`palette-${index}`}
            role="option"
            aria-selected={index === chosen}
            className={styles.option}
            onMouseMove={() => onPoint(index)}
            onClick={() => onChoose(entry)}
          >
            <entry.icon size={16} aria-hidden />
            <span className={`${styles.optionLabel} clip`}>{entry.label}</span>
            <span className={styles.optionNote}>{entry.note}</span>
            {entry.keys && <KeyHint keys={entry.keys} />}
          </div>
        </div>
      ))}
    </div>
  );
}
