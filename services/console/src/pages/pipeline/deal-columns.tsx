import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';

import { useMe } from '../../api/hooks.ts';
import type { DealRow } from '../../api/records.ts';
import { day } from '../../format/moment.ts';
import { major, moneyExact, moneyShort } from '../../format/money.ts';
import { points } from '../../format/words.ts';
import type { Column } from '../../ui/DataTable.tsx';
import { StallMark } from './StallMark.tsx';
import { Initials } from '../../ui/Initials.tsx';
import { useNow } from '../../ui/now.ts';
import { Age, When } from '../../ui/When.tsx';
import styles from './pipeline.module.css';

/** A column, and what of it goes into a file. */
export type DealColumn = Column<DealRow> & {
  file: Readonly<Record<string, (deal: DealRow) => string | number | null>>;
};

export function useDealColumns(room: 'all' | 'risk' | keyof typeof SHOWN): DealColumn[] {
  const { member } = useMe();
  return useMemo(() => {
    const all = columnsFor(member.id);
    if (room === 'risk') return riskColumns(all);
    return room === 'all' ? all : all.filter(({ id }) => SHOWN[room].has(id));
  }, [room, member.id]);
}

const SHOWN: Readonly<Record<'few' | 'phone' | 'riskOnPhone', ReadonlySet<string>>> = {
  few: new Set(['name', 'stage', 'signal', 'value']),
  phone: new Set(['name', 'signal', 'value']),
  riskOnPhone: new Set(['name', 'risk', 'value']),
};

const OF_RISK: ReadonlySet<string> = new Set(['name', 'account', 'risk', 'value', 'owner']);

/** Each deal with what threatens it, who is missing and what to do (R031). */
function riskColumns(all: readonly DealColumn[]): DealColumn[] {
  return [
    ...all.filter(({ id }) => OF_RISK.has(id)),
    {
      id: 'why',
      label: 'Why',
      track: 'minmax(150px, 1.3fr)',
      cell: ({ riskParts }) => (
        <Clipped text={riskParts.map(({ label }) => label).join(', ')} none="Nothing known" />
      ),
      // The risk has told it already.
      file: {},
    },
    {
      id: 'missing',
      label: 'Who is missing',
      track: 'minmax(130px, 1.1fr)',
      cell: ({ missing }) => <Clipped text={(missing ?? []).join(', ')} none="Nobody" />,
      file: { 'Who is missing': ({ missing }) => (missing ?? []).join('; ') },
    },
    {
      id: 'advice',
      label: 'What to do',
      track: 'minmax(200px, 2fr)',
      cell: ({ advice }) => <Clipped text={advice ?? ''} none="–" />,
      file: { 'What to do': ({ advice }) => advice },
    },
  ];
}

function Clipped({ text, none }: { text: string; none: string }) {
  if (text === '') return <span className="faint">{none}</span>;
  return (
    <span className="clip" title={text}>
      {text}
    </span>
  );
}

function columnsFor(memberId: string): DealColumn[] {
  return [
    {
      id: 'name',
      label: 'Deal',
      track: 'minmax(180px, 1.6fr)',
      cell: (deal) => (
        <span className={styles.named}>
          <Link
            to="/pipeline/$dealId"
            params={{ dealId: deal.id }}
            search={true}
            className="strong clip"
            style={{ color: 'var(--text)' }}
          >
            {deal.name}
          </Link>
          <StallMark deal={deal} />
        </span>
      ),
      file: {
        Deal: ({ name }) => name,
        'Stalled since': ({ stalled }) => stalled?.since ?? null,
        'Reactivating since': ({ reactivating }) => reactivating?.since ?? null,
        'Reactivating because': ({ reactivating }) =>
          (reactivating?.parts ?? []).map(({ label }) => label).join('; '),
      },
    },
    {
      id: 'account',
      label: 'Account',
      track: 'minmax(130px, 1.1fr)',
      cell: ({ account }) => <span className="dim">{account.name}</span>,
      file: { Account: ({ account }) => account.name },
    },
    {
      id: 'stage',
      label: 'Stage',
      track: '118px',
      sortable: true,
      cell: ({ stageName }) => stageName,
      file: { Stage: ({ stageName }) => stageName },
    },
    {
      id: 'signal',
      label: 'Signal',
      track: '74px',
      end: true,
      sortable: true,
      cell: ({ signalScore }) => <span className={styles.signal}>{points(signalScore)}</span>,
      file: { Signal: ({ signalScore }) => signalScore },
    },
    {
      id: 'change',
      label: '7 days',
      track: '66px',
      end: true,
      cell: ({ signalChange }) => <SignalChange by={signalChange} />,
      file: { 'Signal change, 7 days': ({ signalChange }) => signalChange },
    },
    {
      id: 'risk',
      label: 'Risk',
      track: '60px',
      end: true,
      sortable: true,
      cell: (deal) => <Risk deal={deal} />,
      file: {
        Risk: ({ risk }) => risk,
        'Risk because': ({ riskParts }) => riskParts.map(({ label }) => label).join('; '),
      },
    },
    {
      id: 'win',
      label: 'Win',
      track: '66px',
      end: true,
      cell: (deal) => <Win deal={deal} />,
      file: {
        'Win probability': ({ winProbability }) => winProbability,
        'Stage default': ({ probability }) => probability,
      },
    },
    {
      id: 'value',
      label: 'Value',
      track: '80px',
      end: true,
      sortable: true,
      cell: (deal) => (
        <span title={moneyExact(deal.valueMinor, deal.currency)}>
          {moneyShort(deal.valueMinor, deal.currency)}
        </span>
      ),
      file: { Value: (deal) => major(deal.valueMinor, deal.currency), Currency: ({ currency }) => currency },
    },
    ...dueColumns(memberId),
  ];
}

/** Whose it is and what is to be done until when. */
function dueColumns(memberId: string): DealColumn[] {
  return [
    {
      id: 'owner',
      label: 'Owner',
      track: '60px',
      cell: ({ owner }) => <Initials name={owner.name} mine={owner.id === memberId} />,
      file: { Owner: ({ owner }) => owner.name },
    },
    {
      id: 'nextStep',
      label: 'Next step',
      track: 'minmax(120px, 1fr)',
      cell: ({ nextStep }) => nextStep || <span className="faint">None</span>,
      file: { 'Next step': ({ nextStep }) => nextStep },
    },
    {
      id: 'due',
      label: 'Due',
      track: '76px',
      end: true,
      cell: ({ nextStepDueAt }) =>
        nextStepDueAt ? <Due at={nextStepDueAt} /> : <span className="faint">–</span>,
      file: { Due: ({ nextStepDueAt }) => nextStepDueAt },
    },
    {
      id: 'close',
      label: 'Close',
      track: '106px',
      end: true,
      cell: ({ expectedCloseOn }) =>
        expectedCloseOn ? <CloseDay on={expectedCloseOn} /> : <span className="faint">–</span>,
      file: { Close: ({ expectedCloseOn }) => expectedCloseOn },
    },
    {
      id: 'age',
      label: 'In stage',
      track: '72px',
      end: true,
      sortable: true,
      cell: ({ stageEnteredAt }) => <Age since={stageEnteredAt} className="dim" />,
      file: { 'In stage since': ({ stageEnteredAt }) => stageEnteredAt },
    },
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

function CloseDay({ on }: { on: string }) {
  const now = useNow();
  const overdue = on < new Date(now).toISOString().slice(0, 10);
  return (
    <span className={overdue ? styles.overdue : ''}>
      {day(on, 'UTC')}
      {overdue && <span className="visually-hidden"> overdue</span>}
    </span>
  );
}

/** Points since a week ago, with a sign beside the number so that it does not hang on colour. */
function SignalChange({ by }: { by: number }) {
  if (Math.abs(by) < 0.5) return <span className="faint">–</span>;
  return (
    <span className="num">
      {by > 0 ? '▲' : '▼'} {points(Math.abs(by))}
    </span>
  );
}

const HIGH_RISK = 50;

function Risk({ deal }: { deal: DealRow }) {
  if (deal.risk === null) return <span className="faint">–</span>;
  const why = deal.riskParts.map(({ label, points: of }) => `${label} ${points(of)}`).join(', ');
  return (
    <span
      className={deal.risk >= HIGH_RISK ? styles.overdue : 'num'}
      title={why || 'Nothing is known against it'}
    >
      {points(deal.risk)}
    </span>
  );
}

/** Learned where there is something to learn from; else the stage's default, told apart by its look and its words. */
function Win({ deal }: { deal: DealRow }) {
  const percent = (share: number) => `${Math.round(share * 100)} %`;
  if (deal.winProbability !== null)
    return (
      <span className="num" title={`Learned from your outcomes; stage default ${percent(deal.probability)}`}>
        {percent(deal.winProbability)}
      </span>
    );
  if (deal.stageType !== 'open') return <span className="faint">–</span>;
  return (
    <span className="num faint" title="Default of the stage: nothing was learned yet that holds">
      {percent(deal.probability)}
      <span className="visually-hidden"> by default</span>
    </span>
  );
}
