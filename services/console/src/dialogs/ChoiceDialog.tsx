import { Modal } from '@mantine/core';
import type { ReactNode } from 'react';

import { useKeys } from '../keys/key-map.ts';
import { KeyHint } from '../ui/KeyHint.tsx';
import styles from './dialogs.module.css';

export type Choice<Value> = { value: Value; label: string; note?: string };

/** A question with a few answers; the figures 1 to 9 choose. */
export function ChoiceDialog<Value>(props: {
  title: string;
  choices: readonly Choice<Value>[];
  onChoose: (value: Value) => void;
  onClose: () => void;
  children?: ReactNode;
  /** Stands under the answers. */
  below?: ReactNode;
}) {
  const choose = (value: Value) => {
    props.onClose();
    props.onChoose(value);
  };
  useKeys(
    props.choices.map(({ value, label }, index) => ({
      keys: String(index + 1),
      label,
      run: () => choose(value),
      inDialog: true,
    })),
  );
  return (
    <Modal opened onClose={props.onClose} title={<strong>{props.title}</strong>} size="sm">
      {props.children}
      <ul className={styles.choices}>
        {props.choices.map(({ value, label, note }, index) => (
          <li key={label}>
            <button
              type="button"
              className={styles.choice}
              onClick={() => choose(value)}
              {...(index === 0 && { 'data-autofocus': true })}
            >
              <span>
                {label}
                {note && <span className={styles.choiceNote}>{note}</span>}
              </span>
              <KeyHint keys={String(index + 1)} />
            </button>
          </li>
        ))}
      </ul>
      {props.below}
    </Modal>
  );
}
