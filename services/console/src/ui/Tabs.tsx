import styles from './tabs.module.css';

/** A row of choices of which one holds. */
export function Tabs<Value extends string>(props: {
  label: string;
  options: readonly { value: Value; label: string; count?: number }[];
  value: Value;
  onChange: (value: Value) => void;
}) {
  return (
    <div className={styles.tabs} role="group" aria-label={props.label}>
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
