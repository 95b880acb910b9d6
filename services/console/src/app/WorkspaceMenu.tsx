import { Menu } from '@mantine/core';
import { IconCheck, IconSelector } from '@tabler/icons-react';

import { useAnswer, useChange, useMe } from '../api/hooks.ts';
import { MenuGroup } from '../ui/MenuGroup.tsx';
import styles from './frame.module.css';

/** The workspace's name; a menu of the others when there are any. */
export function WorkspaceMenu({ folded }: { folded: boolean }) {
  const { workspace } = useMe();
  const others = useAnswer('session.workspaces', {});
  const change = useChange('session.switchWorkspace', { onDone: () => window.location.assign('/queue') });
  const items = others.data?.items ?? [];
  const face = (
    <>
      <img src="/mark.svg" width={22} height={22} alt="" />
      <span className={folded ? 'visually-hidden' : `${styles.workspaceName} clip`}>{workspace.name}</span>
    </>
  );
  if (items.length < 2) return <div className={styles.workspace}>{face}</div>;
  return (
    <Menu position="bottom-start" width={220}>
      <Menu.Target>
        <button type="button" className={styles.workspace} title="Switch workspace">
          {face}
          {!folded && <IconSelector size={14} aria-hidden />}
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <MenuGroup label="Workspaces">
          {items.map((item) => (
            <Menu.Item
              key={item.id}
              rightSection={item.id === workspace.id ? <IconCheck size={14} /> : null}
              onClick={() => item.id !== workspace.id && change.mutate({ id: item.id })}
            >
              {item.name} {item.kind === 'sandbox' && <span className="faint">sandbox</span>}
            </Menu.Item>
          ))}
        </MenuGroup>
      </Menu.Dropdown>
    </Menu>
  );
}
