import {
  IconBolt,
  IconCoin,
  IconExternalLink,
  IconInbox,
  IconMail,
  IconMessage,
  IconTargetArrow,
  type Icon,
} from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';

import type { TimelineEntry } from '../api/records.ts';
import { When } from '../ui/When.tsx';
import styles from './records.module.css';

const ICONS: Readonly<Record<TimelineEntry['kind'], Icon>> = {
  signal: IconBolt,
  activity: IconMessage,
  lead: IconInbox,
  mail: IconMail,
  deal: IconTargetArrow,
  cost: IconCoin,
};

/** Signals with their evidence, touches, changes and costs, newest first. */
export function TimelineList({ entries }: { entries: readonly TimelineEntry[] }) {
  return (
    <ol className={styles.timeline}>
      {entries.map((entry) => (
        <TimelineLine key={entry.id} entry={entry} />
      ))}
    </ol>
  );
}

function TimelineLine({ entry }: { entry: TimelineEntry }) {
  const EntryIcon = ICONS[entry.kind];
  return (
    <li className={styles.entry} data-kind={entry.kind}>
      <span className={styles.entryIcon}>
        <EntryIcon size={14} aria-hidden />
      </span>
      <div className={styles.entryBody}>
        <div className={styles.entryHead}>
          <span className={styles.entryTitle}>
            <EntryTitle entry={entry} />
          </span>
          <When at={entry.occurredAt} className="faint" />
        </div>
        {entry.detail && <p className="dim">{entry.detail}</p>}
        {entry.evidence && (
          <figure className={styles.evidence}>
            <blockquote>{entry.evidence.quote}</blockquote>
            <figcaption>
              <SafeLink address={entry.evidence.url} />
              <span title={`SHA-256 of the page as read: ${entry.evidence.contentHash}`}>
                read <When at={entry.evidence.fetchedAt} />
              </span>
            </figcaption>
          </figure>
        )}
      </div>
    </li>
  );
}

function EntryTitle({ entry }: { entry: TimelineEntry }) {
  const { link } = entry;
  if (link?.page === 'lead')
    return (
      <Link to="/leads/$leadId" params={{ leadId: link.id }}>
        {entry.title}
      </Link>
    );
  if (link?.page === 'deal')
    return (
      <Link to="/pipeline/$dealId" params={{ dealId: link.id }}>
        {entry.title}
      </Link>
    );
  if (link?.page === 'account')
    return (
      <Link to="/accounts/$accountId" params={{ accountId: link.id }}>
        {entry.title}
      </Link>
    );
  return <>{entry.title}</>;
}

/** Addresses come from outside: only web pages are followed, in a tab that knows nothing of this one. */
function SafeLink({ address }: { address: string }) {
  if (!/^https?:\/\//.test(address)) return <span className="mono">{address}</span>;
  return (
    <a href={address} target="_blank" rel="noopener noreferrer">
      {new URL(address).hostname}{' '}
      <IconExternalLink size={12} className={styles.inlineIcon} aria-label="(new tab)" />
    </a>
  );
}
