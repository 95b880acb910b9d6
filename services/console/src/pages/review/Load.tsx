import { useAnswer } from '../../api/hooks.ts';
import type { QueryOutput } from '../../api/procedures.ts';
import { points } from '../../format/words.ts';
import { BoneRows, Empty, Failed } from '../../ui/States.tsx';
import { When } from '../../ui/When.tsx';
import { FigureTable, type FigureColumn } from './FigureTable.tsx';

type Person = QueryOutput<'queue.load'>['items'][number];

const COLUMNS: readonly FigureColumn<Person>[] = [
  { label: 'Who', cell: ({ name }) => name },
  { label: 'Open', figure: true, cell: ({ open }) => open },
  { label: 'A day', figure: true, cell: ({ capacity }) => capacity },
  { label: 'Days of work', figure: true, cell: daysOfWork },
  { label: 'Inbound', figure: true, cell: ({ inbound }) => inbound },
  { label: 'In work', figure: true, cell: ({ claimed }) => claimed },
  { label: 'Untouched', figure: true, cell: ({ untouched }) => untouched },
  { label: 'Oldest of these', cell: ({ oldestUntouchedAt: at }) => at && <When at={at} /> },
  { label: 'Done, 7 days', figure: true, cell: ({ doneThisWeek }) => doneThisWeek },
];

function daysOfWork({ open, capacity }: Person): string | null {
  return capacity === null ? null : points(open / capacity, open < capacity * 10 ? 1 : 0);
}

/** Who has how much, how many days of work that is, and what nobody has touched. */
export function Load() {
  const load = useAnswer('queue.load', {});
  if (load.isPending) return <BoneRows rows={4} height={36} />;
  if (load.isError) return <Failed what="The load" error={load.error} onRetry={() => void load.refetch()} />;
  if (load.data.items.length === 0)
    return <Empty title="Nobody has anything to do">The queue is empty.</Empty>;
  return (
    <>
      <FigureTable
        label="Load per person"
        columns={COLUMNS}
        rows={load.data.items}
        keyOf={({ id }) => String(id)}
      />
      <p className="dim">
        A day: the most items that one of a person’s queues asks of them (Settings, Queues). Untouched: nobody
        has claimed it, and nobody has called, written or met there since it entered.
      </p>
    </>
  );
}
