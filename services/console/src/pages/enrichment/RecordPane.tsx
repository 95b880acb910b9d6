import type { ListRecord } from '../../api/records.ts';
import { spend } from '../../format/money.ts';
import { plural, words } from '../../format/words.ts';
import { TraceSteps, type TraceStep } from '../../records/WaterfallTrace.tsx';
import { RecordHead } from '../../ui/RecordHead.tsx';
import { Fact, Facts, Section } from '../../ui/Section.tsx';
import { costOf, Result } from './record-columns.tsx';
import styles from './enrichment.module.css';

/** One record of a run: what is known now, and every call that was made or left out for it. */
export function RecordPane({ record, onClose }: { record: ListRecord; onClose: () => void }) {
  const values = Object.entries(record.values).toSorted(([a], [b]) => placeOf(a) - placeOf(b));
  return (
    <article aria-label={record.name}>
      <RecordHead
        title={record.name || 'No name'}
        note={
          <>
            {record.company ?? 'No company known'} · <Result record={record} />
          </>
        }
        onBack={onClose}
        pane
      />
      <div className={styles.paneBody}>
        <Section title="Known now">
          {values.length === 0 && <p className="dim">Nothing is known of this person yet.</p>}
          <Facts>
            {values.map(([field, { value, usable, provider }]) => (
              <Fact key={field} label={words(field)}>
                {value}{' '}
                <span className="faint">
                  {words(provider)}
                  {!usable && ', not usable'}
                </span>
              </Fact>
            ))}
          </Facts>
        </Section>
        <Section title="Trace" aside={`${plural(record.calls.length, 'call')} · ${spend(costOf(record))}`}>
          <TraceSteps steps={stepsOf(record)} working={record.state === 'open'} />
        </Section>
      </div>
    </article>
  );
}

/** How to reach the person, then who they are, then their company. */
const IN_ORDER = ['work_email', 'mobile', 'direct_dial', 'title', 'seniority', 'linkedin_url'];
const placeOf = (field: string): number => {
  const at = IN_ORDER.indexOf(field);
  return at < 0 ? IN_ORDER.length : at;
};

/** The record's trace with the answer, price and time of each call, and why it stopped at the end. */
function stepsOf(record: ListRecord): TraceStep[] {
  const steps: TraceStep[] = record.trace.map((line, index) => {
    const call = record.calls.find(({ ledgerId }) => ledgerId === line.ledgerId);
    return {
      seq: index + 1,
      provider: line.provider,
      capability: line.capability,
      wanted: [],
      decision: line.decision,
      reason: line.reason,
      outcome: call?.outcome ?? '',
      ledgerState: call?.state ?? null,
      costMicros: call?.costMicros ?? 0,
      latencyMs: call?.latencyMs ?? null,
    };
  });
  if (record.stopReason === '') return steps;
  return [
    ...steps,
    {
      seq: steps.length + 1,
      provider: '',
      capability: '',
      wanted: [],
      decision: 'stopped',
      reason: record.stopReason,
      outcome: '',
      ledgerState: null,
      costMicros: 0,
      latencyMs: null,
    },
  ];
}
