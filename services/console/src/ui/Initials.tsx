import styles from './ui.module.css';

/** A person's letters in a circle; the name is read out and shown on hover. */
export function Initials({ name, mine = false }: { name: string; mine?: boolean }) {
  const letters = name
    .split(/\s+/)
    .map((part) => part.charAt(0))
    .filter(Boolean);
  return (
    <span className={styles.initials} data-mine={mine} title={name} role="img" aria-label={name}>
      {`${letters.at(0) ?? '?'}${letters.length > 1 ? letters.at(-1) : ''}`.toUpperCase()}
    </span>
  );
}
