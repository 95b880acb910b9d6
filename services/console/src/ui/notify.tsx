import { IconAlertTriangle, IconCheck, IconX } from '@tabler/icons-react';
import { useEffect, useSyncExternalStore } from 'react';

import type { Failure } from '../api/failure.ts';
import styles from './notify.module.css';

type Notice = {
  id: number;
  tone: 'done' | 'failed';
  text: string;
  detail?: string;
  undo?: () => void;
};

let notices: readonly Notice[] = [];
let lastId = 0;
const listeners = new Set<() => void>();
const SHOWN_MS = 6_000;

function set(next: readonly Notice[]): void {
  notices = next;
  for (const listener of listeners) listener();
}

function dismiss(id: number): void {
  set(notices.filter((notice) => notice.id !== id));
}

function add(notice: Omit<Notice, 'id'>): void {
  lastId += 1;
  set([...notices.slice(-2), { ...notice, id: lastId }]);
}

/** Short messages at the corner: what has been done, with its undo, and what has not. */
export const say = {
  done: (text: string, undo?: () => void) => add({ tone: 'done', text, ...(undo && { undo }) }),
  problem: (text: string, detail?: string) => add({ tone: 'failed', text, ...(detail && { detail }) }),
  failure: (failure: Failure) => {
    const fields = failure.issues
      // The message is the first field's problem already.
      .map((issue, at) =>
        at === 0 ? issue.remedy : `${issue.field}: ${issue.problem} ${issue.remedy}`.trim(),
      )
      .join(' · ');
    add({ tone: 'failed', text: failure.message, detail: fields || consequence(failure) });
  },
};

function consequence(failure: Failure): string {
  const request = failure.requestId ? ` Request ${failure.requestId}.` : '';
  if (failure.code === 'offline') return 'It may or may not have been done. Trying again does it only once.';
  if (failure.code === 'unexpected') return `Nothing was changed.${request}`;
  return request.trim();
}

/** Runs the undo of the newest message that has one. */
export function undoLast(): boolean {
  const last = notices.findLast((notice) => notice.undo !== undefined);
  if (!last?.undo) return false;
  dismiss(last.id);
  last.undo();
  return true;
}

export function Notices() {
  const current = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => notices,
  );
  return (
    <div className={styles.stack} role="region" aria-label="Messages" aria-live="polite">
      {current.map((notice) => (
        <NoticeLine key={notice.id} notice={notice} />
      ))}
    </div>
  );
}

function NoticeLine({ notice }: { notice: Notice }) {
  useEffect(() => {
    const timer = setTimeout(() => dismiss(notice.id), notice.tone === 'failed' ? SHOWN_MS * 2 : SHOWN_MS);
    return () => clearTimeout(timer);
  }, [notice]);
  const { undo } = notice;
  return (
    <div className={styles.notice} data-tone={notice.tone}>
      {notice.tone === 'done' ? (
        <IconCheck size={16} aria-hidden />
      ) : (
        <IconAlertTriangle size={16} aria-hidden />
      )}
      <div className={styles.text}>
        <div>{notice.text}</div>
        {notice.detail && <div className={styles.detail}>{notice.detail}</div>}
      </div>
      {undo && (
        <button
          type="button"
          className={styles.undo}
          onClick={() => {
            dismiss(notice.id);
            undo();
          }}
        >
          Undo <kbd>U</kbd>
        </button>
      )}
      <button type="button" className={styles.close} aria-label="Dismiss" onClick={() => dismiss(notice.id)}>
        <IconX size={14} aria-hidden />
      </button>
    </div>
  );
}
