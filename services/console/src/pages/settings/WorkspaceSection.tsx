import { Button, NativeSelect, Switch, TextInput } from '@mantine/core';
import { useState } from 'react';

import { useAnswer, useChange, useMay } from '../../api/hooks.ts';
import { say } from '../../ui/notify.tsx';
import { Bone, Failed } from '../../ui/States.tsx';
import { NewWorkspaceDialog } from './NewWorkspaceDialog.tsx';
import { SectionHead } from './SectionHead.tsx';
import styles from './settings.module.css';

const SIGHT = [
  { value: 'own', label: 'Only their own records' },
  { value: 'team', label: 'Their team’s records' },
  { value: 'all', label: 'Everybody’s records' },
];

export function WorkspaceSection() {
  const may = useMay();
  const [making, setMaking] = useState(false);
  const settings = useAnswer('settings.workspace', {});
  const update = useChange('settings.updateWorkspace', {
    stale: ['settings.workspace', 'session.me', 'session.workspaces'],
    onDone: () => say.done('Saved'),
  });
  const editable = may('members.manage');
  return (
    <>
      <SectionHead
        title="Workspace"
        note={editable ? 'What holds for everybody in it.' : 'An admin can change this.'}
      >
        {may('workspace.create') && (
          <Button variant="default" onClick={() => setMaking(true)}>
            New workspace
          </Button>
        )}
      </SectionHead>
      {settings.isPending && <Bone height={160} />}
      {settings.isError && (
        <Failed what="The settings" error={settings.error} onRetry={() => void settings.refetch()} />
      )}
      {settings.isSuccess && (
        <form
          className={styles.form}
          onSubmit={(event) => {
            event.preventDefault();
            const form = new FormData(event.currentTarget);
            update.mutate({
              name: String(form.get('name')),
              timeZone: String(form.get('timeZone')),
              repVisibility: sight(form.get('repVisibility')),
              paidCallsStopped: form.get('paidCallsStopped') === 'on',
            });
          }}
        >
          <TextInput
            label="Name"
            name="name"
            defaultValue={settings.data.name}
            required
            disabled={!editable}
          />
          <NativeSelect
            label="Time zone"
            name="timeZone"
            defaultValue={settings.data.timeZone}
            data={timeZones(settings.data.timeZone)}
            disabled={!editable}
          />
          <NativeSelect
            label="What a rep sees"
            name="repVisibility"
            defaultValue={settings.data.repVisibility}
            data={SIGHT}
            disabled={!editable}
          />
          <Switch
            label="Stop all paid calls"
            description="No provider is asked until this is off again. What is running finishes."
            name="paidCallsStopped"
            defaultChecked={settings.data.paidCallsStopped}
            disabled={!editable}
          />
          {editable && (
            <div>
              <Button type="submit" loading={update.isPending}>
                Save
              </Button>
            </div>
          )}
        </form>
      )}
      {making && <NewWorkspaceDialog onClose={() => setMaking(false)} />}
    </>
  );
}

function sight(value: FormDataEntryValue | null): 'own' | 'team' | 'all' {
  return value === 'own' || value === 'all' ? value : 'team';
}

export function timeZones(own: string): string[] {
  return [...new Set([own, 'UTC', ...Intl.supportedValuesOf('timeZone')])];
}
