import { Menu, useMantineColorScheme } from '@mantine/core';
import { IconCheck, IconDeviceDesktop, IconLogout, IconMoon, IconSun } from '@tabler/icons-react';

import { useMe } from '../api/hooks.ts';
import { words } from '../format/words.ts';
import { MenuGroup } from '../ui/MenuGroup.tsx';
import { Initials } from '../ui/Initials.tsx';
import styles from './frame.module.css';
import { signOut } from './sign-out.ts';

/** Who is signed in, the colours, and the way out. */
export function PersonMenu({ folded }: { folded: boolean }) {
  const { member } = useMe();
  return (
    <Menu position="right-end" width={220}>
      <Menu.Target>
        <button type="button" className={styles.person}>
          <span aria-hidden>
            <Initials name={member.name} mine />
          </span>
          <span className={folded ? 'visually-hidden' : styles.personName}>
            <span className="clip">{member.name}</span>
            <span className="faint">{words(member.role)}</span>
          </span>
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <MenuGroup label={member.email}>
          <ColourItems />
        </MenuGroup>
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={15} />} onClick={() => void signOut()}>
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

const SCHEMES = [
  { value: 'auto', label: 'Colours of the system', icon: IconDeviceDesktop },
  { value: 'light', label: 'Light', icon: IconSun },
  { value: 'dark', label: 'Dark', icon: IconMoon },
] as const;

export function ColourItems() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return SCHEMES.map(({ value, label, icon: SchemeIcon }) => (
    <Menu.Item
      key={value}
      leftSection={<SchemeIcon size={15} />}
      onClick={() => setColorScheme(value)}
      aria-current={colorScheme === value}
      rightSection={colorScheme === value && <IconCheck size={15} aria-hidden />}
    >
      {label}
    </Menu.Item>
  ));
}
