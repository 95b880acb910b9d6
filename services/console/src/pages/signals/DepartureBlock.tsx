import { Link } from '@tanstack/react-router';

import type { SignalDetail } from '../../api/records.ts';
import { Fact, Facts, Section } from '../../ui/Section.tsx';
import { When } from '../../ui/When.tsx';
import { UndoDeparture } from './UndoDeparture.tsx';
import { vendorNamed, WITNESSES } from './departure-words.ts';
import styles from './signals.module.css';

/** The champion behind a signal: who they are, where they went, who says so, and who may take over. */
export function DepartureBlock({ departure }: { departure: NonNullable<SignalDetail['departure']> }) {
  const { person, title, from, to, newTitle, leftAt, words, next, deals } = departure;
  return (
    <>
      <Section title="The champion">
        <Facts>
          <Fact label="Who">
            {person.name}
            {title && <span className="dim"> · {title}</span>}
          </Fact>
          <Fact label={departure.undone === null ? 'Left' : 'Was said to have left'}>
            <Link to="/accounts/$accountId" params={{ accountId: from.id }}>
              {from.name}
            </Link>{' '}
            {leftAt && <When at={leftAt} className="dim" />}
          </Fact>
          {to && (
            <Fact label={departure.undone === null ? 'Now at' : 'Was said to be at'}>
              <Link to="/accounts/$accountId" params={{ accountId: to.id }}>
                {to.name}
              </Link>
              {newTitle && <span className="dim"> · {newTitle}</span>}
            </Fact>
          )}
          {deals.length > 0 && (
            <Fact label="Open deals">
              {deals.map((deal) => (
                <Link
                  key={deal.id}
                  to="/pipeline/$dealId"
                  params={{ dealId: deal.id }}
                  className={styles.line}
                >
                  {deal.name}
                </Link>
              ))}
            </Fact>
          )}
        </Facts>
      </Section>
      {departure.undone === null && (
        <Section title={`Who may take over at ${from.name}`}>
          {next.length === 0 ? (
            <p className="dim">
              Nobody else is known there. Find people at this account before the deal goes quiet.
            </p>
          ) : (
            <ol className={styles.next}>
              {next.map((one) => (
                <li key={one.personId}>
                  {one.name}
                  <span className="dim">
                    {one.title && ` · ${one.title}`} · {one.because}
                  </span>
                </li>
              ))}
            </ol>
          )}
        </Section>
      )}
      <Section title="Who says so">
        {words.map((word) => (
          <figure key={word.origin} className={styles.evidence}>
            <p className={styles.teller}>
              <b>{WITNESSES[word.witness]}</b> {vendorNamed(word)}{' '}
              <span className="faint">
                <When at={word.occurredAt} />
              </span>
            </p>
            {word.quote && <blockquote>{word.quote}</blockquote>}
          </figure>
        ))}
      </Section>
      <UndoDeparture departure={departure} />
    </>
  );
}
