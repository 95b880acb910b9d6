import styles from './ui.module.css';

const IS_APPLE = /Mac|iPhone|iPad/.test(navigator.userAgent);

/** `mod+k` as `⌘K` or `Ctrl K`. */
export function keyText(keys: string): string {
  return keys
    .split(' ')
    .map((key) =>
      key
        .replace('mod+', IS_APPLE ? '⌘' : 'Ctrl ')
        .replace('Escape', 'Esc')
        .replace('ArrowDown', '↓')
        .replace('ArrowUp', '↑')
        .replace(/(^|\s|⌘)([a-z])$/, (_, before: string, letter: string) => before + letter.toUpperCase()),
    )
    .join(' then ');
}

export function KeyHint({ keys }: { keys: string }) {
  return (
    <kbd className={styles.key} aria-hidden>
      {keyText(keys)}
    </kbd>
  );
}
