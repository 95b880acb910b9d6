import { Button } from '@mantine/core';
import { useState } from 'react';

import { useChange } from '../../api/hooks.ts';
import type { ProviderRow } from '../../api/records.ts';
import { say } from '../../ui/notify.tsx';
import { KeyLimitFields } from './KeyLimitFields.tsx';
import { limitWords, readLimits, typedOf } from './key-limit-words.ts';
import styles from './keys.module.css';

/** How fast a key may be asked: as the vendor publishes, or as the plan behind it says. */
export function KeyLimitsForm(props: {
  provider: ProviderRow;
  row: ProviderRow['keys'][number];
  onClose: () => void;
}) {
  const { provider, row, onClose } = props;
  const [typed, setTyped] = useState(typedOf(row.limits ?? provider.publishedLimits));
  const save = useChange('settings.setKeyLimits', {
    stale: ['enrichment.providers', 'enrichment.forecast'],
    onDone: () => {
      onClose();
      say.done(`Limits of ${row.label} set`);
    },
  });
  const limits = readLimits(typed);
  return (
    <form
      className={styles.sure}
      onSubmit={(event) => {
        event.preventDefault();
        if (limits) save.mutate({ id: row.id, limits });
      }}
    >
      <KeyLimitFields typed={typed} onChange={setTyped} />
      <div className={styles.tools}>
        <Button variant="default" size="compact-sm" onClick={onClose}>
          Cancel
        </Button>
        <Button
          variant="default"
          size="compact-sm"
          disabled={row.limits === null}
          onClick={() => save.mutate({ id: row.id, limits: null })}
        >
          As published: {limitWords(provider.publishedLimits)}
        </Button>
        <Button type="submit" size="compact-sm" loading={save.isPending} disabled={limits === null}>
          Set
        </Button>
      </div>
    </form>
  );
}
