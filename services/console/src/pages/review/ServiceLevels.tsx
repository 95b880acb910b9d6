import { Link } from '@tanstack/react-router';

import { useAnswer } from '../../api/hooks.ts';
import type { QueryOutput } from '../../api/procedures.ts';
import { minutesInWords } from '../../format/duration.ts';
import { BoneRows, Failed } from '../../ui/States.tsx';
import { Tag } from '../../ui/Tag.tsx';
import { FigureTable, type FigureColumn } from './FigureTable.tsx';

/** A service level runs out without anything happening. */
const AGAIN_MS = 60_000;

type Level = QueryOutput<'queue.levels'>['items'][number];
type Promised = Pick<
  QueryOutput<'queue.definitions'>['items'][number],
  'key' | 'name' | 'serviceLevelMinutes'
> & {
  level: Level | undefined;
};

const COLUMNS: readonly FigureColumn<Promised>[] = [
  {
    label: 'Queue',
    cell: ({ key, name }) => (
      <Link to="/queue" search={{ queue: key, filter: 'all' }}>
        {name}
      </Link>
    ),
  },
  { label: 'Items', figure: true, cell: ({ level }) => level?.count },
  { label: 'First touch within', cell: ({ serviceLevelMinutes }) => minutesInWords(serviceLevelMinutes) },
  { label: 'It takes', cell: ({ level }) => <Taken level={level} /> },
  {
    label: 'About to be missed',
    figure: true,
    cell: ({ level }) => <Count of={level?.soon ?? 0} tone="warn" />,
  },
  { label: 'Missed', figure: true, cell: ({ level }) => <Count of={level?.missed ?? 0} tone="bad" /> },
];

/** Of each queue: how soon a first touch is promised, how soon it comes, what is about to be missed and what was. */
export function ServiceLevels() {
  const queues = useAnswer('queue.definitions', {});
  const levels = useAnswer('queue.levels', {}, { refetchMs: AGAIN_MS });
  const failed = [queues, levels].find(({ isError }) => isError);
  if (failed)
    return <Failed what="The service levels" error={failed.error} onRetry={() => void failed.refetch()} />;
  if (!queues.data || !levels.data) return <BoneRows rows={4} height={36} />;
  const held = new Map(levels.data.items.map((level) => [level.key, level]));
  const promised = [...queues.data.items, ...queues.data.ofLists].map((queue) => ({
    ...queue,
    level: held.get(queue.key),
  }));
  return (
    <>
      <FigureTable
        label="Service level per queue"
        columns={COLUMNS}
        rows={promised}
        keyOf={({ key }) => key}
      />
      <p className="dim">
        Of the items that are open now{levels.data.cut && ', the first 5,000 by priority'}. A call, a mail or
        a meeting counts as a touch.
      </p>
    </>
  );
}

function Taken({ level }: { level: Level | undefined }) {
  if (level?.medianMinutes == null) return <span className="faint">not yet</span>;
  return (
    <span className="num">
      {minutesInWords(level.medianMinutes)}, middle of {level.touched}
    </span>
  );
}

function Count({ of, tone }: { of: number; tone: 'warn' | 'bad' }) {
  if (of === 0) return <span className="faint">0</span>;
  return (
    <Tag tone={tone} shape="none">
      {of}
    </Tag>
  );
}
