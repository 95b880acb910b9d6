import { Button, Modal, PasswordInput, TextInput } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState, type FormEvent } from 'react';

import type { Failure } from '../../api/failure.ts';
import { useAnswer, useChange, useMay, useMe } from '../../api/hooks.ts';
import type { ProviderRow } from '../../api/records.ts';
import dialog from '../../dialogs/dialogs.module.css';
import { spend } from '../../format/money.ts';
import { words } from '../../format/words.ts';
import { say } from '../../ui/notify.tsx';
import { BoneRows, Failed } from '../../ui/States.tsx';
import { Tag } from '../../ui/Tag.tsx';
import { DescribedActions } from './DescribedActions.tsx';
import { DescribeProvider } from './DescribeProvider.tsx';
import { ProviderTerms, ProviderTermsLine } from './ProviderTerms.tsx';
import { SectionHead } from './SectionHead.tsx';
import styles from './settings.module.css';

export function ProvidersSection() {
  const may = useMay();
  const { workspace } = useMe();
  const providers = useAnswer('enrichment.providers', {});
  const [termsOf, setTermsOf] = useState<ProviderRow | null>(null);
  const [describing, setDescribing] = useState(false);
  const [keyFor, setKeyFor] = useState<ProviderRow | null>(null);
  return (
    <>
      <SectionHead
        title="Providers"
        note={
          workspace.kind === 'sandbox'
            ? 'Simulated, with each vendor’s own paths, prices and traps. The sandbox takes no real key.'
            : 'Asked with your own keys. You pay the providers; nothing is added.'
        }
      >
        <Link to="/enrichment/waterfall">Who is asked first: the waterfall</Link>
        {may('providers.manage') && (
          <Button variant="default" size="compact-sm" onClick={() => setDescribing(true)}>
            Describe a provider
          </Button>
        )}
      </SectionHead>
      {providers.isPending && <BoneRows rows={3} height={64} />}
      {providers.isError && (
        <Failed what="The providers" error={providers.error} onRetry={() => void providers.refetch()} />
      )}
      {providers.isSuccess && (
        <div className={styles.tableBox} tabIndex={0} role="region" aria-label="Table">
          <table className={styles.table}>
            <thead>
              <tr>
                <th scope="col">Provider</th>
                <th scope="col">Gives</th>
                <th scope="col" className={styles.end}>
                  Price
                </th>
                <th scope="col">Key</th>
                <th scope="col" className={styles.end}>
                  Calls
                </th>
                <th scope="col" className={styles.end}>
                  Spent
                </th>
              </tr>
            </thead>
            <tbody>
              {providers.data.items.map((provider) => (
                <Row
                  key={provider.id}
                  provider={provider}
                  onKey={may('providers.manage') ? () => setKeyFor(provider) : null}
                  onTerms={may('providers.manage') ? () => setTermsOf(provider) : null}
                />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {describing && <DescribeProvider described={null} onClose={() => setDescribing(false)} />}
      {termsOf && <ProviderTerms provider={termsOf} onClose={() => setTermsOf(null)} />}
      {keyFor && <KeyDialog provider={keyFor} onClose={() => setKeyFor(null)} />}
    </>
  );
}

function Row({
  provider,
  onKey,
  onTerms,
}: {
  provider: ProviderRow;
  onKey: (() => void) | null;
  onTerms: (() => void) | null;
}) {
  const { credential } = provider;
  return (
    <tr>
      <td>
        <div className="strong">{provider.name}</div>
        <div className="faint">{provider.needsKey ? provider.host : 'No vendor, no key'}</div>
        <details>
          <summary className="dim">Terms and traps</summary>
          <p>{provider.lawfulUse}</p>
          <p className="dim">
            Region {provider.region.toUpperCase()}
            {provider.retentionDays === null ? '' : `, kept ${provider.retentionDays} days at most`}, prices
            read on{' '}
            {[...new Set(provider.capabilities.map((capability) => capability.priceReadOn))].join(', ')}
          </p>
          {provider.notes.map((note) => (
            <p key={note}>{note}</p>
          ))}
          <ProviderTermsLine {...provider} />
        </details>
        {onTerms && (
          <Button
            variant="subtle"
            size="compact-xs"
            onClick={onTerms}
            aria-label={`Set terms of ${provider.name}`}
          >
            Set terms
          </Button>
        )}
      </td>
      <td>
        {provider.capabilities.map((capability) => (
          <div key={capability.id}>
            {capability.gives.map((field) => words(field)).join(', ')}
            {capability.batchMax > 1 && <span className="dim"> · up to {capability.batchMax} at once</span>}
            {capability.mode !== 'sync' && (
              <span className="dim"> · {words(capability.mode).toLowerCase()}</span>
            )}
          </div>
        ))}
      </td>
      <td className={styles.end}>
        {provider.capabilities.map((capability) => (
          <div key={capability.id}>
            {spend(capability.priceMicros)}{' '}
            <span className="dim">{words(capability.charged).toLowerCase()}</span>
          </div>
        ))}
      </td>
      <td>
        {credential ? (
          <>
            {provider.needsKey ? (
              <>
                {credential.label} <span className="mono dim">…{credential.lastFour}</span>
                {credential.balance && <Balance {...credential.balance} />}
              </>
            ) : (
              'On'
            )}
          </>
        ) : (
          <Tag tone="warn" shape="ring">
            {provider.needsKey ? 'No key' : 'Off'}
          </Tag>
        )}{' '}
        {provider.blocked && <BlockedTag {...provider.blocked} />}
        {onKey && !provider.needsKey && !credential && <SwitchOn provider={provider} />}
        {onKey && provider.needsKey && (
          <Button
            variant="default"
            size="compact-xs"
            onClick={onKey}
            aria-label={`${credential ? 'Replace' : 'Add'} key of ${provider.name}`}
          >
            {credential ? 'Replace' : 'Add'}
          </Button>
        )}
        {onKey && provider.id.startsWith('custom-') && <DescribedActions provider={provider} />}
      </td>
      <td className={styles.end}>
        {provider.calls.toLocaleString('en-US')}
        {provider.unknownCalls > 0 && (
          <div>
            <Tag
              tone="warn"
              shape="ring"
              title="Nobody knows whether the vendor charged; they are not asked again until that is settled"
            >
              {provider.unknownCalls} charge unknown
            </Tag>
          </div>
        )}
      </td>
      <td className={styles.end}>{spend(provider.spentMicros)}</td>
    </tr>
  );
}

/** What the vendor said when the key was saved. */
function Balance({ credits, at }: { credits: number; at: string }) {
  return (
    <div className="dim" title={`As the vendor said at ${new Date(at).toLocaleString()}`}>
      {credits.toLocaleString('en-US')} credits
    </div>
  );
}

const BLOCKED_WORDS: Record<NonNullable<ProviderRow['blocked']>['reason'], [tag: string, title: string]> = {
  rate_limited: ['Limited', 'The vendor asked to be left alone for a while'],
  quota_exhausted: [
    'No credits',
    'The vendor’s account has no credits left. Top it up, then save the key again to ask at once',
  ],
  unauthorized: ['Key refused', 'The vendor does not take this key. Save one that it takes'],
  failing: ['Failing', 'Too many faults in a row: one call finds out later whether it works again'],
  probing: ['Being tried', 'One call finds out whether it works again'],
};

function BlockedTag({ reason, until }: NonNullable<ProviderRow['blocked']>) {
  const [tag, title] = BLOCKED_WORDS[reason];
  const time = new Date(until).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
  return (
    <Tag tone="warn" shape="ring" title={title}>
      {tag} until {time}
    </Tag>
  );
}

/** A source without keys is stored like one with a key, so that calls and their ledger have something to belong to. */
function SwitchOn({ provider }: { provider: ProviderRow }) {
  const { workspace } = useMe();
  const save = useChange('settings.saveCredential', {
    stale: ['enrichment.providers'],
    onDone: () => say.done(`${provider.name} switched on`),
  });
  const secret = workspace.kind === 'sandbox' ? 'sandbox_no_key' : 'no-key-needed';
  return (
    <Button
      variant="default"
      size="compact-xs"
      loading={save.isPending}
      onClick={() => save.mutate({ provider: provider.id, label: 'Main', secret })}
      aria-label={`Switch ${provider.name} on`}
    >
      Switch on
    </Button>
  );
}

function KeyDialog({ provider, onClose }: { provider: ProviderRow; onClose: () => void }) {
  const { workspace } = useMe();
  const [failure, setFailure] = useState<Failure | null>(null);
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
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    save.mutate({
      provider: provider.id,
      label: String(form.get('label')).trim(),
      secret: String(form.get('secret')).trim(),
    });
  };
  return (
    <Modal opened onClose={onClose} title={<strong>Key of {provider.name}</strong>} size="sm">
      <form onSubmit={onSubmit} className={dialog.form}>
        {workspace.kind === 'sandbox' && (
          <p className="dim">
            The sandbox takes only keys that begin with <span className="mono">sandbox_</span>. For real ones
            make a real workspace.
          </p>
        )}
        <TextInput
          label="Label"
          name="label"
          defaultValue={provider.credential?.label ?? 'Main'}
          required
          maxLength={60}
        />
        <PasswordInput
          label="Key"
          name="secret"
          required
          minLength={8}
          autoComplete="off"
          description="Encrypted as it is stored; only its last four characters are shown again"
          data-autofocus
        />
        {failure && (
          <div className={dialog.warning} role="alert">
            {failure.message} {failure.issues.map((issue) => `${issue.field} ${issue.problem}`).join(', ')}
          </div>
        )}
        <div className={dialog.buttons}>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={save.isPending}>
            Save key
          </Button>
        </div>
      </form>
    </Modal>
  );
}
