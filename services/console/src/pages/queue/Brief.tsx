import type { BriefContact, ItemBrief } from '../../api/records.ts';
import { words } from '../../format/words.ts';
import { ContactLines } from '../../records/ContactLines.tsx';
import { Fact, Facts, Section } from '../../ui/Section.tsx';
import { Tag } from '../../ui/Tag.tsx';
import { When } from '../../ui/When.tsx';
import styles from './brief.module.css';

/** What to do now, and why that. */
export function NextBest({ action }: { action: ItemBrief['action'] }) {
  return (
    <Section title="Next best action">
      <p className={styles.action}>{action.label}</p>
      <p className="dim">
        {action.because}
        {action.at && (
          <>
            {' '}
            · <When at={action.at} />
          </>
        )}
        .
      </p>
    </Section>
  );
}

/** What to do about each kind of signal that speaks for the account, with what shows it. */
export function Plays({ plays }: { plays: ItemBrief['plays'] }) {
  return (
    <ul className={styles.plays}>
      {plays.map((play) => (
        <li key={play.kind}>
          <p>{play.play}</p>
          <p className="dim">
            {play.url?.startsWith('https://') ? (
              <a href={play.url} target="_blank" rel="noreferrer noopener">
                {play.summary}
              </a>
            ) : (
              play.summary
            )}
            , <When at={play.occurredAt} />
          </p>
        </li>
      ))}
    </ul>
  );
}

export function WhomToCall({ contacts }: { contacts: readonly BriefContact[] }) {
  const [first, ...others] = contacts;
  if (!first)
    return <p className="dim">Nobody is known at this account yet. Add a person on the account’s page.</p>;
  return (
    <>
      <ContactLines contact={first} />
      <ContactNote contact={first} />
      {others.length > 0 && (
        <details className={styles.others}>
          <summary>Otherwise: {others.map(({ name }) => name).join(', ')}</summary>
          {others.map((contact) => (
            <div key={contact.personId} className={styles.other}>
              <ContactLines contact={contact} />
              <ContactNote contact={contact} />
            </div>
          ))}
        </details>
      )}
    </>
  );
}

function ContactNote({ contact }: { contact: BriefContact }) {
  const { localTime } = contact;
  return (
    <p className={styles.note}>
      {contact.roleLabel ? `${contact.roleLabel}; ` : ''}
      {contact.why}
      {localTime ? (
        <>
          . There it is{' '}
          {localTime.from === localTime.to ? localTime.from : `${localTime.from} to ${localTime.to}`}{' '}
          <Tag tone={localTime.working ? 'good' : 'warn'} shape={localTime.working ? 'dot' : 'square'}>
            {localTime.working ? 'Working time' : 'Not working time'}
          </Tag>
        </>
      ) : (
        '. Local time not known.'
      )}
    </p>
  );
}

export function Tried({ tried }: { tried: ItemBrief['tried'] }) {
  return (
    <Section
      title="Tried before"
      aside={`${tried.calls} calls, ${tried.mails} mails, ${tried.meetings} meetings`}
    >
      {tried.lines.length === 0 && <p className="dim">Nothing yet, as far as you can see.</p>}
      <ul className={styles.tried}>
        {tried.lines.map((line) => (
          <li key={line.id}>
            {words(line.kind)}
            {line.person && ` with ${line.person}`}
            {line.outcome && `: ${words(line.outcome).toLowerCase()}`}
            <span className="dim">
              {line.by && ` · ${line.by}`} · <When at={line.at} />
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}

export function Research({ lines }: { lines: ItemBrief['research'] }) {
  return (
    <Section title="What we know">
      <Facts>
        {lines.map((line) => (
          <Fact key={`${line.label} ${line.value}`} label={line.label}>
            {line.url?.startsWith('https://') ? (
              <a href={line.url} target="_blank" rel="noreferrer noopener">
                {line.value}
              </a>
            ) : (
              line.value
            )}{' '}
            <span className="dim">
              {words(line.source)}
              {line.at && (
                <>
                  , <When at={line.at} />
                </>
              )}
            </span>
          </Fact>
        ))}
      </Facts>
    </Section>
  );
}
