import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';

import { useMe } from '../../api/hooks.ts';
import type { DealRow } from '../../api/records.ts';
import { day } from '../../format/moment.ts';
import { major, moneyExact, moneyShort } from '../../format/money.ts';
import { points } from '../../format/words.ts';
import type { Column } from '../../ui/DataTable.tsx';
import { Initials } from '../../ui/Initials.tsx';
import { useNow } from '../../ui/now.ts';
import { When } from '../../ui/When.tsx';
import styles from './pipeline.module.css';

/** A column, and what of it goes into a file. */
export type DealColumn = Column<DealRow> & { plain: (deal: DealRow) => string | number | null };

export function useDealColumns(narrow: boolean): DealColumn[] {
  const { member } = useMe();
  return useMemo(() => {
    const all = columnsFor(member.id);
    return narrow ? all.filter(({ id }) => NARROW.has(id)) : all;
  }, [narrow, member.id]);
}

const NARROW: ReadonlySet<string> = new Set(['name', 'stage', 'signal', 'value']);

function columnsFor(memberId: string): DealColumn[] {
  return [
    {
      id: 'name',
      label: 'Deal',
      track: 'minmax(180px, 1.6fr)',
      cell: (deal) => (
        <Link to="/pipeline/$dealId" params={{ dealId: deal.id }} search={true} className="strong" style={{ color: 'var(--text)' }}>
          {deal.name}
        </Link>
      ),
      plain: ({ name }) => name,
    },
    { id: 'account', label: 'Account', track: 'minmax(130px, 1.1fr)', cell: ({ account }) => <span className="dim">{account.name}</span>, plain: ({ account }) => account.name },
    { id: 'stage', label: 'Stage', track: '130px', sortable: true, cell: ({ stageName }) => stageName, plain: ({ stageName }) => stageName },
    {
      id: 'signal',
      label: 'Signal',
      track: '74px',
      end: true,
      sortable: true,
      cell: ({ signalScore }) => <span className={styles.signal}>{points(signalScore)}</span>,
      plain: ({ signalScore }) => signalScore,
    },
    {
      id: 'value',
      label: 'Value',
      track: '88px',
      end: true,
      sortable: true,
      cell: (deal) => <span title={moneyExact(deal.valueMinor, deal.currency)}>{moneyShort(deal.valueMinor, deal.currency)}</span>,
      plain: (deal) => major(deal.valueMinor, deal.currency),
    },
    { id: 'currency', label: 'Currency', track: '76px', cell: ({ currency }) => <span className="dim">{currency}</span>, plain: ({ currency }) => currency },
    { id: 'owner', label: 'Owner', track: '60px', cell: ({ owner }) => <Initials name={owner.name} mine={owner.id === memberId} />, plain: ({ owner }) => owner.name },
    { id: 'nextStep', label: 'Next step', track: 'minmax(120px, 1fr)', cell: ({ nextStep }) => nextStep || <span className="faint">None</span>, plain: ({ nextStep }) => nextStep },
    { id: 'due', label: 'Due', track: '92px', end: true, cell: ({ nextStepDueAt }) => (nextStepDueAt ? <Due at={nextStepDueAt} /> : <span className="faint">–</span>), plain: ({ nextStepDueAt }) => nextStepDueAt },
    { id: 'close', label: 'Close', track: '104px', end: true, cell: ({ expectedCloseOn }) => (expectedCloseOn ? day(expectedCloseOn, 'UTC') : <span className="faint">–</span>), plain: ({ expectedCloseOn }) => expectedCloseOn },
    { id: 'age', label: 'In stage', track: '92px', end: true, sortable: true, cell: ({ stageEnteredAt }) => <When at={stageEnteredAt} className="dim" />, plain: ({ stageEnteredAt }) => stageEnteredAt },
  ];
}

function Due({ at }: { at: string }) {
  const now = useNow();
  const overdue = Date.parse(at) < now;
  return (
    <span className={overdue ? styles.overdue : ''}>
      <When at={at} />
      {overdue && <span className="visually-hidden"> overdue</span>}
    </span>
  );
}
