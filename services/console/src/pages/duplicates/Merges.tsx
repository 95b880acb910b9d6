import { Button } from '@mantine/core';

import { useAnswer, useChange, useMay } from '../../api/hooks.ts';
import { say } from '../../ui/notify.tsx';
import { Section } from '../../ui/Section.tsx';
import { When } from '../../ui/When.tsx';
import styles from './duplicates.module.css';

/** What was merged lately, each with its undo. */
export function Merges() {
  const may = useMay();
  const merges = useAnswer('duplicates.merges', {});
  const undo = useChange('duplicates.undo', {
    stale: ['duplicates.list', 'duplicates.merges', 'accounts.list', 'accounts.get'],
    onDone: () => say.done('Two records again'),
  });
  const items = merges.data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <Section title="Merged lately">
      <ul className={styles.merges}>
        {items.map((one) => (
          <li key={one.id}>
            <span>
              {one.otherName} → <strong>{one.keptName}</strong>
              <span className="dim">
                {' '}
                {one.kind === 'person' ? 'person' : 'account'} · {one.by} · <When at={one.mergedAt} />
              </span>
            </span>
            {one.undoneAt !== null && <span className="dim">undone</span>}
            {one.undoneAt === null && may('account.write') && (
              <Button
                size="compact-sm"
                variant="default"
                aria-label={`Undo the merge of ${one.otherName} into ${one.keptName}`}
                loading={undo.isPending && undo.variables.id === one.id}
                onClick={() => undo.mutate({ id: one.id })}
              >
                Undo
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Section>
  );
}
