import { Button, Modal, TextInput } from '@mantine/core';
import { useState } from 'react';

import { useAnswer, useChange, useMay } from '../../api/hooks.ts';
import type { QueryOutput } from '../../api/procedures.ts';
import dialog from '../../dialogs/dialogs.module.css';
import { say } from '../../ui/notify.tsx';
import page from '../../ui/page.module.css';
import { PageHead } from '../../ui/PageHead.tsx';
import { BoneRows, Failed } from '../../ui/States.tsx';
import { Tag } from '../../ui/Tag.tsx';
import { When } from '../../ui/When.tsx';
import { Budgets } from './Budgets.tsx';
import { EnrichmentTabs } from './EnrichmentTabs.tsx';
import { UnknownCharges } from './UnknownCharges.tsx';
import styles from './money.module.css';
import plain from '../../ui/plain.module.css';

type Money = QueryOutput<'enrichment.money'>;

/** What may be spent and what was, the switch of all paid calls, and calls of unknown charge. */
export function MoneyPage() {
  const money = useAnswer('enrichment.money', {}, { refetchMs: 5_000 });
  const mayManage = useMay()('providers.manage');
  return (
    <div className={page.page}>
      <PageHead title="Enrichment" />
      <EnrichmentTabs here="money" />
      <div className={plain.content}>
        {money.isPending && <BoneRows rows={8} />}
        {money.isError && (
          <Failed what="The budgets" error={money.error} onRetry={() => void money.refetch()} />
        )}
        {money.isSuccess && (
          <>
            <Switch money={money.data} mayManage={mayManage} />
            <Budgets mayManage={mayManage} />
            <UnknownCharges sums={money.data.unknown} mayManage={mayManage} />
          </>
        )}
      </div>
    </div>
  );
}

function Switch({ money, mayManage }: { money: Money; mayManage: boolean }) {
  const [asking, setAsking] = useState(false);
  const [reason, setReason] = useState('');
  const { stopped, turned } = money;
  const turn = useChange('enrichment.switchPaidCalls', {
    stale: ['enrichment.money', 'enrichment.forecast', 'settings.workspace'],
    onDone: (_, input) => {
      setAsking(false);
      setReason('');
      say.done(
        input.stopped
          ? 'Paid calls are stopped'
          : 'Paid calls are allowed again; paused runs are resumed by hand',
      );
    },
  });
  return (
    <section aria-label="Paid calls" className={styles.switch} data-stopped={stopped}>
      <div>
        <h2>
          Paid calls{' '}
          {stopped ? (
            <Tag tone="bad" shape="square">
              Stopped
            </Tag>
          ) : (
            <Tag tone="good">Allowed</Tag>
          )}
        </h2>
        <p className="dim">
          {turned === null ? (
            'Nobody has stopped them yet. The switch holds for every provider, run and lead of this workspace.'
          ) : (
            <>
              {stopped ? 'Stopped' : 'Last turned'} by {turned.name} <When at={turned.at} />
              {turned.reason !== '' && `: ${turned.reason}`}
            </>
          )}
        </p>
      </div>
      {mayManage && (
        <Button variant={stopped ? 'filled' : 'default'} onClick={() => setAsking(true)}>
          {stopped ? 'Allow paid calls' : 'Stop all paid calls'}
        </Button>
      )}
      {asking && (
        <Modal
          opened
          onClose={() => setAsking(false)}
          title={<strong>{stopped ? 'Allow paid calls again?' : 'Stop all paid calls?'}</strong>}
          size="sm"
        >
          <form
            className={dialog.form}
            onSubmit={(event) => {
              event.preventDefault();
              turn.mutate({ stopped: !stopped, reason: reason.trim() });
            }}
          >
            <p>
              {stopped
                ? 'Leads are enriched again at once. Runs that paused are resumed on their own page.'
                : 'No provider that costs money is asked from the next call on. Calls that are under way are still paid. Runs pause and can be resumed.'}
            </p>
            <TextInput
              label="Why"
              required
              maxLength={200}
              value={reason}
              onChange={({ currentTarget: { value } }) => setReason(value)}
              data-autofocus
            />
            <div className={dialog.buttons}>
              <Button variant="default" onClick={() => setAsking(false)}>
                Cancel
              </Button>
              <Button
                type="submit"
                {...(!stopped && { color: 'red' })}
                loading={turn.isPending}
                disabled={reason.trim() === ''}
              >
                {stopped ? 'Allow' : 'Stop'}
              </Button>
            </div>
          </form>
        </Modal>
      )}
    </section>
  );
}
