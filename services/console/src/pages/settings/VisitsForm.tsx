import { Button, NumberInput, PasswordInput, Switch, Textarea } from '@mantine/core';
import { useState, type FormEvent } from 'react';

import { useChange } from '../../api/hooks.ts';
import type { QueryOutput } from '../../api/procedures.ts';
import { say } from '../../ui/notify.tsx';
import styles from './settings.module.css';

type Settings = QueryOutput<'visits.read'>['settings'];

const DEFAULT_PRICING = ['/pricing', '/pricing/*', '/plans'];
const linesOf = (text: FormDataEntryValue | null): string[] =>
  String(text ?? '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

export function VisitsForm({ settings, editable }: { settings: Settings; editable: boolean }) {
  const [active, setActive] = useState(settings?.active ?? true);
  const [proposes, setProposes] = useState(settings?.proposes ?? true);
  const save = useChange('visits.save', {
    stale: ['visits.read'],
    onDone: () => say.done(active ? 'Saved: visits are taken' : 'Saved: no visits are taken'),
  });
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const ipToken = String(form.get('ipToken') ?? '').trim();
    save.mutate({
      active,
      proposes,
      allowedOrigins: linesOf(form.get('origins')).map((line) => line.replace(/\/$/, '')),
      pricingPaths: linesOf(form.get('pricing')),
      ignoredPaths: linesOf(form.get('ignored')),
      dailyLookups: Number(form.get('dailyLookups')),
      ...(ipToken !== '' && { ipToken }),
    });
  };
  return (
    <form className={styles.form} onSubmit={onSubmit}>
      <Switch
        label="Take visits"
        checked={active}
        disabled={!editable}
        onChange={(event) => setActive(event.currentTarget.checked)}
      />
      <Textarea
        label="Your sites"
        description="One origin a line. Visits from anywhere else are refused."
        name="origins"
        defaultValue={settings?.allowedOrigins.join('\n') ?? ''}
        placeholder="https://www.company.com"
        autosize
        minRows={2}
        required
        disabled={!editable}
      />
      <Textarea
        label="Pages about prices"
        description="One path a line, * for anything. Looking at them is a stronger signal."
        name="pricing"
        defaultValue={(settings?.pricingPaths ?? DEFAULT_PRICING).join('\n')}
        autosize
        minRows={2}
        disabled={!editable}
      />
      <Textarea
        label="Pages that don’t count"
        description="Such as careers, or a customers’ login"
        name="ignored"
        defaultValue={settings?.ignoredPaths.join('\n') ?? ''}
        placeholder="/careers*"
        autosize
        minRows={1}
        disabled={!editable}
      />
      <Switch
        label="Propose companies that are no account yet"
        checked={proposes}
        disabled={!editable}
        onChange={(event) => setProposes(event.currentTarget.checked)}
      />
      <PasswordInput
        label={settings?.hasIpToken ? 'Another token of IPinfo' : 'Token of IPinfo'}
        description={
          settings?.hasIpToken
            ? 'One is stored, encrypted. It is asked where the address has no name of its company.'
            : 'Optional. Without it, companies are known by the names of their addresses alone.'
        }
        name="ipToken"
        autoComplete="off"
        maxLength={200}
        disabled={!editable}
      />
      <NumberInput
        label="IP look-ups a day, at most"
        name="dailyLookups"
        defaultValue={settings?.dailyLookups ?? 1_000}
        min={0}
        max={1_000_000}
        allowDecimal={false}
        disabled={!editable}
      />
      {editable ? (
        <div>
          <Button type="submit" loading={save.isPending}>
            Save
          </Button>
        </div>
      ) : (
        <p className="dim">RevOps or an admin can change it.</p>
      )}
    </form>
  );
}
