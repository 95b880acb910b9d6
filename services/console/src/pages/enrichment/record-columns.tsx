import { getRouteApi, Link } from '@tanstack/react-router';

import type { ListRecord } from '../../api/records.ts';
import { spend } from '../../format/money.ts';
import type { Column } from '../../ui/DataTable.tsx';
import { Tag } from '../../ui/Tag.tsx';

export type RecordColumn = Column<ListRecord & { id: string }> & {
  /** The cell in a file. */
  file: (record: ListRecord) => string | number | null;
};

const route = getRouteApi('/frame/enrichment/$runId');

/** The furthest level a record has reached. */
export function resultOf(record: ListRecord): 'Usable' | 'Verified' | 'Found' | 'Nothing' | 'Open' {
  if (record.state === 'open') return 'Open';
  if (record.usable) return 'Usable';
  if (record.verified) return 'Verified';
  return record.found ? 'Found' : 'Nothing';
}

export function Result({ record }: { record: ListRecord }) {
  const result = resultOf(record);
  if (result === 'Usable') return <Tag tone="good">{result}</Tag>;
  if (result === 'Open') return <Tag shape="half">{result}</Tag>;
  if (result === 'Nothing') return <Tag shape="ring">{result}</Tag>;
  return (
    <Tag tone="warn" shape="square">
      {result} only
    </Tag>
  );
}

export function costOf({ calls }: ListRecord): number {
  return calls.reduce((sum, call) => sum + call.costMicros, 0);
}

function RecordLink({ record }: { record: ListRecord }) {
  const { filter } = route.useSearch();
  const { runId } = route.useParams();
  return (
    <Link
      to="/enrichment/$runId"
      params={{ runId }}
      search={{ ...(filter && { filter }), person: record.personId }}
      className="strong"
      style={{ color: 'var(--text)' }}
    >
      {record.name || 'No name'}
    </Link>
  );
}

export const RECORD_COLUMNS: readonly RecordColumn[] = [
  {
    id: 'name',
    label: 'Name',
    track: 'minmax(130px, 1.1fr)',
    cell: (record) => <RecordLink record={record} />,
    file: ({ name }) => name,
  },
  {
    id: 'company',
    label: 'Company',
    track: 'minmax(120px, 1fr)',
    cell: ({ company }) => <span className="dim">{company ?? '–'}</span>,
    file: ({ company }) => company,
  },
  {
    id: 'result',
    label: 'Result',
    track: '104px',
    cell: (record) => <Result record={record} />,
    file: resultOf,
  },
  valueColumn('work_email', 'Work e-mail', 'minmax(170px, 1.3fr)'),
  valueColumn('mobile', 'Mobile', '130px'),
  {
    id: 'calls',
    label: 'Calls',
    track: '56px',
    end: true,
    cell: ({ calls }) => calls.length,
    file: ({ calls }) => calls.length,
  },
  {
    id: 'cost',
    label: 'Cost, USD',
    track: '86px',
    end: true,
    cell: (record) => spend(costOf(record)),
    file: (record) => costOf(record) / 1_000_000,
  },
  {
    id: 'stopped',
    label: 'Stopped because',
    track: 'minmax(150px, 1.5fr)',
    cell: ({ stopReason }) => (
      <span className="dim" title={stopReason}>
        {stopReason || '–'}
      </span>
    ),
    file: ({ stopReason }) => stopReason,
  },
];

function valueColumn(field: string, label: string, track: string): RecordColumn {
  return {
    id: field,
    label,
    track,
    cell: ({ values }) => {
      const known = values[field];
      if (!known) return <span className="faint">–</span>;
      return known.usable ? (
        <span title={known.value}>{known.value}</span>
      ) : (
        <span className="faint" title={`${known.value}: not usable by the policy`}>
          {known.value} (not usable)
        </span>
      );
    },
    file: ({ values }) => {
      const known = values[field];
      if (!known) return null;
      return known.usable ? known.value : `${known.value} (not usable)`;
    },
  };
}
