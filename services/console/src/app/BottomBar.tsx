import { Menu } from '@mantine/core';
import { IconDots, IconLogout, IconSearch } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';

import { AlertCount } from '../ui/AlertCount.tsx';
import { UnreadCount } from './Bell.tsx';
import styles from './frame.module.css';
import { ColourItems } from './PersonMenu.tsx';
import { usePlaces } from './places.ts';
import { signOut } from './sign-out.ts';

/** The rail of a small screen: four pages, the rest behind "More". */
export function BottomBar({ onSearch }: { onSearch: () => void }) {
  const places = usePlaces();
  return (
    <nav className={styles.bottom} aria-label="Pages">
      {places.slice(0, 4).map(({ to, label, icon: PlaceIcon }) => (
        <Link key={to} to={to} className={styles.bottomPlace} activeProps={{ 'data-active': true }}>
          <PlaceIcon size={20} stroke={1.7} aria-hidden />
          {label}
          {to === '/notifications' && <UnreadCount />}
        </Link>
      ))}
      <Menu position="top-end" width={220}>
        <Menu.Target>
          <button type="button" className={styles.bottomPlace}>
            <IconDots size={20} stroke={1.7} aria-hidden />
            More
            {places.slice(4).some(({ to }) => to === '/enrichment') && (
              <AlertCount className={styles.count} />
            )}
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconSearch size={15} />} onClick={onSearch}>
            Find
          </Menu.Item>
          {places.slice(4).map(({ to, label, icon: PlaceIcon, go }) => (
            <Menu.Item key={to} leftSection={<PlaceIcon size={15} />} onClick={go}>
              {label} {to === '/enrichment' && <AlertCount />}
            </Menu.Item>
          ))}
          <Menu.Divider />
          <ColourItems />
          <Menu.Divider />
          <Menu.Item leftSection={<IconLogout size={15} />} onClick={() => void signOut()}>
            Sign out
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </nav>
  );
}
