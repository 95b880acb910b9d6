import { Link, type LinkProps } from '@tanstack/react-router';
import { useEffect, useRef, type ReactNode } from 'react';

import styles from './tabs.module.css';

/** On a phone the row is wider than the screen: what holds is brought into view. */
function useInView<Row extends HTMLElement>(chosen: string) {
  const row = useRef<Row>(null);
  useEffect(() => {
    const tab = row.current?.querySelector('[aria-pressed=true],[aria-current=page]');
    tab?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [chosen]);
  return row;
}

/** A row of choices of which one holds. */
export function Tabs<Value extends string>(props: {
  label: string;
  options: readonly { value: Value; label: string; count?: number }[];
  value: Value;
  onChange: (value: Value) => void;
}) {
  const row = useInView<HTMLDivElement>(props.value);
  return (
    <div ref={row} className={styles.tabs} role="group" aria-label={props.label}>
      {props.options.map(({ value, label, count }) => (
        <button
          key={value}
          type="button"
          className={styles.tab}
          aria-pressed={value === props.value}
          onClick={() => props.onChange(value)}
        >
          {label}
          {count !== undefined && <span className="num faint"> {count}</span>}
        </button>
      ))}
    </div>
  );
}

/** The parts of a page, each with an address of its own. */
export function LinkTabs<Key extends string>(props: {
  label: string;
  tabs: readonly { key: Key; to: NonNullable<LinkProps['to']>; label: string; mark?: ReactNode }[];
  here: Key;
}) {
  const row = useInView<HTMLElement>(props.here);
  return (
    <nav ref={row} className={styles.tabs} aria-label={props.label}>
      {props.tabs.map(({ key, to, label, mark }) => (
        <Link
          key={key}
          to={to}
          className={styles.tab}
          activeOptions={{ exact: true }}
          aria-current={key === props.here ? 'page' : undefined}
        >
          {label}
          {mark}
        </Link>
      ))}
    </nav>
  );
}
