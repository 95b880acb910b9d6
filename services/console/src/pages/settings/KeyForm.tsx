import { Button, Checkbox, PasswordInput, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';

import type { Failure } from '../../api/failure.ts';
import { useChange, useMe } from '../../api/hooks.ts';
import type { ProviderRow } from '../../api/records.ts';
import dialog from '../../dialogs/dialogs.module.css';
import { say } from '../../ui/notify.tsx';
import { KeyLimitFields } from './KeyLimitFields.tsx';
import { limitWords, readLimits, typedOf } from './key-limit-words.ts';

/** A label that no other key has. */
function freshLabel(keys: ProviderRow['keys']): string {
  const taken = new Set(keys.map(({ label }) => label));
  if (keys.length === 0) return 'Main';
  let at = 2;
  while (taken.has(`Key ${at}`)) at += 1;
  return `Key ${at}`;
}

/** A key, looked at with the vendor for free before it is stored. @param replaces the one whose secret is given anew */
export function KeyForm(props: {
  provider: ProviderRow;
  replaces: ProviderRow['keys'][number] | null;
  onClose: () => void;
}) {
  const { provider, replaces, onClose } = props;
  const { workspace } = useMe();
  const [failure, setFailure] = useState<Failure | null>(null);
  const before = replaces?.limits ?? null;
  const [ownPlan, setOwnPlan] = useState(before !== null);
  const [typed, setTyped] = useState(typedOf(before ?? provider.publishedLimits));
  const save = useChange('settings.saveCredential', {
    stale: ['enrichment.providers'],
    onDone: ({ checked, credits }) => (
      say.done(
        checked === 'taken'
          ? `Key of ${provider.name} taken by the vendor and saved, encrypted; ${(credits ?? 0).toLocaleString('en-US')} credits left`
          : `Key of ${provider.name} saved, encrypted; the vendor could not be asked whether it takes it`,
      ),
      onClose()
    ),
    onFailure: (problem) => (setFailure(problem), true),
  });
  const limits = readLimits(typed);
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    save.mutate({
      provider: provider.id,
      label: replaces?.label ?? String(form.get('label')).trim(),
      secret: String(form.get('secret')).trim(),
      ...(ownPlan && limits && { limits }),
    });
  };
  return (
    <form onSubmit={onSubmit} className={dialog.form}>
      {workspace.kind === 'sandbox' && (
        <p className="dim">
          The sandbox takes only keys that begin with <span className="mono">sandbox_</span>. For real ones
          make a real workspace.
        </p>
      )}
      {replaces === null && (
        <TextInput
          label="Label"
          name="label"
          defaultValue={freshLabel(provider.keys)}
          required
          maxLength={60}
        />
      )}
      <PasswordInput
        label={replaces === null ? 'Key' : `New key for ${replaces.label}`}
        name="secret"
        required
        minLength={8}
        autoComplete="off"
        description="Encrypted as it is stored; only its last four characters are shown again"
        data-autofocus
      />
      <Checkbox
        label={`Its plan has other limits than ${limitWords(provider.publishedLimits)}`}
        checked={ownPlan}
        onChange={({ currentTarget: { checked } }) => setOwnPlan(checked)}
      />
      {ownPlan && <KeyLimitFields typed={typed} onChange={setTyped} />}
      {failure && (
        <div className={dialog.warning} role="alert">
          {failure.message} {failure.issues.map((issue) => `${issue.field} ${issue.problem}`).join(', ')}
        </div>
      )}
      <div className={dialog.buttons}>
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button type="submit" loading={save.isPending} disabled={ownPlan && limits === null}>
          Save key
        </Button>
      </div>
    </form>
  );
}
