import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';

import { useAnswer, useChange, useMay, useMe } from '../../api/hooks.ts';
import type { ProviderRow } from '../../api/records.ts';
import { spend } from '../../format/money.ts';
import { words } from '../../format/words.ts';
import { say } from '../../ui/notify.tsx';
import { BoneRows, Failed } from '../../ui/States.tsx';
import { Tag } from '../../ui/Tag.tsx';
import { DescribedActions } from './DescribedActions.tsx';
import { DescribeProvider } from './DescribeProvider.tsx';
import { KeyList } from './KeyList.tsx';
import { KeysDialog } from './KeysDialog.tsx';
import { LawfulUse } from './LawfulUse.tsx';
import { ProviderTerms, ProviderTermsLine } from './ProviderTerms.tsx';
import { SectionHead } from './SectionHead.tsx';
import styles from './settings.module.css';

export function ProvidersSection() {
  const may = useMay();
  const { workspace } = useMe();
  const providers = useAnswer('enrichment.providers', {});
  const [termsOf, setTermsOf] = useState<ProviderRow | null>(null);
  const [describing, setDescribing] = useState(false);
  const [keysOf, setKeysOf] = useState<string | null>(null);
  const keyFor = providers.data?.items.find(({ id }) => id === keysOf);
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
      <LawfulUse />
      {providers.isPending && <BoneRows rows={3} height={64} />}
      {providers.isError && (
        <Failed what="The providers" error={providers.error} onRetry={() => void providers.refetch()} />
      )}
      {providers.isSuccess && (
        <div className={styles.tableBox} tabIndex={0} role="region" aria-label="Table">
          <table className={`${styles.table} ${styles.providers}`}>
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
                  onKey={may('providers.manage') ? () => setKeysOf(provider.id) : null}
                  onTerms={may('providers.manage') ? () => setTermsOf(provider) : null}
                />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {describing && <DescribeProvider described={null} onClose={() => setDescribing(false)} />}
      {termsOf && <ProviderTerms provider={termsOf} onClose={() => setTermsOf(null)} />}
      {keyFor && <KeysDialog provider={keyFor} onClose={() => setKeysOf(null)} />}
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
      {/* One cell: what a call gives stands beside its price, however many lines it takes. */}
      <td colSpan={2}>
        {provider.capabilities.map((capability) => (
          <div key={capability.id} className={styles.offer}>
            <span>
              {capability.gives.map((field) => words(field)).join(', ')}
              {capability.batchMax > 1 && <span className="dim"> · up to {capability.batchMax} at once</span>}
              {capability.mode !== 'sync' && (
                <span className="dim"> · {words(capability.mode).toLowerCase()}</span>
              )}
            </span>
            <span className={styles.offerPrice}>
              {spend(capability.priceMicros)}{' '}
              <span className="dim">{words(capability.charged).toLowerCase()}</span>
            </span>
          </div>
        ))}
      </td>
      <td>
        {provider.needsKey ? (
          <KeyList keys={provider.keys} use={provider.keyUse} />
        ) : (
          provider.keys.length > 0 && 'On'
        )}
        {provider.keys.length === 0 && (
          <Tag tone="warn" shape="ring">
            {provider.needsKey ? 'No key' : 'Off'}
          </Tag>
        )}{' '}
        {onKey && !provider.needsKey && provider.keys.length === 0 && <SwitchOn provider={provider} />}
        {onKey && provider.needsKey && (
          <Button
            variant="default"
            size="compact-xs"
            onClick={onKey}
            aria-label={`${provider.keys.length === 0 ? 'Add a key' : 'Keys'} of ${provider.name}`}
          >
            {provider.keys.length === 0 ? 'Add a key' : 'Keys'}
          </Button>
        )}
        {onKey && provider.id.startsWith('custom-') && <DescribedActions provider={provider} />}
      </td>
      <td className={styles.end} data-label="Calls">
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
      <td className={styles.end} data-label="Spent">
        {spend(provider.spentMicros)}
      </td>
    </tr>
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
