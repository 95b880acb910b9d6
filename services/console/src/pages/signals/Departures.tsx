import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';

import { useAnswer, useChange, useMay } from '../../api/hooks.ts';
import type { QueryOutput } from '../../api/procedures.ts';
import { useKeys } from '../../keys/key-map.ts';
import { KeyHint } from '../../ui/KeyHint.tsx';
import { say } from '../../ui/notify.tsx';
import { Section } from '../../ui/Section.tsx';
import { BoneRows, Empty, Failed } from '../../ui/States.tsx';
import { When } from '../../ui/When.tsx';
import { vendorNamed, WITNESSES } from './departure-words.ts';
import styles from './signals.module.css';

type Departure = QueryOutput<'champions.departures'>['items'][number];

/** Champions who may have left, one at a time, until a second origin or a colleague says so. */
export function Departures() {
  const departures = useAnswer('champions.departures', {});
  const policy = useAnswer('champions.policy', {});
  const [at, setAt] = useState(0);
  const may = useMay();
  const answer = useChange('champions.answerDeparture', {
    stale: ['champions.departures', 'signals.list'],
    onDone: (_, { left }) =>
      say.done(
        left ? 'Told: risk on their deals, address suppressed' : 'Kept quiet until somebody new says so',
      ),
  });
  const items = departures.data?.items ?? [];
  const place = Math.min(at, items.length - 1);
  const departure = items[place];
  const settle = (left: boolean) => {
    if (departure && !answer.isPending) answer.mutate({ id: departure.id, left });
  };
  useKeys([
    ...(may('account.write') && departure
      ? [
          { keys: '1', label: 'They have left', run: () => settle(true) },
          { keys: '0', label: 'Not true', run: () => settle(false) },
        ]
      : []),
    { keys: 'j', label: 'Next question', run: () => setAt(Math.min(place + 1, items.length - 1)) },
    { keys: 'k', label: 'Question before', run: () => setAt(Math.max(place - 1, 0)) },
  ]);
  if (departures.isPending || policy.isPending) return <BoneRows rows={6} height={44} />;
  if (departures.isError)
    return <Failed what="The questions" error={departures.error} onRetry={() => void departures.refetch()} />;
  if (!departure) return <Nobody watching={policy.data?.policy?.active ?? false} />;
  return (
    <article className={styles.review} aria-label={departure.person.name}>
      <p className="dim">
        {place + 1} of {items.length} · said <When at={departure.createdAt} />
      </p>
      <h2 className={styles.reviewName}>
        {departure.person.name}
        <span className="dim">
          {' · '}
          <Link to="/accounts/$accountId" params={{ accountId: departure.account.id }}>
            {departure.account.name}
          </Link>
        </span>
      </h2>
      <Words departure={departure} />
      <Section title="Have they left?">
        <ol className={styles.candidates}>
          <li>
            <Button
              variant="default"
              disabled={!may('account.write')}
              onClick={() => settle(true)}
              rightSection={<KeyHint keys="1" />}
            >
              They have left
            </Button>
            <span className="dim">{consequence(departure.openDeals)}</span>
          </li>
          <li>
            <Button
              variant="default"
              disabled={!may('account.write')}
              onClick={() => settle(false)}
              rightSection={<KeyHint keys="0" />}
            >
              Not true
            </Button>
            <span className="dim">Nobody is told until somebody new says so.</span>
          </li>
        </ol>
      </Section>
    </article>
  );
}

const consequence = (deals: number): string =>
  `${deals === 0 ? 'No open deal' : deals === 1 ? 'One open deal' : `${deals} open deals`} at risk; the address is not used again.`;

function Words({ departure }: { departure: Departure }) {
  return (
    <Section title="Who says so">
      {departure.words.map((word) => (
        <figure key={word.origin} className={styles.evidence}>
          <p className={styles.teller}>
            <b>{WITNESSES[word.witness]}</b> {vendorNamed(word)}{' '}
            <span className="faint">
              <When at={word.occurredAt} />
            </span>
          </p>
          {word.quote && <blockquote>{word.quote}</blockquote>}
          {word.newCompany && (
            <figcaption className="dim">
              Now {word.newTitle && `${word.newTitle} `}at {word.newCompany}
            </figcaption>
          )}
        </figure>
      ))}
      <p className="faint">One more origin, or you, makes it certain.</p>
    </Section>
  );
}

function Nobody({ watching }: { watching: boolean }) {
  if (watching)
    return (
      <Empty title="No champion is said to have left">
        When one source alone says that a champion has left, the question appears here, and nobody else is
        told.
      </Empty>
    );
  return (
    <Empty title="Champions are not watched">
      Watching begins when the legitimate interest is recorded under{' '}
      <Link to="/settings/$section" params={{ section: 'champions' }}>
        Settings → Champions
      </Link>
      .
    </Empty>
  );
}
