import { NativeSelect } from '@mantine/core';
import { waterfallChanges } from '@penstock/enrichment/model/waterfall-changes';
import { useState } from 'react';

import { wordsWithin } from '../../format/words.ts';
import type { Offer, Version } from './waterfall-types.ts';
import styles from './waterfall.module.css';

/** Any two versions beside each other: what the later says otherwise. Begins with the newest and the one before it. */
export function CompareVersions({
  versions,
  offers,
}: {
  versions: readonly Version[];
  offers: readonly Offer[];
}) {
  const [fromId, setFromId] = useState(versions[1]?.versionId);
  const [toId, setToId] = useState(versions[0]?.versionId);
  const find = (id: string | undefined) => versions.find(({ versionId }) => versionId === id);
  const [from, to] = [find(fromId), find(toId)];
  if (!from || !to) return null;
  const options = versions.map(({ versionId, number, state, note }) => ({
    value: versionId,
    label: `Version ${number}, ${wordsWithin(state)}${note ? `: ${note}` : ''}`,
  }));
  const changes = waterfallChanges(from.body, to.body, offers);
  return (
    <>
      <h3>Compare two versions</h3>
      <div className={styles.compared}>
        <NativeSelect
          label="From"
          data={options}
          value={fromId ?? ''}
          onChange={(event) => setFromId(event.currentTarget.value)}
        />
        <NativeSelect
          label="To"
          data={options}
          value={toId ?? ''}
          onChange={(event) => setToId(event.currentTarget.value)}
        />
      </div>
      <div role="status" aria-live="polite">
        {changes.length === 0 ? (
          <p className="dim">{from === to ? 'That is the same version twice.' : 'Both say the same.'}</p>
        ) : (
          <ul className={styles.changes}>
            {changes.map((change) => (
              <li key={change}>{change}</li>
            ))}
          </ul>
        )}
      </div>
    </>
  );
}
