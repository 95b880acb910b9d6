import { Popover } from '@mantine/core';
import { useState, type ReactNode } from 'react';

import type { SourcedValue } from '../api/records.ts';
import { words } from '../format/words.ts';
import { Tag } from '../ui/Tag.tsx';
import { When } from '../ui/When.tsx';
import styles from './sourced.module.css';

/** A value that opens into where it came from, and what else was reported for the same field. */
export function Sourced({
  values,
  show,
}: {
  values: readonly SourcedValue[];
  show: (value: string) => ReactNode;
}) {
  const [open, setOpen] = useState(false);
  const [chosen] = values;
  if (!chosen) return <span className="faint">–</span>;
  return (
    <Popover opened={open} onChange={setOpen} width={320} position="bottom-start" trapFocus={false}>
      <Popover.Target>
        <button
          type="button"
          className={styles.value}
          data-usable={chosen.usable}
          aria-haspopup="dialog"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
          title={`${words(chosen.source || 'given by a person')}${chosen.confidence === null ? '' : `, confidence ${percent(chosen.confidence)}`}`}
        >
          {show(chosen.value)}
          {!chosen.usable && <span className="faint"> not usable</span>}
        </button>
      </Popover.Target>
      <Popover.Dropdown aria-label={`Sources of ${words(chosen.field)}`}>
        <ul className={styles.sources}>
          {values.map((value, index) => (
            <li key={`${value.source} ${value.value}`} className={styles.source}>
              <div className={styles.sourceHead}>
                <span className="strong">{show(value.value)}</span>
                {index === 0 && value.usable ? (
                  <Tag tone="good">Shown</Tag>
                ) : (
                  <Tag shape="ring">{value.usable ? 'Not chosen' : 'Not usable'}</Tag>
                )}
              </div>
              <div className="dim">
                {value.source ? words(value.source) : 'Given by a person or a form'},{' '}
                <When at={value.observedAt} />
                {value.confidence !== null && `, confidence ${percent(value.confidence)}`}
                {value.verification && `, ${words(value.verification).toLowerCase()}`}
                {value.lineType && `, ${words(value.lineType).toLowerCase()}`}
              </div>
              {value.expiresAt && (
                <div className="dim">
                  Counts as fresh until <When at={value.expiresAt} />
                </div>
              )}
              <div className="faint">{value.chosenBecause}</div>
            </li>
          ))}
        </ul>
      </Popover.Dropdown>
    </Popover>
  );
}

/** The values of one field, the one in use first. */
export function ofField(values: readonly SourcedValue[], field: string): SourcedValue[] {
  return values
    .filter((value) => value.field === field)
    .toSorted((left, right) => Number(right.usable) - Number(left.usable));
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
