import { Button, Switch } from '@mantine/core';
import { IconExternalLink, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';

import { useAnswer, useChange, useMay } from '../../api/hooks.ts';
import type { FormRow } from '../../api/records.ts';
import { plural, words } from '../../format/words.ts';
import { Copy } from '../../ui/Copy.tsx';
import { say } from '../../ui/notify.tsx';
import { BoneRows, Empty, Failed } from '../../ui/States.tsx';
import { Tag } from '../../ui/Tag.tsx';
import { embedSnippet } from './embed-snippet.ts';
import { FormDialog } from './FormDialog.tsx';
import { SectionHead } from './SectionHead.tsx';
import { TestLeadDialog } from './TestLeadDialog.tsx';
import styles from './settings.module.css';

export function FormsSection() {
  const may = useMay();
  const forms = useAnswer('settings.forms', {});
  const [editing, setEditing] = useState<FormRow | 'new' | null>(null);
  const editable = may('forms.manage');
  return (
    <>
      <SectionHead
        title="Forms"
        note="Whoever sends one becomes a lead at once: answered, routed, enriched. A form’s key is public; it can do nothing but send."
      >
        {editable && (
          <Button leftSection={<IconPlus size={15} aria-hidden />} onClick={() => setEditing('new')}>
            New form
          </Button>
        )}
      </SectionHead>
      {forms.isPending && <BoneRows rows={3} height={72} />}
      {forms.isError && <Failed what="The forms" error={forms.error} onRetry={() => void forms.refetch()} />}
      {forms.data?.items.length === 0 && (
        <Empty title="No form yet">Make one, then open its page or put its snippet into your own.</Empty>
      )}
      {forms.data?.items.map((form) => (
        <FormLine key={form.id} form={form} editable={editable} onEdit={() => setEditing(form)} />
      ))}
      {editing !== null && (
        <FormDialog form={editing === 'new' ? null : editing} onClose={() => setEditing(null)} />
      )}
    </>
  );
}

function FormLine({ form, editable, onEdit }: { form: FormRow; editable: boolean; onEdit: () => void }) {
  const [open, setOpen] = useState(false);
  const [testing, setTesting] = useState(false);
  const update = useChange('settings.updateForm', {
    stale: ['settings.forms'],
    onDone: (_, { active }) => say.done(`${form.name} ${active ? 'takes' : 'no longer takes'} submissions`),
  });
  const address = new URL(form.hostedPath, window.location.origin).href;
  const snippet = embedSnippet(window.location.origin, form.publicKey);
  return (
    <div className={styles.formRow}>
      <div className={styles.formHead}>
        <span className="strong">{form.name}</span>
        <span className="dim">{words(form.intent)}</span>
        <span className="dim num">{plural(form.leads, 'lead')}</span>
        {editable ? (
          <Switch
            label="Takes submissions"
            labelPosition="left"
            checked={form.active}
            onChange={(event) => update.mutate({ id: form.id, active: event.currentTarget.checked })}
          />
        ) : (
          <Tag tone={form.active ? 'good' : 'plain'}>{form.active ? 'On' : 'Off'}</Tag>
        )}
      </div>
      <div className="dim">
        {form.allowedOrigins.length > 0
          ? `May be sent from ${form.allowedOrigins.join(', ')}`
          : 'May be sent from its own page only'}
      </div>
      <div className={styles.tools} style={{ marginTop: 8 }}>
        <Button
          component="a"
          href={address}
          target="_blank"
          rel="noopener"
          variant="default"
          leftSection={<IconExternalLink size={15} aria-hidden />}
        >
          Open the form
        </Button>
        <Button variant="default" aria-expanded={open} onClick={() => setOpen(!open)}>
          Embed
        </Button>
        {editable && (
          <>
            <Button variant="default" disabled={!form.active} onClick={() => setTesting(true)}>
              Send a test
            </Button>
            <Button variant="default" onClick={onEdit}>
              Edit
            </Button>
          </>
        )}
      </div>
      {testing && <TestLeadDialog form={form} onClose={() => setTesting(false)} />}
      {open && (
        <div className={styles.snippet}>
          {snippet}
          <Copy value={snippet} what="snippet" />
        </div>
      )}
    </div>
  );
}
