import { Button } from '@mantine/core';

import type { QueryOutput } from '../../api/procedures.ts';
import { words } from '../../format/words.ts';
import { Tag } from '../../ui/Tag.tsx';
import { When } from '../../ui/When.tsx';
import styles from './settings.module.css';

type Version = QueryOutput<'settings.icp'>['versions'][number];

/** Versions of a document, newest first; one that was published before can be published again. */
export function VersionTable({
  versions,
  onRollBack,
}: {
  versions: readonly Version[];
  onRollBack?: (version: Version) => void;
}) {
  return (
    <div className={styles.tableBox} tabIndex={0} role="region" aria-label="Table">
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">Version</th>
            <th scope="col">State</th>
            <th scope="col">Note</th>
            <th scope="col">By</th>
            <th scope="col">Made</th>
            <th scope="col">Published</th>
            {onRollBack && <th scope="col">Roll back</th>}
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
                  {words(version.state)}
                </Tag>
              </td>
              <td>{version.note || <span className="faint">–</span>}</td>
              <td>{version.authorName}</td>
              <td>
                <When at={version.createdAt} />
              </td>
              <td>
                {version.publishedAt ? <When at={version.publishedAt} /> : <span className="faint">–</span>}
              </td>
              {onRollBack && (
                <td>
                  {version.state === 'retired' ? (
                    <Button size="compact-sm" variant="default" onClick={() => onRollBack(version)}>
                      Publish again
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
