import { Button, Modal, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';

import { INPUT_WORDS } from '@penstock/enrichment/model/waterfall-fields';

import type { Failure } from '../../api/failure.ts';
import { useAnswer, useChange } from '../../api/hooks.ts';
import type { MutationOutput } from '../../api/procedures.ts';
import type { ProviderRow } from '../../api/records.ts';
import dialog from '../../dialogs/dialogs.module.css';
import { spend } from '../../format/money.ts';
import { sentence, words } from '../../format/words.ts';
import { say } from '../../ui/notify.tsx';
import type { Description } from './describe-provider.ts';
import { DescribeProvider } from './DescribeProvider.tsx';
import styles from './described.module.css';

/** What can be done with a provider of the workspace's own. */
export function DescribedActions({ provider }: { provider: ProviderRow }) {
  const [open, setOpen] = useState<'edit' | 'try' | 'remove' | null>(null);
  const described = useAnswer('enrichment.describedProviders', {});
  const close = () => setOpen(null);
  // Safe: what is stored was checked by the same contract.
  const description = described.data?.items.find(({ id }) => id === provider.id) as Description | undefined;
  if (!description) return null;
  return (
    <>
      <Button variant="subtle" size="compact-xs" onClick={() => setOpen('edit')}>
        Edit
      </Button>
      <Button
        variant="subtle"
        size="compact-xs"
        disabled={provider.keys.length === 0}
        title={provider.keys.length > 0 ? undefined : 'Add its key first'}
        onClick={() => setOpen('try')}
      >
        Try it
      </Button>
      <Button variant="subtle" size="compact-xs" onClick={() => setOpen('remove')}>
        Remove
      </Button>
      {open === 'edit' && <DescribeProvider described={description} onClose={close} />}
      {open === 'try' && <TryProvider description={description} onClose={close} />}
      {open === 'remove' && <RemoveProvider provider={provider} onClose={close} />}
    </>
  );
}

function RemoveProvider({ provider, onClose }: { provider: ProviderRow; onClose: () => void }) {
  const remove = useChange('enrichment.removeProvider', {
    stale: ['enrichment.providers', 'enrichment.describedProviders', 'enrichment.waterfall'],
    onDone: () => (say.done(`${provider.name} removed`), onClose()),
  });
  return (
    <Modal opened onClose={onClose} title={<strong>Remove {provider.name}?</strong>} size="sm">
      <div className={dialog.form}>
        <p>
          Its description and keys go. What it told, and what that cost, is kept. A published waterfall that
          asks it has to be changed first.
        </p>
        <div className={dialog.buttons}>
          <Button variant="default" onClick={onClose} data-autofocus>
            Keep it
          </Button>
          <Button color="red" loading={remove.isPending} onClick={() => remove.mutate({ id: provider.id })}>
            Remove
          </Button>
        </div>
      </div>
    </Modal>
  );
}

type Tried = MutationOutput<'enrichment.tryProvider'>;

function TryProvider({ description, onClose }: { description: Description; onClose: () => void }) {
  const [tried, setTried] = useState<Tried | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const ask = useChange('enrichment.tryProvider', {
    stale: ['enrichment.providers'],
    onDone: (answer) => (setTried(answer), setFailure(null)),
    onFailure: (problem) => (setFailure(problem), setTried(null), true),
  });
  const names = [...new Set(description.needs.flat())];
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const known = Object.fromEntries(names.map((name) => [name, String(form.get(name) ?? '').trim()]));
    ask.mutate({ providerId: description.id, known });
  };
  return (
    <Modal opened onClose={onClose} title={<strong>Try {description.name}</strong>} size="lg">
      <form onSubmit={onSubmit} className={dialog.form}>
        <p className="dim">
          One real call, which may cost what a call costs. Its money is in the ledger; what it says is kept
          nowhere.
        </p>
        {names.map((name, at) => (
          <TextInput
            key={name}
            label={sentence(INPUT_WORDS[name])}
            name={name}
            maxLength={200}
            {...(at === 0 && { 'data-autofocus': true })}
          />
        ))}
        {failure && (
          <div className={dialog.warning} role="alert">
            {failure.message}
          </div>
        )}
        {tried && <Result tried={tried} />}
        <div className={dialog.buttons}>
          <Button variant="default" onClick={onClose}>
            Close
          </Button>
          <Button type="submit" loading={ask.isPending}>
            Ask once
          </Button>
        </div>
      </form>
    </Modal>
  );
}

function Result({ tried }: { tried: Tried }) {
  return (
    <dl className={styles.result} aria-live="polite">
      <dt>Answer</dt>
      <dd>
        <strong>{sentence(tried.outcome)}</strong> · {tried.detail}
      </dd>
      {tried.values.map(({ field, value }) => (
        <Line key={field} label={words(field)} value={value} />
      ))}
      <dt>Cost</dt>
      <dd>
        {spend(tried.chargedMicros)}
        {tried.latencyMs === null ? '' : ` · ${tried.latencyMs} ms`}
      </dd>
      <dt>Asked</dt>
      <dd className="mono">{tried.request}</dd>
    </dl>
  );
}

function Line({ label, value }: { label: string; value: string }) {
  return (
    <>
      <dt>{label}</dt>
      <dd>{value}</dd>
    </>
  );
}
