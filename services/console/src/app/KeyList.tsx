import { Modal } from '@mantine/core';

import { useKeyList } from '../keys/key-map.ts';
import { KeyHint } from '../ui/KeyHint.tsx';
import styles from './palette.module.css';

/** What the keyboard does on this page. */
export function KeyList({ onClose }: { onClose: () => void }) {
  const groups = Map.groupBy(useKeyList(), ({ group }) => group ?? 'This page');
  const order = [...groups.keys()].toSorted((left, right) => rank(left) - rank(right));
  return (
    <Modal opened onClose={onClose} title={<strong>Keys</strong>} size="md">
      <div className={styles.keyGroups}>
        {order.map((group) => (
          <section key={group} aria-label={group}>
            <h3>{group}</h3>
            <ul>
              {groups.get(group)?.map(({ keys, label }) => (
                <li key={keys} className={styles.keyLine}>
                  <span>{label}</span>
                  <KeyHint keys={keys} />
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
    </Modal>
  );
}

const LAST = ['Everywhere', 'Go to'];

function rank(group: string): number {
  return LAST.indexOf(group);
}
