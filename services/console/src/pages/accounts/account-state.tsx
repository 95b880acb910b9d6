import type { AccountRow } from '../../api/records.ts';
import { words } from '../../format/words.ts';
import { Tag } from '../../ui/Tag.tsx';

export function AccountState({ state }: { state: AccountRow['state'] }) {
  if (state === 'active') return <Tag tone="good">Active</Tag>;
  if (state === 'proposed')
    return (
      <Tag tone="warn" shape="ring">
        Proposed
      </Tag>
    );
  return <Tag shape="square">{words(state)}</Tag>;
}
