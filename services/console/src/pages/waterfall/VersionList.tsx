import { Button } from '@mantine/core';

import { plural, words } from '../../format/words.ts';
import { Tag } from '../../ui/Tag.tsx';
import { When } from '../../ui/When.tsx';
import type { Version } from './waterfall-types.ts';
import styles from './waterfall.module.css';

/** Who changed what when, which runs used which version, and the way back. */
export function VersionList(props: {
  versions: readonly Version[];
  onAgain: ((version: Version) => void) | null;
}) {
  const { versions, onAgain } = props;
  return (
    <div className={styles.tableBox} tabIndex={0} role="region" aria-label="Versions">
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">Version</th>
            <th scope="col">State</th>
            <th scope="col">Note</th>
            <th scope="col">By</th>
            <th scope="col">Made</th>
            <th scope="col">Used by</th>
            {onAgain && <th scope="col">Roll back</th>}
          </tr>
        </thead>
        <tbody>
          {versions.map((version) => (
            <tr key={version.versionId}>
              <td className="num">{version.number}</td>
              <td>
                <Tag
                  tone={version.state === 'published' ? 'good' : version.state === 'draft' ? 'warn' : 'plain'}
                  shape={version.state === 'published' ? 'dot' : 'ring'}
                >
                  {version.state === 'retired' && version.publishedAt === null
                    ? 'Tried'
                    : words(version.state)}
                </Tag>
              </td>
              <td className={styles.chain}>{version.note || <span className="faint">–</span>}</td>
              <td className={styles.whole}>{version.authorName}</td>
              <td className={styles.whole}>
                <When at={version.createdAt} />
              </td>
              <td className={styles.whole}>{usesOf(version)}</td>
              {onAgain && (
                <td>
                  {version.state === 'retired' ? (
                    <Button size="compact-sm" variant="default" onClick={() => onAgain(version)}>
                      {version.publishedAt === null ? 'Publish' : 'Publish again'}
                    </Button>
                  ) : (
                    <span className="faint">–</span>
                  )}
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function usesOf({ listRuns, personRuns }: Version): string {
  const used = [
    ...(listRuns > 0 ? [plural(listRuns, 'list')] : []),
    ...(personRuns > 0 ? [plural(personRuns, 'lead')] : []),
  ];
  return used.join(', ') || '–';
}
