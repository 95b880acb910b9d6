import { IconBan, IconBuildingOff, IconCheck, IconThumbUp } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';

import { useAnswer, useChange, useMay } from '../../api/hooks.ts';
import type { SignalDetail } from '../../api/records.ts';
import { countryName, sentence, words } from '../../format/words.ts';
import { useKeys } from '../../keys/key-map.ts';
import { ActionButton } from '../../ui/ActionButton.tsx';
import { say } from '../../ui/notify.tsx';
import record from '../../ui/record.module.css';
import { RecordHead } from '../../ui/RecordHead.tsx';
import { Fact, Facts, Section } from '../../ui/Section.tsx';
import { BoneRows, Failed } from '../../ui/States.tsx';
import { When } from '../../ui/When.tsx';
import { DepartureBlock } from './DepartureBlock.tsx';
import { Effect, strengthWord } from './signal-words.tsx';
import { SignalWeight } from './SignalWeight.tsx';
import styles from './signals.module.css';

/** One signal: what was said and where, what it does, and what to do about it. */
export function SignalPane({ id, onClose }: { id: string; onClose: () => void }) {
  const signal = useAnswer('signals.get', { id });
  if (signal.isPending) return <BoneRows rows={8} height={44} />;
  if (signal.isError)
    return <Failed what="This signal" error={signal.error} onRetry={() => void signal.refetch()} />;
  const { data } = signal;
  return (
    <article className={record.record} aria-label={data.summary}>
      <RecordHead
        title={
          <Link to="/accounts/$accountId" params={{ accountId: data.account.id }}>
            {data.account.name}
          </Link>
        }
        note={
          <Effect effect={data.effect} label={data.label} expired={data.expired} withdrawn={data.withdrawn} />
        }
        onBack={onClose}
        pane
      >
        <Verdicts signal={data} />
      </RecordHead>
      <div className={record.columns} data-first="main">
        <div className={record.main}>
          <Section title="What happened">
            <p className={styles.told}>{data.summary}</p>
          </Section>
          <Section title="What to do">
            <p>
              {data.departure?.undone
                ? `Nothing: ${data.departure.undone.by} has said that it was not so.`
                : data.play}
            </p>
          </Section>
          <SignalWeight id={data.id} strength={data.strength} />
          {data.departure && <DepartureBlock departure={data.departure} />}
          {(data.departure === null || data.sources.length > 0) && (
            <Section
              title={
                data.toldBy.length > 1
                  ? `Evidence from ${data.toldBy.length} sources`
                  : data.sources.length > 1
                    ? `Evidence from ${data.sources.length} documents`
                    : 'Evidence'
              }
            >
              {data.sources.length === 0 && <p className="dim">The sender gave no document.</p>}
              {data.sources.map((source) => (
                <figure
                  key={`${source.source} ${source.contentHash} ${source.quoteStart}`}
                  className={styles.evidence}
                >
                  {data.toldBy.length > 1 && source.source !== '' && (
                    <p className={styles.teller}>
                      <b>{source.source}</b> {source.told}
                    </p>
                  )}
                  <blockquote>
                    <Quoted context={source.context} quote={source.quote} />
                  </blockquote>
                  <figcaption>
                    {source.url !== '' && (
                      <a href={source.url} target="_blank" rel="noreferrer noopener">
                        Read it at the source
                      </a>
                    )}
                    <span className="faint">
                      read <When at={source.fetchedAt} /> · character{' '}
                      {source.quoteStart.toLocaleString('en-US')}
                    </span>
                    <span className="faint clip" title={source.contentHash}>
                      SHA-256 {source.contentHash.slice(0, 12)}…
                    </span>
                  </figcaption>
                </figure>
              ))}
            </Section>
          )}
        </div>
        <aside className={record.aside} aria-label="About this signal">
          <Section title="Facts">
            <Facts>
              <Fact label="Strength">
                {strengthWord(data.strength)} ({data.strength.toFixed(2)}), half as much after{' '}
                {data.halfLifeDays} days
              </Fact>
              <Fact label="Happened">
                <When at={data.occurredAt} />
              </Fact>
              <Fact label={data.toldBy.length > 1 ? 'Told by' : 'Source'}>{data.toldBy.join(', ')}</Fact>
              <Fact label="Owner">{data.account.owner?.name ?? 'nobody'}</Fact>
              {data.contradictedBy.length > 0 && (
                <Fact label="Spoken against by">{data.contradictedBy.join(', ')}</Fact>
              )}
              {Object.entries(data.facts)
                .filter(([, value]) => value !== null && value !== '' && value !== false && value !== 0)
                .map(([name, value]) => (
                  <Fact key={name} label={factLabel(name)}>
                    {factValue(name, value)}
                  </Fact>
                ))}
            </Facts>
          </Section>
        </aside>
      </div>
    </article>
  );
}

/** `amountSoldUsd` as `Amount sold`: its value says what of. */
const factLabel = (name: string): string =>
  sentence(name.replaceAll(/([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`).replace(/ usd$/, ''));

function factValue(name: string, value: SignalDetail['facts'][string] | undefined): string {
  if (value === true) return 'yes';
  if (typeof value === 'string') {
    if (name === 'country') return countryName(value) ?? value;
    return /^[a-z]+(_[a-z]+)+$/.test(value) ? words(value) : value;
  }
  if (typeof value !== 'number') return '';
  return name.endsWith('Usd') ? `$${value.toLocaleString('en-US')}` : value.toLocaleString('en-US');
}

/** The quote marked in the text around it. */
function Quoted({ context, quote }: { context: string; quote: string }) {
  const at = context.indexOf(quote);
  if (at === -1) return <mark>{quote}</mark>;
  return (
    <>
      {context.slice(0, at)}
      <mark>{quote}</mark>
      {context.slice(at + quote.length)}
    </>
  );
}

const VERDICTS = [
  { verdict: 'useful', label: 'Useful', keys: 'u', icon: IconThumbUp },
  { verdict: 'known', label: 'Known', keys: 'n', icon: IconCheck },
  { verdict: 'wrong_company', label: 'Wrong company', keys: 'w', icon: IconBuildingOff },
  { verdict: 'junk', label: 'Junk', keys: 'x', icon: IconBan },
] as const;

function Verdicts({ signal }: { signal: SignalDetail }) {
  const may = useMay();
  const judge = useChange('signals.judge', {
    stale: ['signals.get', 'signals.list'],
    onDone: () => say.done('Noted: it counts towards this source’s precision'),
  });
  const actions = may('queue.work')
    ? VERDICTS.map((one) => ({ ...one, run: () => judge.mutate({ id: signal.id, verdict: one.verdict }) }))
    : [];
  useKeys(actions.map(({ keys, label, run }) => ({ keys, label: `Signal: ${label.toLowerCase()}`, run })));
  return (
    <div className={record.actions}>
      {actions.map(({ verdict, label, keys, icon, run }) => (
        <ActionButton
          key={verdict}
          label={label}
          keys={keys}
          icon={icon}
          primary={signal.verdict === verdict}
          loading={judge.isPending && judge.variables.verdict === verdict}
          onClick={run}
        />
      ))}
    </div>
  );
}
