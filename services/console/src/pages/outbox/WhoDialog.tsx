import { Button, Modal, NativeSelect, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';

import { useAnswer, useChange } from '../../api/hooks.ts';
import dialogs from '../../dialogs/dialogs.module.css';
import { say } from '../../ui/notify.tsx';
import { UNMATCHED_STALE, useUndo, type Unmatched } from './unmatched.ts';

const NEW = 'new';

/** Whose an address is: somebody known at the company, or somebody new. */
export function WhoDialog({ item, onClose }: { item: Unmatched; onClose: () => void }) {
  const { address } = item;
  const [accountId, setAccountId] = useState<string | null>(null);
  const candidates = useAnswer(
    'activities.unmatchedCandidates',
    { address, accountId },
    { keepPrevious: true },
  );
  const account = candidates.data?.account ?? null;
  const people = candidates.data?.people ?? [];
  const [personId, setPersonId] = useState(NEW);
  const undo = useUndo();
  const onDone = () => {
    say.done(`Recorded; later mails with ${address} are by themselves`, () => undo.mutate({ address }));
    onClose();
  };
  const match = useChange('activities.matchMail', { stale: UNMATCHED_STALE, onDone });
  const create = useChange('activities.createFromMail', { stale: UNMATCHED_STALE, onDone });
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const text = (name: string) => String(form.get(name) ?? '').trim();
    if (personId !== NEW) match.mutate({ address, personId });
    else
      create.mutate({
        address,
        givenName: text('given'),
        familyName: text('family'),
        accountId: account?.id,
      });
  };
  const [given = '', ...family] = item.name.split(' ');
  return (
    <Modal opened onClose={onClose} title={<strong>Who is {address}?</strong>} size="md">
      <form onSubmit={onSubmit} className={dialogs.form}>
        <ChooseAccount account={account} onChoose={(id) => (setAccountId(id), setPersonId(NEW))} />
        <NativeSelect
          label="Person"
          value={personId}
          data={[
            { value: NEW, label: 'Somebody new' },
            ...people.map((person) => ({
              value: person.personId,
              label: [person.name, person.title, person.email].filter(Boolean).join(' · '),
            })),
          ]}
          onChange={(event) => setPersonId(event.currentTarget.value)}
        />
        {personId === NEW && (
          <>
            <TextInput label="First name" name="given" defaultValue={given} maxLength={100} />
            <TextInput label="Last name" name="family" defaultValue={family.join(' ')} maxLength={100} />
          </>
        )}
        <div className={dialogs.buttons}>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={match.isPending || create.isPending}>
            {personId === NEW ? 'Create and record' : 'Record with them'}
          </Button>
        </div>
      </form>
    </Modal>
  );
}

/** The account of the domain, or another that is looked for by name. */
function ChooseAccount(props: {
  account: { id: string; name: string } | null;
  onChoose: (accountId: string | null) => void;
}) {
  const [search, setSearch] = useState('');
  const looking = search.trim().length >= 2;
  const found = useAnswer(
    'accounts.list',
    { search: search.trim(), limit: 8 },
    { enabled: looking, keepPrevious: true },
  );
  const accounts = looking ? (found.data?.items ?? []) : [];
  return (
    <>
      <TextInput
        label="Account"
        description={
          props.account
            ? `At ${props.account.name}. Type a name for another.`
            : 'None is known by the domain. Type its name; else one is made for a company’s domain.'
        }
        value={search}
        onChange={(event) => setSearch(event.currentTarget.value)}
      />
      {accounts.length > 0 && (
        <NativeSelect
          aria-label="Accounts found"
          value={accounts.some(({ id }) => id === props.account?.id) ? props.account?.id : ''}
          data={[
            { value: '', label: 'Choose an account…' },
            ...accounts.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          onChange={(event) => props.onChoose(event.currentTarget.value || null)}
        />
      )}
    </>
  );
}
