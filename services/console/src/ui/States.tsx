import { Button } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { ReactNode } from 'react';

import { toFailure, type Failure } from '../api/failure.ts';
import styles from './ui.module.css';

/** Says what would be here, and how to get it. */
export function Empty({
  title,
  children,
  action,
}: {
  title: string;
  children?: ReactNode;
  action?: ReactNode;
}) {
  return (
    <div className={styles.state}>
      <p className="strong">{title}</p>
      {children && <p className="dim">{children}</p>}
      {action && <div>{action}</div>}
    </div>
  );
}

/** Says what failed, whether anything was lost, and offers the retry. */
export function Failed({ what, error, onRetry }: { what: string; error: unknown; onRetry?: () => void }) {
  const failure = toFailure(error);
  return (
    <div className={styles.state} role="alert">
      <p className="strong">
        <IconAlertTriangle size={15} className={styles.stateIcon} aria-hidden /> {headline(what, failure)}
      </p>
      <p className="dim">{explanation(failure)}</p>
      {onRetry && failure.code !== 'not_found' && failure.code !== 'forbidden' && (
        <Button variant="default" onClick={onRetry}>
          Try again
        </Button>
      )}
    </div>
  );
}

function headline(what: string, failure: Failure): string {
  if (failure.code === 'not_found') return `${what} is not here`;
  if (failure.code === 'forbidden') return `${what} is not open to your role`;
  return `${what} could not be loaded`;
}

function explanation(failure: Failure): string {
  if (failure.code === 'not_found')
    return 'It may belong to a colleague, to another workspace, or have been erased.';
  if (failure.code === 'offline') return 'The server did not answer. Nothing was changed or lost.';
  const request = failure.requestId ? ` Request ${failure.requestId}.` : '';
  return `${failure.message} Nothing was changed or lost.${request}`;
}

/** A grey line where text will be. */
export function Bone({ width = '100%', height = 12 }: { width?: number | string; height?: number }) {
  return <span className={styles.bone} style={{ width, height }} data-loading aria-hidden />;
}

/** Rows of a list that is being loaded. */
export function BoneRows({ rows = 8, height = 36 }: { rows?: number; height?: number }) {
  return (
    <div role="status" aria-label="Loading">
      {Array.from({ length: rows }, (_, index) => (
        <div key={index} className={styles.boneRow} style={{ height }}>
          <Bone width={`${38 + ((index * 17) % 34)}%`} />
          <Bone width={56} />
        </div>
      ))}
    </div>
  );
}
