import { Button, Modal } from '@mantine/core';

import { useAnswer, useChange } from '../../api/hooks.ts';
import type { SourceRow } from '../../api/records.ts';
import { say } from '../../ui/notify.tsx';
import { BoneRows, Failed } from '../../ui/States.tsx';
import { Tag } from '../../ui/Tag.tsx';
import { When } from '../../ui/When.tsx';
import styles from './described.module.css';

/** What was changed of a described source, when and by whom; an earlier version can be taken up again. */
export function SourceVersions(props: { source: Pick<SourceRow, 'id' | 'name'>; onClose: () => void }) {
  const { source, onClose } = props;
  const answer = useAnswer('sources.versions', { id: source.id });
  const restore = useChange('sources.restoreVersion', {
    stale: ['sources.list', 'sources.versions'],
    onDone: ({ isBegunAnew }) =>
      say.done(
        isBegunAnew
          ? 'It holds again. What is there at the next look is not told as news'
          : 'It holds again from the next look',
      ),
  });
  return (
    <Modal opened onClose={onClose} title={<strong>Versions of {source.name}</strong>} size="lg">
      {answer.isPending && <BoneRows rows={3} height={52} />}
      {answer.isError && (
        <Failed what="The versions" error={answer.error} onRetry={() => void answer.refetch()} />
      )}
      {answer.data?.versions.length === 0 && (
        <p className="dim">It was never changed. What you change is kept here, to go back to.</p>
      )}
      <ol className={styles.versions} aria-label="Versions">
        {answer.data?.versions.map((version) => (
          <li key={version.versionId} className={styles.version}>
            <div>
              <strong className="num">{version.number}</strong>{' '}
              {version.state === 'published' && <Tag tone="good">in force</Tag>} {version.note}{' '}
              <span className="dim">
                {version.authorName}, <When at={version.createdAt} />
              </span>
              {version.changes.length > 0 && (
                <ul className={styles.changed}>
                  {version.changes.map((line) => (
                    <li key={line}>{line}</li>
                  ))}
                </ul>
              )}
            </div>
            {version.state === 'retired' && (
              <Button
                size="compact-sm"
                variant="default"
                aria-label={`Take up again version ${version.number}`}
                loading={restore.isPending}
                onClick={() => restore.mutate({ id: source.id, versionId: version.versionId })}
              >
                Take up again
              </Button>
            )}
          </li>
        ))}
      </ol>
    </Modal>
  );
}
