import { IconKeyboard, IconLayoutSidebar, IconSearch } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';

import { AlertCount } from '../ui/AlertCount.tsx';
import { KeyHint, keyText } from '../ui/KeyHint.tsx';
import { UnreadCount } from './Bell.tsx';
import styles from './frame.module.css';
import { PersonMenu } from './PersonMenu.tsx';
import { usePlaces } from './places.ts';
import { WorkspaceMenu } from './WorkspaceMenu.tsx';

const FOLDED = 'penstock.rail-folded';

export function Rail({ onSearch, onKeys }: { onSearch: () => void; onKeys: () => void }) {
  const [folded, setFolded] = useState(() => window.localStorage.getItem(FOLDED) === 'yes');
  const fold = () => {
    window.localStorage.setItem(FOLDED, folded ? 'no' : 'yes');
    setFolded(!folded);
  };
  return (
    <nav className={styles.rail} data-folded={folded} aria-label="Pages">
      <WorkspaceMenu folded={folded} />
      <button type="button" className={styles.search} onClick={onSearch}>
        <IconSearch size={16} aria-hidden />
        <span className={styles.railText}>Find</span>
        <span className={styles.railText}>
          <KeyHint keys="mod+k" />
        </span>
      </button>
      <ul className={styles.places}>
        {usePlaces().map(({ to, label, icon: PlaceIcon, keys }) => (
          <li key={to}>
            <Link
              to={to}
              className={styles.place}
              activeProps={{ 'data-active': true }}
              activeOptions={{ exact: false, includeSearch: false }}
              title={`${label} (${keyText(keys)})`}
            >
              <PlaceIcon size={17} stroke={1.7} aria-hidden />
              <span className={styles.railText}>{label}</span>
              {to === '/enrichment' && <AlertCount className={styles.count} />}
              {to === '/notifications' && <UnreadCount />}
            </Link>
          </li>
        ))}
      </ul>
      <div className={styles.railFoot}>
        <button type="button" className={styles.place} onClick={onKeys} title="Keys (?)">
          <IconKeyboard size={17} stroke={1.7} aria-hidden />
          <span className={styles.railText}>Keys</span>
        </button>
        <button
          type="button"
          className={styles.place}
          onClick={fold}
          title={folded ? 'Unfold the rail' : 'Fold the rail'}
          aria-expanded={!folded}
        >
          <IconLayoutSidebar size={17} stroke={1.7} aria-hidden />
          <span className={styles.railText}>{folded ? 'Unfold' : 'Fold'}</span>
        </button>
        <PersonMenu folded={folded} />
      </div>
    </nav>
  );
}
