import { TextInput } from '@mantine/core';

import type { TypedSource } from './describe-source.ts';
import styles from './described.module.css';

export type SetField = (field: keyof TypedSource) => (value: string | null) => void;
export type Part = { typed: TypedSource; set: SetField };

/** A field of a description, as it was typed. */
export function Typed(
  props: Part & { field: keyof TypedSource; label: string; about?: string; isWide?: boolean },
) {
  const { typed, set, field, label, about, isWide = false } = props;
  return (
    <TextInput
      label={label}
      description={about}
      className={isWide ? styles.wide : undefined}
      classNames={{ input: styles.code ?? '' }}
      value={typed[field]}
      onChange={(event) => set(field)(event.currentTarget.value)}
    />
  );
}
