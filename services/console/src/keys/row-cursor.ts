import { useState } from 'react';

import { useKeys } from './key-map.ts';

/**
 * `j`, `k`, `Enter`, `Esc` over the rows of a list. With a record open they open its neighbours;
 * without one they move a mark, which `Enter` opens.
 */
export function useRowCursor(options: {
  ids: readonly string[];
  openId?: string | undefined;
  open: (id: string) => void;
  close?: () => void;
}): string | undefined {
  const { ids, openId, open } = options;
  const [mark, setMark] = useState<string>();
  const at = ids.indexOf(openId ?? mark ?? '');
  const step = (by: 1 | -1) => {
    const next = ids[Math.min(Math.max(at + by, 0), ids.length - 1)];
    if (next === undefined) return;
    setMark(next);
    if (openId !== undefined) open(next);
  };
  useKeys([
    { keys: 'j', label: 'Next row', run: () => step(1) },
    { keys: 'k', label: 'Previous row', run: () => step(-1) },
    { keys: 'Enter', label: 'Open the row', run: () => mark !== undefined && open(mark) },
    ...(options.close ? [{ keys: 'Escape', label: 'Close the record', run: options.close }] : []),
  ]);
  return openId === undefined ? mark : undefined;
}
