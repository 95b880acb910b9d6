import { Button } from '@mantine/core';
import type { Icon } from '@tabler/icons-react';

import { KeyHint } from './KeyHint.tsx';

/** A button with its sign and its key. */
export function ActionButton(props: {
  label: string;
  icon: Icon;
  keys?: string;
  primary?: boolean;
  disabled?: boolean;
  loading?: boolean;
  onClick: () => void;
}) {
  return (
    <Button
      variant={props.primary ? 'filled' : 'default'}
      disabled={props.disabled ?? false}
      loading={props.loading ?? false}
      onClick={props.onClick}
      leftSection={<props.icon size={15} aria-hidden />}
      rightSection={props.keys && <KeyHint keys={props.keys} />}
    >
      {props.label}
    </Button>
  );
}
