import { ActionIcon, Button, NativeSelect, TextInput } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';

import { UNITS, type TypedLimit } from './key-limit-words.ts';
import styles from './keys.module.css';

const MOST = 5;

/** Requests in a window, line by line; none means no limit. */
export function KeyLimitFields(props: {
  typed: readonly TypedLimit[];
  onChange: (typed: TypedLimit[]) => void;
}) {
  const { typed, onChange } = props;
  const change = (at: number, part: Partial<TypedLimit>) =>
    onChange(typed.map((limit, index) => (index === at ? { ...limit, ...part } : limit)));
  return (
    <fieldset className={styles.limits}>
      <legend>At most</legend>
      {typed.length === 0 && <p className="dim">No limit: it is asked as fast as it answers.</p>}
      {typed.map((limit, at) => (
        // The lines have no other name than their place.
        // eslint-disable-next-line react/no-array-index-key
        <div key={at} className={styles.limit}>
          <TextInput
            aria-label={`Requests, limit ${at + 1}`}
            inputMode="numeric"
            value={limit.requests}
            onChange={({ currentTarget: { value } }) => change(at, { requests: value })}
          />
          <NativeSelect
            aria-label={`Window, limit ${at + 1}`}
            data={[
              ...UNITS.map(({ value, label }) => ({ value, label: `requests a ${label}` })),
              ...(UNITS.some(({ value }) => value === limit.windowSeconds)
                ? []
                : [{ value: limit.windowSeconds, label: `requests in ${limit.windowSeconds} s` }]),
            ]}
            value={limit.windowSeconds}
            onChange={({ currentTarget: { value } }) => change(at, { windowSeconds: value })}
          />
          <ActionIcon
            variant="default"
            aria-label={`Remove limit ${at + 1}`}
            onClick={() => onChange(typed.filter((_, index) => index !== at))}
          >
            <IconTrash size={15} />
          </ActionIcon>
        </div>
      ))}
      {typed.length < MOST && (
        <Button
          variant="default"
          size="compact-xs"
          onClick={() => onChange([...typed, { requests: '', windowSeconds: '60' }])}
        >
          Add a limit
        </Button>
      )}
    </fieldset>
  );
}
