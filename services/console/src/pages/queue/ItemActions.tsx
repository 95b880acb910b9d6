import { Button } from '@mantine/core';
import {
  IconArrowForward,
  IconCheck,
  IconClock,
  IconHandStop,
  IconPhone,
  IconTargetArrow,
} from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';

import { useMay, useMe } from '../../api/hooks.ts';
import type { QueueOutcome } from '../../api/procedures.ts';
import type { BriefContact, QueueItem } from '../../api/records.ts';
import { ChoiceDialog } from '../../dialogs/ChoiceDialog.tsx';
import { LogCallDialog } from '../../dialogs/LogCallDialog.tsx';
import { MakeDealDialog } from '../../dialogs/MakeDealDialog.tsx';
import { PassOnDialog } from '../../dialogs/PassOnDialog.tsx';
import { useKeys } from '../../keys/key-map.ts';
import { RecordMore } from '../../records/RecordMore.tsx';
import { KeyHint } from '../../ui/KeyHint.tsx';
import record from '../../ui/record.module.css';
import { When } from '../../ui/When.tsx';
import type { QueueActions } from './queue-actions.ts';
import { SnoozeDialog } from './SnoozeDialog.tsx';
import styles from './queue.module.css';

/** `callee`: who is tried first; none until the brief is there. */
type Props = { item: QueueItem; index: number; actions: QueueActions; callee: BriefContact | undefined };
type Dialog = 'call' | 'deal' | 'snooze' | 'complete' | 'pass';

const OUTCOMES: readonly { value: QueueOutcome; label: string; note: string }[] = [
  { value: 'worked', label: 'Worked', note: 'Contacted, nothing more to do now' },
  { value: 'not_a_fit', label: 'Not a fit', note: 'Should not have been ranked; told beside the ICP' },
  {
    value: 'junk_signal',
    label: 'Junk signal',
    note: 'It is wrong or means nothing; counts against its source',
  },
];

/** The five things to do with an item, each with its key. On a small screen they stand at the thumb. */
export function ItemActions({ item, index, actions, callee }: Props) {
  const may = useMay();
  const { member } = useMe();
  const navigate = useNavigate();
  const [dialog, setDialog] = useState<Dialog | null>(null);
  const mine = item.claim?.memberId === member.id;
  const taken = item.claim !== null && !mine;
  const canWork = may('queue.work') && item.state === 'open';
  const claim = () => (mine ? actions.release(item) : actions.claim(item));
  useKeys([
    ...(canWork && !taken ? [{ keys: 'c', label: mine ? 'Release' : 'Claim', run: claim }] : []),
    ...(may('activity.write') ? [{ keys: 'l', label: 'Log a call', run: () => setDialog('call') }] : []),
    ...(may('deal.write') ? [{ keys: 'd', label: 'Make a deal', run: () => setDialog('deal') }] : []),
    ...(canWork ? [{ keys: 's', label: 'Snooze', run: () => setDialog('snooze') }] : []),
    ...(canWork && !taken ? [{ keys: 'p', label: 'Pass on', run: () => setDialog('pass') }] : []),
    ...(canWork ? [{ keys: 'e', label: 'Done', run: () => setDialog('complete') }] : []),
    {
      keys: 'o',
      label: 'Open the account',
      run: () => void navigate({ to: '/accounts/$accountId', params: { accountId: item.account.id } }),
    },
  ]);
  return (
    <>
      <p className={styles.claimState} role="status">
        <ClaimState item={item} mine={mine} />
      </p>
      <div className={record.actions}>
        {canWork && (
          <Button
            variant={mine || taken ? 'default' : 'filled'}
            disabled={taken}
            onClick={claim}
            loading={actions.claiming}
            leftSection={<IconHandStop size={15} aria-hidden />}
            rightSection={<KeyHint keys="c" />}
          >
            {mine ? 'Release' : 'Claim'}
          </Button>
        )}
        <OtherActions canWork={canWork} canPass={canWork && !taken} claimed={mine} onOpen={setDialog} />
        <RecordMore
          account={item.account.name}
          subject={{
            accountId: item.account.id,
            personId: callee?.personId ?? item.contact?.personId,
            leadId: item.lead?.id,
            who: callee?.name ?? item.contact?.name ?? item.account.name,
          }}
        />
      </div>
      {dialog && (
        <OpenDialog
          dialog={dialog}
          item={item}
          index={index}
          actions={actions}
          callee={callee}
          onClose={() => setDialog(null)}
        />
      )}
    </>
  );
}

function assigned(item: QueueItem, name: string): string {
  if (item.passedOn === null) return `Assigned to ${name}`;
  const { by, reason } = item.passedOn;
  return `Passed on to ${name} by ${by}${reason ? `: ${reason}` : ''}`;
}

function ClaimState({ item, mine }: { item: QueueItem; mine: boolean }) {
  if (item.state !== 'open') return item.state === 'done' ? 'Done.' : 'Snoozed.';
  if (item.claim === null)
    return item.owner ? `${assigned(item, item.owner.name)}, not claimed.` : 'Not claimed.';
  return (
    <>
      {mine ? 'Yours' : `Claimed by ${item.claim.name}`}, until <When at={item.claim.expiresAt} />.
    </>
  );
}

function OtherActions(props: {
  canWork: boolean;
  canPass: boolean;
  claimed: boolean;
  onOpen: (dialog: Dialog) => void;
}) {
  const may = useMay();
  const others = [
    { dialog: 'call', label: 'Log call', icon: IconPhone, keys: 'l', allowed: may('activity.write') },
    { dialog: 'deal', label: 'Make deal', icon: IconTargetArrow, keys: 'd', allowed: may('deal.write') },
    { dialog: 'snooze', label: 'Snooze', icon: IconClock, keys: 's', allowed: props.canWork },
    { dialog: 'complete', label: 'Done', icon: IconCheck, keys: 'e', allowed: props.canWork },
    { dialog: 'pass', label: 'Pass on', icon: IconArrowForward, keys: 'p', allowed: props.canPass },
  ] as const;
  return others
    .filter(({ allowed }) => allowed)
    .map(({ dialog, label, icon: ActionSign, keys }) => (
      <Button
        key={dialog}
        variant={props.claimed && dialog === 'call' ? 'filled' : 'default'}
        onClick={() => props.onOpen(dialog)}
        leftSection={<ActionSign size={15} aria-hidden />}
        rightSection={<KeyHint keys={keys} />}
      >
        {label}
      </Button>
    ));
}

function OpenDialog({
  dialog,
  item,
  index,
  actions,
  callee,
  onClose,
}: Props & { dialog: Dialog; onClose: () => void }) {
  const { account, contact, lead } = item;
  if (dialog === 'call')
    return (
      <LogCallDialog
        subject={{
          accountId: account.id,
          personId: callee?.personId ?? contact?.personId,
          leadId: lead?.id,
          who: callee?.name ?? contact?.name ?? account.name,
        }}
        onClose={onClose}
      />
    );
  if (dialog === 'deal')
    return (
      <MakeDealDialog
        seed={{
          accountId: account.id,
          accountName: account.name,
          personId: contact?.personId,
          leadId: lead?.id,
          source: lead ? 'inbound' : 'outbound',
        }}
        onClose={onClose}
      />
    );
  if (dialog === 'pass')
    return (
      <PassOnDialog
        title={`Pass ${account.name} on`}
        onPassOn={(to, reason) => actions.passOn(item, index, to, reason)}
        onClose={onClose}
      />
    );
  if (dialog === 'snooze')
    return (
      <SnoozeDialog
        name={account.name}
        onSnooze={(until) => actions.snooze(item, index, until)}
        onClose={onClose}
      />
    );
  return (
    <ChoiceDialog
      title={`${account.name} is done`}
      choices={OUTCOMES}
      onChoose={(outcome) => actions.complete(item, index, outcome)}
      onClose={onClose}
    />
  );
}
