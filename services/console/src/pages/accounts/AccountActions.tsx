import { IconPhone, IconTargetArrow } from '@tabler/icons-react';
import { useState } from 'react';

import { useMay } from '../../api/hooks.ts';
import type { AccountDetail } from '../../api/records.ts';
import { LogCallDialog } from '../../dialogs/LogCallDialog.tsx';
import { MakeDealDialog } from '../../dialogs/MakeDealDialog.tsx';
import { useKeys } from '../../keys/key-map.ts';
import { RecordMore } from '../../records/RecordMore.tsx';
import { ActionButton } from '../../ui/ActionButton.tsx';
import record from '../../ui/record.module.css';
import { useMuteItems } from './MuteAccount.tsx';

type Dialog = 'call' | 'deal';

export function AccountActions({ account }: { account: AccountDetail }) {
  const may = useMay();
  const [dialog, setDialog] = useState<Dialog | null>(null);
  const muting = useMuteItems(account);
  const close = () => setDialog(null);
  const [person] = account.people;
  const actions = [
    { dialog: 'call', label: 'Log call', keys: 'l', icon: IconPhone, allowed: may('activity.write') },
    { dialog: 'deal', label: 'Make deal', keys: 'd', icon: IconTargetArrow, allowed: may('deal.write') },
  ] as const;
  const allowed = actions.filter((action) => action.allowed);
  useKeys(allowed.map(({ keys, label, dialog: which }) => ({ keys, label, run: () => setDialog(which) })));
  if (allowed.length === 0) return null;
  const subject = { accountId: account.id, personId: person?.id, who: person?.name ?? account.name };
  return (
    <>
      <div className={record.actions}>
        {allowed.map(({ dialog: which, label, keys, icon }) => (
          <ActionButton key={which} label={label} keys={keys} icon={icon} onClick={() => setDialog(which)} />
        ))}
        <RecordMore account={account.name} subject={subject}>
          {may('queue.read') && muting}
        </RecordMore>
      </div>
      {dialog === 'call' && <LogCallDialog subject={subject} onClose={close} />}
      {dialog === 'deal' && (
        <MakeDealDialog
          seed={{
            accountId: account.id,
            accountName: account.name,
            personId: person?.id,
            source: 'outbound',
          }}
          onClose={close}
        />
      )}
    </>
  );
}
