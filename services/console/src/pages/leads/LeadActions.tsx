import { IconHandStop, IconListCheck, IconPhone, IconTargetArrow } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';

import { useChange, useMay } from '../../api/hooks.ts';
import type { LeadDetail } from '../../api/records.ts';
import { LogCallDialog } from '../../dialogs/LogCallDialog.tsx';
import { MakeDealDialog } from '../../dialogs/MakeDealDialog.tsx';
import { useKeys } from '../../keys/key-map.ts';
import { ActionButton } from '../../ui/ActionButton.tsx';
import { say } from '../../ui/notify.tsx';
import record from '../../ui/record.module.css';

/** Claim, call, make a deal. */
export function LeadActions({ lead }: { lead: LeadDetail }) {
  const may = useMay();
  const navigate = useNavigate();
  const [dialog, setDialog] = useState<'call' | 'deal' | null>(null);
  const claim = useChange('queue.claim', {
    stale: ['leads.get', 'leads.list', 'queue.list'],
    onDone: () => say.done(`${lead.name} is yours`),
  });
  const { account, queueItemId, dealId } = lead;
  const claimable =
    may('queue.work') && queueItemId !== null && (lead.state === 'received' || lead.state === 'routed');
  const actions = [
    ...(claimable
      ? [
          {
            label: 'Claim',
            keys: 'c',
            icon: IconHandStop,
            primary: true,
            loading: claim.isPending,
            onClick: () => claim.mutate({ id: queueItemId }),
          },
        ]
      : []),
    ...(may('activity.write') && account
      ? [
          {
            label: 'Log call',
            keys: 'l',
            icon: IconPhone,
            primary: !claimable && lead.firstHumanTouchAt === null,
            onClick: () => setDialog('call'),
          },
        ]
      : []),
    ...(dealId !== null
      ? [
          {
            label: 'Open deal',
            keys: 'd',
            icon: IconTargetArrow,
            onClick: () => void navigate({ to: '/pipeline/$dealId', params: { dealId } }),
          },
        ]
      : []),
    ...(dealId === null && may('deal.write') && account
      ? [{ label: 'Make deal', keys: 'd', icon: IconTargetArrow, onClick: () => setDialog('deal') }]
      : []),
    ...(queueItemId !== null
      ? [
          {
            label: 'In the queue',
            icon: IconListCheck,
            onClick: () =>
              void navigate({
                to: '/queue/$itemId',
                params: { itemId: queueItemId },
                search: { filter: 'all' as const },
              }),
          },
        ]
      : []),
  ];
  useKeys(
    actions.flatMap((action) =>
      'keys' in action ? [{ keys: action.keys, label: action.label, run: action.onClick }] : [],
    ),
  );
  if (actions.length === 0) return null;
  const personId = lead.personId ?? undefined;
  return (
    <>
      <div className={record.actions}>
        {actions.map((action) => (
          <ActionButton key={action.label} {...action} />
        ))}
      </div>
      {dialog === 'call' && account && (
        <LogCallDialog
          subject={{ accountId: account.id, personId, leadId: lead.id, who: lead.name }}
          onClose={() => setDialog(null)}
        />
      )}
      {dialog === 'deal' && account && (
        <MakeDealDialog
          seed={{
            accountId: account.id,
            accountName: account.name,
            personId,
            leadId: lead.id,
            source: 'inbound',
          }}
          onClose={() => setDialog(null)}
        />
      )}
    </>
  );
}
