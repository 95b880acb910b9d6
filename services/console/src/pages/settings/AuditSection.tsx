import { Button } from '@mantine/core';

import { usePages } from '../../api/hooks.ts';
import type { AuditRow } from '../../api/records.ts';
import { words } from '../../format/words.ts';
import { BoneRows, Empty, Failed } from '../../ui/States.tsx';
import { When } from '../../ui/When.tsx';
import { SectionHead } from './SectionHead.tsx';
import styles from './settings.module.css';

export function AuditSection() {
  const audit = usePages('settings.audit', {});
  const rows = audit.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <SectionHead
        title="Audit"
        note="Every change a person or a program made, newest first. Rows are never changed or removed."
      />
      {audit.isPending && <BoneRows rows={10} />}
      {audit.isError && <Failed what="The audit" error={audit.error} onRetry={() => void audit.refetch()} />}
      {audit.isSuccess && rows.length === 0 && <Empty title="Nothing has been changed yet" />}
      {rows.length > 0 && (
        <div className={styles.tableBox} tabIndex={0} role="region" aria-label="Table">
          <table className={styles.table}>
            <thead>
              <tr>
                <th scope="col">When</th>
                <th scope="col">Who</th>
                <th scope="col">What</th>
                <th scope="col">On</th>
                <th scope="col">Details</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <Row key={row.id} row={row} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {audit.hasNextPage && (
        <Button
          variant="default"
          mt="md"
          loading={audit.isFetchingNextPage}
          onClick={() => void audit.fetchNextPage()}
        >
          Older
        </Button>
      )}
    </>
  );
}

function Row({ row }: { row: AuditRow }) {
  const details = [
    ...(row.version?.note ? [`“${row.version.note}”`] : []),
    ...Object.entries(row.detail).map(([key, value]) => `${words(key)}: ${text(value)}`),
  ];
  return (
    <tr>
      <td>
        <When at={row.occurredAt} />
      </td>
      <td>
        {row.actorName}
        {row.actorKind !== 'member' && <div className="dim">{words(row.actorKind)}</div>}
      </td>
      <td>{words(row.action)}</td>
      <td>
        {row.version ? `Version ${row.version.number}` : words(row.subjectKind)}{' '}
        <span className="mono faint" title={row.subjectId}>
          {row.subjectId.slice(-6)}
        </span>
      </td>
      <td className="dim">{details.join(', ')}</td>
    </tr>
  );
}

function text(value: unknown): string {
  if (Array.isArray(value)) return value.map(text).join(', ');
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : JSON.stringify(value);
}
