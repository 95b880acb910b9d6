import { Link } from '@tanstack/react-router';

import { useAnswer } from '../../api/hooks.ts';
import type { SignalWeight as Weight } from '../../api/records.ts';
import { points } from '../../format/words.ts';
import records from '../../records/records.module.css';
import { Section } from '../../ui/Section.tsx';
import { Bone, Failed } from '../../ui/States.tsx';

const NUMBERS = [
  { which: 'signalScore', label: 'Signal score' },
  { which: 'risk', label: 'Risk' },
  { which: 'priority', label: 'Priority' },
] as const;

/** What a signal does to the numbers of its account, and where that puts it in the queue. */
export function SignalWeight({ id, strength }: { id: string; strength: number }) {
  const weight = useAnswer('scores.weighSignal', { id });
  return (
    <Section title="What it does">
      {weight.isPending && <Bone height={96} />}
      {weight.isError && (
        <Failed what="What it does" error={weight.error} onRetry={() => void weight.refetch()} />
      )}
      {weight.data && <Numbers weight={weight.data} strength={strength} />}
    </Section>
  );
}

function Numbers({ weight, strength }: { weight: Weight; strength: number }) {
  if (!weight.counts) return <p>Nothing any more: it counts towards no score.</p>;
  const moved = NUMBERS.filter(({ which }) => weight[which].now - weight[which].without >= 0.05);
  return (
    <>
      {moved.length === 0 ? (
        <p>Hardly anything now: what is left of it moves no number by a tenth.</p>
      ) : (
        <table className={records.parts}>
          <thead>
            <tr>
              <th>Of the account</th>
              <th className="right">Now</th>
              <th className="right">Without it</th>
            </tr>
          </thead>
          <tbody>
            {moved.map(({ which, label }) => (
              <tr key={which}>
                <td>{label}</td>
                <td className="num right">{points(weight[which].now, 1)}</td>
                <td className="num right dim">{points(weight[which].without, 1)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <p className={records.footnote}>
        {weight.strengthLeft.toFixed(2)} of its strength of {strength.toFixed(2)} is left; half of that in{' '}
        {weight.halfLifeDays} days.
      </p>
      <Place item={weight.item} />
    </>
  );
}

function Place({ item }: { item: Weight['item'] }) {
  if (item === null) return <p>The account is not in the queue.</p>;
  const where =
    item.state === 'snoozed'
      ? 'Snoozed in the queue'
      : item.place === null
        ? 'In the queue, beyond place 100'
        : `Place ${item.place} of the queue`;
  return (
    <p>
      <Link to="/queue/$itemId" params={{ itemId: item.id }}>
        {where}
      </Link>
    </p>
  );
}
