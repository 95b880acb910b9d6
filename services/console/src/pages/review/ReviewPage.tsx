import { useAnswer, useMay } from '../../api/hooks.ts';
import type { QueryOutput } from '../../api/procedures.ts';
import { words } from '../../format/words.ts';
import { PageHead } from '../../ui/PageHead.tsx';
import { Section } from '../../ui/Section.tsx';
import { BoneRows, Empty, Failed } from '../../ui/States.tsx';
import { FigureTable, type FigureColumn } from './FigureTable.tsx';
import { Load } from './Load.tsx';
import { FEW, paysInWords } from './pays-words.ts';
import review from './review.module.css';
import { ServiceLevels } from './ServiceLevels.tsx';

/** For managers: who has how much, what nobody has touched, which promises of time are missed, and whether signals pay. */
export function ReviewPage() {
  const mayReport = useMay()('report.read');
  return (
    <div className={review.page}>
      <PageHead title="Review" />
      <div className={review.content}>
        {mayReport && (
          <Section title="Load">
            <Load />
          </Section>
        )}
        <Section title="Service levels">
          <ServiceLevels />
        </Section>
        {mayReport && (
          <Section title="Do signals pay?">
            <Outcomes />
          </Section>
        )}
      </div>
    </div>
  );
}

type Outcome = QueryOutput<'queue.outcomes'>['items'][number];

const COLUMNS: readonly FigureColumn<Outcome>[] = [
  { label: 'Signal within 30 days before', cell: ({ label }) => label },
  { label: 'Source', cell: ({ source }) => source && <span className="dim">{words(source)}</span> },
  { label: 'Calls and mails', figure: true, cell: ({ outreach }) => outreach },
  { label: 'Replied', figure: true, cell: ({ replies, outreach }) => rate(replies, outreach) },
  { label: 'Met', figure: true, cell: ({ meetings, outreach }) => rate(meetings, outreach) },
];

const rate = (count: number, outreach: number): string =>
  outreach < FEW ? String(count) : `${count} · ${Math.round((100 * count) / outreach)} %`;

function Outcomes() {
  const outcomes = useAnswer('queue.outcomes', {});
  if (outcomes.isPending) return <BoneRows rows={4} height={36} />;
  if (outcomes.isError)
    return <Failed what="The outcomes" error={outcomes.error} onRetry={() => void outcomes.refetch()} />;
  if (outcomes.data.items.length === 0)
    return (
      <Empty title="No outreach yet">
        Calls and mails that are logged show here what came of them, with and without a signal before.
      </Empty>
    );
  return (
    <>
      <p className="num">{paysInWords(outcomes.data.withSignal, outcomes.data.withoutSignal)}</p>
      <FigureTable
        label="Outcomes per signal"
        columns={COLUMNS}
        rows={outcomes.data.items}
        keyOf={({ kind, source }) => `${kind} ${source}`}
      />
      <p className="dim">
        Of the last 90 days, without what was called and written on a deal. A reply within 14 days, a meeting
        within 30. Rates of fewer than {FEW} are left out.
      </p>
    </>
  );
}
