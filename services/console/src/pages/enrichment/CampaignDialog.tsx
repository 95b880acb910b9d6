import { Button, Modal, NativeSelect, NumberInput, TextInput } from '@mantine/core';
import { useState } from 'react';

import { useAnswer, useChange } from '../../api/hooks.ts';
import dialog from '../../dialogs/dialogs.module.css';
import { say } from '../../ui/notify.tsx';

/** A campaign, or a list that was brought in, with one budget over all its runs. */
export function CampaignDialog({ onClose }: { onClose: () => void }) {
  const imports = useAnswer('enrichment.imports', {});
  const [name, setName] = useState('');
  const [importId, setImportId] = useState('');
  const [limit, setLimit] = useState<string | number>('');
  const create = useChange('enrichment.createCampaign', {
    stale: ['enrichment.budgets'],
    onDone: () => {
      onClose();
      say.done(`${name.trim()} has a budget now`);
    },
  });
  const lists = imports.data?.items ?? [];
  return (
    <Modal opened onClose={onClose} title={<strong>Add a campaign</strong>} size="sm">
      <form
        className={dialog.form}
        onSubmit={(event) => {
          event.preventDefault();
          create.mutate({
            name: name.trim(),
            importId: importId === '' ? null : importId,
            limitMicros: limit === '' ? null : Math.round(Number(limit) * 1_000_000),
          });
        }}
      >
        <TextInput
          label="Name"
          required
          maxLength={120}
          value={name}
          onChange={({ currentTarget: { value } }) => setName(value)}
          data-autofocus
        />
        <NativeSelect
          label="List"
          description="Runs over this list belong to it by themselves; other runs name their campaign when they start."
          data={[
            { value: '', label: 'None' },
            ...lists.map((list) => ({ value: list.id, label: list.name })),
          ]}
          value={importId}
          onChange={({ currentTarget: { value } }) => {
            setImportId(value);
            if (name.trim() === '') setName(lists.find(({ id }) => id === value)?.name ?? '');
          }}
        />
        <NumberInput
          label="All its runs at most, dollars"
          description="Empty: only counted."
          min={0}
          max={1_000_000}
          decimalScale={2}
          value={limit}
          onChange={setLimit}
        />
        <div className={dialog.buttons}>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={create.isPending} disabled={name.trim() === ''}>
            Add
          </Button>
        </div>
      </form>
    </Modal>
  );
}
