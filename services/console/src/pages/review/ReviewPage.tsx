import { useAnswer } from '../../api/hooks.ts';
import type { QueryOutput } from '../../api/procedures.ts';
import { PageHead } from '../../ui/PageHead.tsx';
import { Section } from '../../ui/Section.tsx';
import { BoneRows, Empty, Failed } from '../../ui/States.tsx';
import styles from '../settings/settings.module.css';
import { Load } from './Load.tsx';
import { FEW, paysInWords } from './pays-words.ts';
import review from './review.module.css';
import { ServiceLevels } from './ServiceLevels.tsx';

/** For managers: who has how much, what nobody has touched, which promises of time are missed, and whether signals pay. */
export function ReviewPage() {
  return (
    <div className={review.page}>
      <PageHead title="Review" />
      <div className={review.content}>
        <Section title="Load">
          <Load />
        </Section>
        <Section title="Service levels">
          <ServiceLevels />
        </Section>
        <Section title="Do signals pay?">
          <Outcomes />
        </Section>
      </div>
    </div>
  );
}

type Outcome = QueryOutput<'queue.outcomes'>['items'][number];

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
      <div className={styles.tableBox} tabIndex={0} role="region" aria-label="Outcomes per signal">
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">Signal within 30 days before</th>
              <th scope="col">Source</th>
              <th scope="col" className={styles.end}>
                Calls and mails
              </th>
              <th scope="col" className={styles.end}>
                Replied
              </th>
              <th scope="col" className={styles.end}>
                Met
              </th>
            </tr>
          </thead>
          <tbody>
            {outcomes.data.items.map((one) => (
              <OutcomeLine key={`${one.kind} ${one.source}`} one={one} />
            ))}
          </tbody>
        </table>
      </div>
      <p className="dim">
        Of the last 90 days, without what was called and written on a deal. A reply within 14 days, a meeting
        within 30. Rates of fewer than {FEW} are left out.
      </p>
    </>
  );
}

function OutcomeLine({ one }: { one: Outcome }) {
  const rate = (count: number) =>
    one.outreach < FEW ? String(count) : `${count} · ${Math.round((100 * count) / one.outreach)} %`;
  return (
    <tr>
      <td>{one.label}</td>
      <td className="dim">{one.source ?? '–'}</td>
      <td className={`${styles.end} num`}>{one.outreach}</td>
      <td className={`${styles.end} num`}>{rate(one.replies)}</td>
      <td className={`${styles.end} num`}>{rate(one.meetings)}</td>
    </tr>
  );
}
