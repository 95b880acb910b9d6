import { Button, Modal, NumberInput, TextInput } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';

import { useAnswer, useChange, useMay } from '../../api/hooks.ts';
import type { QueryOutput } from '../../api/procedures.ts';
import dialog from '../../dialogs/dialogs.module.css';
import { words } from '../../format/words.ts';
import { say } from '../../ui/notify.tsx';
import page from '../../ui/page.module.css';
import { PageHead } from '../../ui/PageHead.tsx';
import { BoneRows, Failed } from '../../ui/States.tsx';
import { Tag } from '../../ui/Tag.tsx';
import { When } from '../../ui/When.tsx';
import { EnrichmentTabs } from './EnrichmentTabs.tsx';
import { dollars } from './forecast-words.ts';
import { UnknownCharges } from './UnknownCharges.tsx';
import styles from './money.module.css';

type Money = QueryOutput<'enrichment.money'>;

/** What may be spent and what was, the switch of all paid calls, and calls of unknown charge. */
export function MoneyPage() {
  const money = useAnswer('enrichment.money', {}, { refetchMs: 5_000 });
  const mayManage = useMay()('providers.manage');
  return (
    <div className={page.page}>
      <PageHead title="Enrichment" />
      <EnrichmentTabs here="money" />
      <div className={styles.content}>
        {money.isPending && <BoneRows rows={8} />}
        {money.isError && (
          <Failed what="The budgets" error={money.error} onRetry={() => void money.refetch()} />
        )}
        {money.isSuccess && (
          <>
            <Switch money={money.data} mayManage={mayManage} />
            <Month month={money.data.month} mayManage={mayManage} />
            <Runs runs={money.data.runs} />
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

function Month({ month, mayManage }: { month: Money['month']; mayManage: boolean }) {
  const [limit, setLimit] = useState<string | number>(month.limitMicros / 1_000_000);
  const save = useChange('enrichment.setMonthBudget', {
    stale: ['enrichment.money', 'enrichment.forecast'],
    onDone: () => say.done('Budget of the month set; months to come begin with it'),
  });
  const limitMicros = Math.round(Number(limit) * 1_000_000);
  const valid = limit !== '' && Number.isFinite(limitMicros) && limitMicros >= 0;
  return (
    <section aria-label="This month">
      <h2>This month</h2>
      <Bar {...month} label="Budget of this month" />
      <dl className={styles.figures}>
        <Amount label="Spent" micros={month.chargedMicros} />
        <Amount label="Reserved" micros={month.reservedMicros} note="under way, or of unknown charge" />
        <Amount
          label="Left"
          micros={Math.max(0, month.limitMicros - month.chargedMicros - month.reservedMicros)}
          note={`of ${dollars(month.limitMicros)}`}
        />
      </dl>
      {mayManage && (
        <form
          className={styles.limit}
          onSubmit={(event) => {
            event.preventDefault();
            save.mutate({ limitMicros });
          }}
        >
          <NumberInput
            label="All paid calls of a month, dollars"
            min={0}
            max={1_000_000}
            decimalScale={2}
            value={limit}
            onChange={setLimit}
          />
          <Button
            type="submit"
            loading={save.isPending}
            disabled={!valid || limitMicros === month.limitMicros}
          >
            Set
          </Button>
        </form>
      )}
    </section>
  );
}

function Amount({ label, micros, note }: { label: string; micros: number; note?: string }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd className="num">{dollars(micros)}</dd>
      {note !== undefined && <dd className={styles.note}>{note}</dd>}
    </div>
  );
}

function Bar(props: {
  label: string;
  limitMicros: number | null;
  chargedMicros: number;
  reservedMicros: number;
}) {
  const { label, limitMicros, chargedMicros, reservedMicros } = props;
  if (limitMicros === null) return null;
  const share = (micros: number) => `${limitMicros === 0 ? 0 : Math.min(100, (micros / limitMicros) * 100)}%`;
  const used =
    limitMicros === 0 ? 100 : Math.min(100, ((chargedMicros + reservedMicros) / limitMicros) * 100);
  return (
    <div
      className={styles.bar}
      data-near={used >= 80}
      role="meter"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(used)}
    >
      <span style={{ width: share(chargedMicros) }} />
      <span data-reserved style={{ width: share(reservedMicros) }} />
    </div>
  );
}

function Runs({ runs }: Pick<Money, 'runs'>) {
  if (runs.length === 0) return null;
  return (
    <section aria-label="Runs">
      <h2>Budgets of runs</h2>
      <p className="dim">
        A run’s own budget is raised when it is resumed. One person’s record has the ceiling of its version.
      </p>
      <div className={styles.scroll} tabIndex={0} role="region" aria-label="Runs, table">
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">Run</th>
              <th scope="col">State</th>
              <th scope="col">Spent</th>
              <th scope="col">Reserved</th>
              <th scope="col">Budget</th>
              <th scope="col">Used</th>
            </tr>
          </thead>
          <tbody>
            {runs.map((run) => (
              <tr key={run.runId}>
                <th scope="row">
                  <Link to="/enrichment/$runId" params={{ runId: run.runId }}>
                    {run.name}
                  </Link>
                </th>
                <td>{words(run.state)}</td>
                <td className="num">{dollars(run.chargedMicros)}</td>
                <td className="num">{dollars(run.reservedMicros)}</td>
                <td className="num">
                  {run.limitMicros === null ? 'none of its own' : dollars(run.limitMicros)}
                </td>
                <td className={styles.barCell}>
                  <Bar {...run} label={`Budget of ${run.name}`} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
