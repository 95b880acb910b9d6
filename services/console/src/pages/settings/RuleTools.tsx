import { Button } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconTrash } from '@tabler/icons-react';
import type { ReactNode } from 'react';

import styles from './watch-rules.module.css';

/** What can be done with a rule of a list in which the first that fits counts; null at the end of the list. */
export function RuleTools(props: {
  note: string;
  onUp: (() => void) | null;
  onDown: (() => void) | null;
  onRemove: () => void;
}) {
  return (
    <div className={styles.ruleTools}>
      <Tool icon={<IconArrowUp size={14} aria-hidden />} onClick={props.onUp}>
        Move up
      </Tool>
      <Tool icon={<IconArrowDown size={14} aria-hidden />} onClick={props.onDown}>
        Move down
      </Tool>
      <Tool icon={<IconTrash size={14} aria-hidden />} onClick={props.onRemove}>
        Remove rule
      </Tool>
      <span className="faint">{props.note}</span>
    </div>
  );
}

function Tool(props: { icon: ReactNode; onClick: (() => void) | null; children: string }) {
  const { icon, onClick, children } = props;
  return (
    <Button
      variant="default"
      size="compact-xs"
      disabled={onClick === null}
      leftSection={icon}
      onClick={() => onClick?.()}
    >
      {children}
    </Button>
  );
}
