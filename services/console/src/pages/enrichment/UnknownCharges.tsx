import { Button, Checkbox, Modal, TextInput } from '@mantine/core';
import { useState } from 'react';

import { useAnswer, useChange, usePages } from '../../api/hooks.ts';
import type { QueryOutput } from '../../api/procedures.ts';
import dialog from '../../dialogs/dialogs.module.css';
import { plural, words } from '../../format/words.ts';
import { say } from '../../ui/notify.tsx';
import { BoneRows, Failed } from '../../ui/States.tsx';
import { When } from '../../ui/When.tsx';
import { dollars } from './forecast-words.ts';
import styles from './money.module.css';
import plain from '../../ui/plain.module.css';

type Decision = 'charged' | 'not_charged';
type Call = QueryOutput<'enrichment.unknownCharges'>['items'][number];

/** Calls that were made and never answered: whoever can look at the vendor's usage says whether they were charged. */
export function UnknownCharges(props: {
  sums: readonly { provider: string; calls: number; reservedMicros: number }[];
  mayManage: boolean;
}) {
  const { sums, mayManage } = props;
  const calls = usePages('enrichment.unknownCharges', {});
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [deciding, setDeciding] = useState<Decision | null>(null);
  const rows = calls.data?.pages.flatMap(({ items }) => items) ?? [];
  const mine = rows.filter(({ id }) => chosen.has(id));
  const toggle = (ids: readonly string[], on: boolean) =>
    setChosen((before) => {
      const after = new Set(before);
      for (const id of ids)
        if (on) after.add(id);
        else after.delete(id);
      return after;
    });
  return (
    <section aria-label="Unknown charges">
      <h2>Calls of unknown charge</h2>
      <p className="dim">
        Made, but never answered: the vendor may have charged. Their money stays reserved, and this provider
        is not asked again for the same person. Where a free look-up or the key’s balance leaves no doubt they
        are settled by themselves; the others wait until somebody has looked at the vendor’s usage page.
      </p>
      {calls.isPending && <BoneRows rows={3} />}
      {calls.isError && <Failed what="The calls" error={calls.error} onRetry={() => void calls.refetch()} />}
      {calls.isSuccess && rows.length === 0 && <p>None. Every call is accounted for.</p>}
      {rows.length > 0 && (
        <>
          <p>
            {sums
              .map(
                ({ provider, calls: count, reservedMicros }) =>
                  `${words(provider)}: ${plural(count, 'call')}, ${dollars(reservedMicros)}`,
              )
              .join(' · ')}
          </p>
          {mayManage && (
            <div className={styles.decide}>
              <Button
                size="compact-sm"
                variant="default"
                disabled={mine.length === 0}
                onClick={() => setDeciding('charged')}
              >
                Was charged
              </Button>
              <Button
                size="compact-sm"
                variant="default"
                disabled={mine.length === 0}
                onClick={() => setDeciding('not_charged')}
              >
                Was not charged
              </Button>
              <span className="dim">{plural(mine.length, 'call')} chosen</span>
            </div>
          )}
          <CallTable rows={rows} chosen={chosen} mayManage={mayManage} onToggle={toggle} />
          {calls.hasNextPage && (
            <Button
              variant="default"
              loading={calls.isFetchingNextPage}
              onClick={() => void calls.fetchNextPage()}
            >
              Show more
            </Button>
          )}
        </>
      )}
      <Settled />
      {deciding && (
        <Decide
          decision={deciding}
          calls={mine}
          onClose={() => setDeciding(null)}
          onDone={() => setChosen(new Set())}
        />
      )}
    </section>
  );
}

const BY = { person: 'a person', balance: 'the balance', look_up: 'a free look-up' } as const;

/** Those that were settled in the last days, and how it was known. */
function Settled() {
  const settled = useAnswer('enrichment.settledCharges', {});
  const items = settled.data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <details>
      <summary>{plural(items.length, 'call')} settled in the last 30 days</summary>
      <div className={plain.scroll} tabIndex={0} role="region" aria-label="Settled charges, table">
        <table className={plain.table}>
          <thead>
            <tr>
              <th scope="col">Provider</th>
              <th scope="col">Settled by</th>
              <th scope="col">What is known</th>
              <th scope="col">Charged</th>
              <th scope="col">When</th>
            </tr>
          </thead>
          <tbody>
            {items.map((call) => (
              <tr key={call.id}>
                <th scope="row">
                  {words(call.provider)} <span className="faint">{call.capability.replaceAll('-', ' ')}</span>
                </th>
                <td>{BY[call.by]}</td>
                <td className={styles.callNote}>{call.outcome}</td>
                <td className="num">{dollars(call.chargedMicros)}</td>
                <td>
                  <When at={call.settledAt} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}

function CallTable(props: {
  rows: readonly Call[];
  chosen: ReadonlySet<string>;
  mayManage: boolean;
  onToggle: (ids: readonly string[], on: boolean) => void;
}) {
  const { rows, chosen, mayManage, onToggle } = props;
  const ids = rows.map(({ id }) => id);
  return (
    <div className={plain.scroll} tabIndex={0} role="region" aria-label="Unknown charges, table">
      <table className={plain.table}>
        <thead>
          <tr>
            {mayManage && (
              <th scope="col">
                <Checkbox
                  aria-label="All that are shown"
                  checked={ids.every((id) => chosen.has(id))}
                  onChange={({ currentTarget: { checked } }) => onToggle(ids, checked)}
                />
              </th>
            )}
            <th scope="col">Provider</th>
            <th scope="col">Person</th>
            <th scope="col">What happened</th>
            <th scope="col">Reserved</th>
            <th scope="col">Made</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((call) => (
            <tr key={call.id}>
              {mayManage && (
                <td>
                  <Checkbox
                    aria-label={`${words(call.provider)} for ${call.person}`}
                    checked={chosen.has(call.id)}
                    onChange={({ currentTarget: { checked } }) => onToggle([call.id], checked)}
                  />
                </td>
              )}
              <th scope="row">
                {words(call.provider)} <span className="faint">{call.capability.replaceAll('-', ' ')}</span>
              </th>
              <td>
                {call.person || 'No name'} <span className="faint">{call.company}</span>
              </td>
              <td>
                {call.outcome}
                {call.note !== '' && (
                  <div className={styles.callNote}>Not settled by itself: {call.note}</div>
                )}
              </td>
              <td className="num">{dollars(call.reservedMicros)}</td>
              <td>
                <When at={call.reservedAt} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Decide(props: {
  decision: Decision;
  calls: readonly Call[];
  onClose: () => void;
  onDone: () => void;
}) {
  const { decision, calls, onClose, onDone } = props;
  const [evidence, setEvidence] = useState('');
  const charged = decision === 'charged';
  const sum = calls.reduce((total, { reservedMicros }) => total + reservedMicros, 0);
  const decide = useChange('enrichment.reconcileCharges', {
    stale: [
      'enrichment.money',
      'enrichment.unknownCharges',
      'enrichment.settledCharges',
      'enrichment.scorecards',
    ],
    onDone: ({ settled }) => {
      say.done(`${plural(settled, 'call')} settled`);
      onDone();
      onClose();
    },
  });
  return (
    <Modal
      opened
      onClose={onClose}
      title={<strong>{charged ? 'They were charged' : 'They were not charged'}</strong>}
      size="sm"
    >
      <form
        className={dialog.form}
        onSubmit={(event) => {
          event.preventDefault();
          decide.mutate({
            ids: calls.slice(0, 500).map(({ id }) => id),
            decision,
            evidence: evidence.trim(),
          });
        }}
      >
        <p>
          {charged
            ? `${plural(calls.length, 'call')} count as spent with ${dollars(sum)}. They are not made again while their answer would be fresh.`
            : `${dollars(sum)} of ${plural(calls.length, 'call')} become free, and they may be made again. This can’t be taken back.`}
        </p>
        <TextInput
          label="Where it was seen"
          placeholder="usage page of the vendor, 24 Nov"
          required
          maxLength={200}
          value={evidence}
          onChange={({ currentTarget: { value } }) => setEvidence(value)}
          data-autofocus
        />
        <div className={dialog.buttons}>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={decide.isPending} disabled={evidence.trim() === ''}>
            Settle
          </Button>
        </div>
      </form>
    </Modal>
  );
}
