import type { DealDetail, StageRow } from '../../api/records.ts';
import { Tag } from '../../ui/Tag.tsx';
import { When } from '../../ui/When.tsx';
import styles from './pipeline.module.css';

/** Every move, with who and why; an override is marked as one. */
export function Changes({
  changes,
  stages,
}: {
  changes: DealDetail['changes'];
  stages: readonly StageRow[];
}) {
  const name = (key: string | null) => stages.find((stage) => stage.key === key)?.name ?? key ?? '';
  return (
    <ol className={styles.changes}>
      {changes.map((change) => (
        <li key={change.id}>
          <div className={styles.changeHead}>
            <span>
              {change.kind === 'created' && `Created in ${name(change.toStage)}`}
              {change.kind === 'edited' && 'Edited'}
              {(change.kind === 'moved' || change.kind === 'overridden') &&
                `${name(change.fromStage)} → ${name(change.toStage)}`}{' '}
              {change.kind === 'overridden' && (
                <Tag tone="warn" shape="square">
                  Override
                </Tag>
              )}
            </span>
            <When at={change.occurredAt} className="faint" />
          </div>
          <div className="dim">
            {change.actorName}
            {change.reason && `: ${change.reason}`}
          </div>
        </li>
      ))}
    </ol>
  );
}
