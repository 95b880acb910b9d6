import type { ProviderRow } from '../../api/records.ts';
import { Tag } from '../../ui/Tag.tsx';
import styles from './keys.module.css';

type Key = ProviderRow['keys'][number];

/** A provider's keys as they are used, without their secrets. */
export function KeyList({ keys, use }: { keys: readonly Key[]; use: ProviderRow['keyUse'] }) {
  return (
    <>
      {keys.map((key) => (
        <div key={key.id} className={styles.line}>
          <KeyName {...key} /> <KeyState keyRow={key} />
        </div>
      ))}
      {keys.length > 1 && (
        <div className="dim">{use === 'share' ? 'share the calls' : 'used in this order'}</div>
      )}
    </>
  );
}

export const KeyName = ({ label, lastFour }: Pick<Key, 'label' | 'lastFour'>) => (
  <>
    {label} <span className="mono dim">…{lastFour}</span>
  </>
);

/** What is left on it, and why it is passed over. */
export function KeyState({ keyRow: { balance, blocked } }: { keyRow: Key }) {
  return (
    <>
      {balance && (
        <span
          className={styles.balance}
          title={`As the vendor said at ${new Date(balance.at).toLocaleString()}`}
        >
          {balance.credits.toLocaleString('en-US')} credits
        </span>
      )}{' '}
      {blocked && <BlockedTag {...blocked} />}
    </>
  );
}

const BLOCKED_WORDS: Record<NonNullable<Key['blocked']>['reason'], [tag: string, title: string]> = {
  rate_limited: ['Limited', 'The vendor asked to be left alone for a while'],
  quota_exhausted: [
    'No credits',
    'The vendor’s account has no credits left. Top it up, then save the key again to ask at once',
  ],
  unauthorized: ['Key refused', 'The vendor does not take this key. Save one that it takes'],
  failing: ['Failing', 'Too many faults in a row: one call finds out later whether it works again'],
  probing: ['Being tried', 'One call finds out whether it works again'],
};

function BlockedTag({ reason, until }: NonNullable<Key['blocked']>) {
  const [tag, title] = BLOCKED_WORDS[reason];
  const time = new Date(until).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
  return (
    <Tag tone="warn" shape="ring" title={title}>
      {tag} until {time}
    </Tag>
  );
}
