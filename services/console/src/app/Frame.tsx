import { Outlet } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useState } from 'react';

import { useMe } from '../api/hooks.ts';
import { queryClient } from '../api/query-client.ts';
import { listenToKeys, useKeys } from '../keys/key-map.ts';
import { startLive } from '../live/live-channel.ts';
import { refreshOnChange } from '../live/refresh.ts';
import { Notices, undoLast } from '../ui/notify.tsx';
import { BottomBar } from './BottomBar.tsx';
import styles from './frame.module.css';
import { usePlaces } from './places.ts';
import { Rail } from './Rail.tsx';
import { StatusLine } from './StatusLine.tsx';

const Palette = lazy(async () => ({ default: (await import('./Palette.tsx')).Palette }));
const KeyList = lazy(async () => ({ default: (await import('./KeyList.tsx')).KeyList }));

/** What every page has: rail, sandbox line, palette, keys, messages, live changes. */
export function Frame() {
  const [open, setOpen] = useState<'palette' | 'keys' | null>(null);
  const close = () => setOpen(null);
  const me = useMe();
  useEffect(listenToKeys, []);
  useEffect(startLive, [me.workspace.id]);
  useEffect(() => refreshOnChange(queryClient), []);
  useFrameKeys(setOpen);

  return (
    <div className={styles.frame}>
      <a href="#page" className={styles.skip}>
        Skip to the page
      </a>
      <Rail onSearch={() => setOpen('palette')} onKeys={() => setOpen('keys')} />
      <div className={styles.body}>
        <StatusLine />
        <main id="page" className={styles.page} tabIndex={-1}>
          <Suspense>
            <Outlet />
          </Suspense>
        </main>
      </div>
      <BottomBar onSearch={() => setOpen('palette')} />
      <Suspense>
        {open === 'palette' && <Palette onClose={close} onKeys={() => setOpen('keys')} />}
        {open === 'keys' && <KeyList onClose={close} />}
      </Suspense>
      <Notices />
    </div>
  );
}

function useFrameKeys(setOpen: (what: 'palette' | 'keys') => void): void {
  const places = usePlaces();
  useKeys([
    {
      keys: 'mod+k',
      label: 'Find or do anything',
      run: () => setOpen('palette'),
      group: 'Everywhere',
      always: true,
    },
    { keys: '?', label: 'This list', run: () => setOpen('keys'), group: 'Everywhere' },
    { keys: 'u', label: 'Undo what was just done', run: () => undoLast(), group: 'Everywhere' },
    ...places.map(({ keys, label, go }) => ({ keys, label: `Go to ${label}`, run: go, group: 'Go to' })),
  ]);
}
