import { Link } from '@tanstack/react-router';

import { useAnswer, useMe } from '../../api/hooks.ts';
import type { QueueOrder } from '../../api/procedures.ts';
import type { QueueItem } from '../../api/records.ts';
import { clock } from '../../format/moment.ts';
import { points } from '../../format/words.ts';
import { Initials } from '../../ui/Initials.tsx';
import { useNow } from '../../ui/now.ts';
import { Tag } from '../../ui/Tag.tsx';
import { Dated, When } from '../../ui/When.tsx';
import type { ShownItem } from './queue-list.ts';
import styles from './queue.module.css';

/** Two lines: who and how urgent; why, and whose. */
export function QueueRow(props: { shown: ShownItem; order: QueueOrder; selected: boolean }) {
  const { shown, order, selected } = props;
  // A row that left the view says where it went.
  const fresh = useAnswer('queue.get', { id: shown.item.id }, { enabled: shown.gone });
  const item = shown.gone ? (fresh.data ?? shown.item) : shown.item;
  return (
    <Link
      to="/queue/$itemId"
      params={{ itemId: item.id }}
      search={true}
      className={styles.row}
      data-selected={selected}
      data-gone={shown.gone || item.state !== 'open'}
      aria-current={selected}
      id={`queue-${item.id}`}
    >
      <span className={`${styles.priority} num`} title={order === 'signal' ? 'Signal score' : 'Priority'}>
        {points(order === 'signal' ? item.signalScore : item.priority)}
      </span>
      <span className={styles.rowMain}>
        <span className={styles.rowTop}>
          <span className={`${styles.rowName} clip`}>{item.account.name}</span>
          <span className={styles.rowTime}>
            {item.lead ? <Waiting lead={item.lead} /> : <When at={newest(item)} />}
          </span>
        </span>
        <span className={styles.rowTop}>
          <span className={`${styles.rowReason} clip`}>
            {item.lead && item.contact && `${item.contact.name} · `}
            <Dated>{item.reason}</Dated>
          </span>
          <Whose item={item} />
        </span>
      </span>
    </Link>
  );
}

/** When the newest thing that speaks for the account happened. */
function newest(item: QueueItem): string {
  return (
    item.contributions
      .map(({ lastEventAt }) => lastEventAt)
      .toSorted()
      .at(-1) ?? item.createdAt
  );
}

/** How long somebody has been waiting for a person. */
function Waiting({ lead }: { lead: NonNullable<QueueItem['lead']> }) {
  const now = useNow('second');
  if (lead.firstHumanTouchAt !== null) return <Tag tone="good">Touched</Tag>;
  const waitedMs = now - Date.parse(lead.receivedAt);
  return (
    <span
      className={`${styles.waiting} num`}
      data-late={waitedMs > 5 * 60_000}
      title="Waiting for a person since the form"
    >
      {clock(waitedMs)}
    </span>
  );
}

function Whose({ item }: { item: QueueItem }) {
  const { member } = useMe();
  if (item.state !== 'open') return <Tag shape="ring">{item.state === 'done' ? 'Done' : 'Snoozed'}</Tag>;
  if (item.claim === null)
    return item.owner ? <Initials name={item.owner.name} mine={item.owner.id === member.id} /> : null;
  const mine = item.claim.memberId === member.id;
  return (
    <Tag tone={mine ? 'accent' : 'plain'} shape="square">
      {mine ? 'Yours' : item.claim.name.split(' ')[0]}
    </Tag>
  );
}
