import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';

import { useAnswer } from '../../api/hooks.ts';
import { BoneRows, Failed } from '../../ui/States.tsx';
import { BudgetBar } from './BudgetBar.tsx';
import { BudgetDialog } from './BudgetDialog.tsx';
import { budgetRows, leftOf, paceWords, type BudgetRow, type BudgetsAnswer } from './budget-rows.ts';
import { CampaignDialog } from './CampaignDialog.tsx';
import { dollars } from './forecast-words.ts';
import styles from './money.module.css';
import plain from '../../ui/plain.module.css';

/** Every budget as it nests, with what is spent, reserved and left; opened to be changed, or to see who did and why. */
export function Budgets({ mayManage }: { mayManage: boolean }) {
  const budgets = useAnswer('enrichment.budgets', {}, { refetchMs: 5_000 });
  const [open, setOpen] = useState<BudgetRow | null>(null);
  const [adding, setAdding] = useState(false);
  if (budgets.isPending) return <BoneRows rows={6} />;
  if (budgets.isError)
    return <Failed what="The budgets" error={budgets.error} onRetry={() => void budgets.refetch()} />;
  return (
    <section aria-label="Budgets">
      <div className={styles.head}>
        <h2>Budgets</h2>
        {mayManage && (
          <Button size="compact-sm" variant="default" onClick={() => setAdding(true)}>
            Add a campaign
          </Button>
        )}
      </div>
      <Month month={budgets.data.month} />
      <p className="dim">
        A call needs room in each budget that it belongs to: the workspace’s month, its team’s month, its
        campaign or list, its run, and the ceiling that the waterfall sets for one record. A run pauses at the
        first that is empty, and says which.
      </p>
      <Tree rows={budgetRows(budgets.data)} mayManage={mayManage} onOpen={setOpen} />
      {open && <BudgetDialog row={open} mayManage={mayManage} onClose={() => setOpen(null)} />}
      {adding && <CampaignDialog onClose={() => setAdding(false)} />}
    </section>
  );
}

function Month({ month }: { month: BudgetsAnswer['month'] }) {
  const { limitMicros, chargedMicros, reservedMicros, passed } = month;
  return (
    <>
      <BudgetBar {...month} label="Budget of this month" passed={passed} />
      <dl className={styles.figures}>
        <Amount label="Spent" micros={chargedMicros} />
        <Amount label="Reserved" micros={reservedMicros} note="under way, or of unknown charge" />
        <Amount
          label="Left"
          micros={Math.max(0, limitMicros - chargedMicros - reservedMicros)}
          note={`of ${dollars(limitMicros)}`}
        />
        <div>
          <dt>Month gone</dt>
          <dd className="num">{Math.floor(passed * 100)}%</dd>
          <dd className={styles.note}>{paceWords(month)}</dd>
        </div>
      </dl>
    </>
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

function Tree(props: { rows: readonly BudgetRow[]; mayManage: boolean; onOpen: (row: BudgetRow) => void }) {
  const { rows, mayManage, onOpen } = props;
  return (
    <div className={plain.scroll} tabIndex={0} role="region" aria-label="Budgets, table">
      <table className={plain.table}>
        <thead>
          <tr>
            <th scope="col">Budget of</th>
            <th scope="col">Spent</th>
            <th scope="col">Reserved</th>
            <th scope="col">Left</th>
            <th scope="col">Limit</th>
            <th scope="col">Used</th>
            <th scope="col">
              <span className="visually-hidden">Change</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Row
              key={`${row.which.scope} ${row.which.id ?? ''}`}
              row={row}
              mayManage={mayManage}
              onOpen={onOpen}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row(props: { row: BudgetRow; mayManage: boolean; onOpen: (row: BudgetRow) => void }) {
  const { row, mayManage, onOpen } = props;
  const { name, kind, depth, which, chargedMicros, reservedMicros, limitMicros, note } = row;
  const left = leftOf(row);
  return (
    <tr>
      <th scope="row" className={styles.nested} data-depth={depth}>
        {which.scope === 'run' && which.id ? (
          <Link to="/enrichment/$runId" params={{ runId: which.id }}>
            {name}
          </Link>
        ) : (
          name
        )}{' '}
        <span className="faint">{kind}</span>
      </th>
      <td className="num">{dollars(chargedMicros)}</td>
      <td className="num">{dollars(reservedMicros)}</td>
      <td className="num">{left === null ? '–' : dollars(left)}</td>
      <td className="num">
        {limitMicros === null ? <span className="faint">none</span> : dollars(limitMicros)}
      </td>
      <td className={styles.barCell}>
        <BudgetBar {...row} label={`Budget of ${name}`} />
        {note !== '' && depth > 0 && <span className="faint">{note}</span>}
      </td>
      <td>
        <Button
          size="compact-xs"
          variant="default"
          aria-label={`${mayManage ? 'Change' : 'History'}: budget of ${name}`}
          onClick={() => onOpen(row)}
        >
          {mayManage ? 'Change' : 'History'}
        </Button>
      </td>
    </tr>
  );
}
