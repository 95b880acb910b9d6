import { Button, Menu } from '@mantine/core';
import { IconCalendar, IconChecklist, IconDots, IconNote } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';

import { useMay } from '../api/hooks.ts';
import { ActivityDialog } from '../dialogs/ActivityDialog.tsx';
import type { CallSubject } from '../dialogs/LogCallDialog.tsx';
import { NoteDialog } from '../dialogs/NoteDialog.tsx';
import { TaskDialog } from '../dialogs/TaskDialog.tsx';
import { useKeys } from '../keys/key-map.ts';
import { KeyHint } from '../ui/KeyHint.tsx';

const KINDS = [
  { kind: 'note', label: 'Add note', keys: 'n', icon: IconNote },
  { kind: 'meeting', label: 'Record meeting', keys: 'm', icon: IconCalendar },
  { kind: 'task', label: 'Add task', keys: 't', icon: IconChecklist },
] as const;
type Kind = (typeof KINDS)[number]['kind'];

/** What was done is recorded where it happens: note, meeting and task, each by one key. */
export function RecordMore(props: { subject: CallSubject; account: string; children?: ReactNode }) {
  const { subject, account, children } = props;
  const may = useMay();
  const [open, setOpen] = useState<Kind | null>(null);
  const kinds = may('activity.write') ? KINDS : [];
  useKeys(kinds.map(({ kind, label, keys }) => ({ keys, label, run: () => setOpen(kind) })));
  if (kinds.length === 0) return null;
  const close = () => setOpen(null);
  return (
    <>
      <Menu position="bottom-end" width={children ? 260 : 200}>
        <Menu.Target>
          <Button variant="default" px={10} aria-label="More" title="More">
            <IconDots size={15} aria-hidden />
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {kinds.map(({ kind, label, keys, icon: Sign }) => (
            <Menu.Item
              key={kind}
              leftSection={<Sign size={15} aria-hidden />}
              rightSection={<KeyHint keys={keys} />}
              onClick={() => setOpen(kind)}
            >
              {label}
            </Menu.Item>
          ))}
          {children}
        </Menu.Dropdown>
      </Menu>
      {open === 'note' && <NoteDialog subject={{ ...subject, who: account }} onClose={close} />}
      {open === 'meeting' && (
        <ActivityDialog subject={subject} preset={{ what: 'meeting' }} onClose={close} />
      )}
      {open === 'task' && <TaskDialog subject={{ ...subject, who: account }} onClose={close} />}
    </>
  );
}
