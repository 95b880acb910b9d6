import { Button, Modal, NativeSelect, NumberInput, Textarea } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';

import { useAnswer, useChange, useMay } from '../../api/hooks.ts';
import type { QueryOutput } from '../../api/procedures.ts';
import type { AccountDetail } from '../../api/records.ts';
import dialog from '../../dialogs/dialogs.module.css';
import { spend } from '../../format/money.ts';
import { plural, words } from '../../format/words.ts';
import { say } from '../../ui/notify.tsx';
import { BoneRows, Failed } from '../../ui/States.tsx';

/** Who works there, for whoever may spend money on it. */
export function FindPeople({ account }: { account: AccountDetail }) {
  const [open, setOpen] = useState(false);
  if (!useMay()('enrichment.run')) return null;
  return (
    <>
      <Button size="compact-sm" variant="default" onClick={() => setOpen(true)}>
        Find people
      </Button>
      {open && <FindDialog account={account} onClose={() => setOpen(false)} />}
    </>
  );
}

function FindDialog({ account, onClose }: { account: AccountDetail; onClose: () => void }) {
  const preview = useAnswer('enrichment.peopleSearch', { accountId: account.id });
  return (
    <Modal opened onClose={onClose} title={<strong>Find people at {account.name}</strong>}>
      {preview.isPending && <BoneRows rows={4} />}
      {preview.isError && (
        <Failed what="The providers" error={preview.error} onRetry={() => void preview.refetch()} />
      )}
      {preview.isSuccess && <FindForm preview={preview.data} accountId={account.id} onClose={onClose} />}
    </Modal>
  );
}

type Preview = QueryOutput<'enrichment.peopleSearch'>;

function FindForm(props: { preview: Preview; accountId: string; onClose: () => void }) {
  const { preview, accountId, onClose } = props;
  const navigate = useNavigate();
  const asked = preview.providers.filter(({ hasKey }) => hasKey);
  const [provider, setProvider] = useState(asked[0]?.id ?? '');
  const [titles, setTitles] = useState('');
  const [most, setMost] = useState<string | number>(10);
  const chosen = asked.find(({ id }) => id === provider);
  const positions = titles
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const find = useChange('enrichment.findPeople', {
    stale: [
      'accounts.get',
      'accounts.committee',
      'enrichment.imports',
      'enrichment.budgets',
      'enrichment.money',
    ],
    onDone: ({ importId, found, created, known, hidden, chargedMicros }) => {
      onClose();
      const parts = [
        `${created} new`,
        ...(known > 0 ? [`${known} known`] : []),
        ...(hidden > 0 ? [`${hidden} without a full name`] : []),
      ];
      say.done(
        found === 0
          ? `Nobody in these positions; ${spend(chargedMicros)} spent`
          : `${plural(found, 'person', 'people')} found: ${parts.join(', ')}; ${spend(chargedMicros)} spent`,
      );
      if (importId !== null && created + known > 0)
        void navigate({ to: '/enrichment/import', search: { list: importId } });
    },
  });
  if (asked.length === 0)
    return (
      <p className="dim">
        No provider that searches for people has a key. Add one under Settings, Providers.
      </p>
    );
  return (
    <form
      className={dialog.form}
      onSubmit={(event) => {
        event.preventDefault();
        find.mutate({ accountId, provider, titles: positions, most: Number(most) });
      }}
    >
      <p className="dim">
        {preview.people === 0
          ? 'Nobody is known there yet.'
          : `${plural(preview.people, 'person', 'people')} known there already; nobody is taken twice.`}{' '}
        Whoever is found becomes a list: what enriching it would cost is shown before anything more is spent.
      </p>
      <Textarea
        label="Positions, one per line"
        placeholder={'VP Sales\nHead of Revenue Operations'}
        required
        rows={3}
        value={titles}
        onChange={({ currentTarget: { value } }) => setTitles(value)}
        data-autofocus
      />
      <NativeSelect
        label="Provider"
        data={asked.map(({ id, name, priceMicros }) => ({
          value: id,
          label: `${name}, ${priceMicros === 0 ? 'free' : `at most ${spend(priceMicros)}`}`,
        }))}
        {...(chosen && {
          description: `Gives the name and ${chosen.gives.map((field) => words(field).toLowerCase()).join(', ')}`,
        })}
        value={provider}
        onChange={({ currentTarget: { value } }) => setProvider(value)}
      />
      <NumberInput
        label="People at most"
        min={1}
        max={25}
        allowDecimal={false}
        value={most}
        onChange={setMost}
      />
      {!preview.hasDomain && (
        <p className={dialog.warning}>The account has no domain, by which most vendors know companies.</p>
      )}
      <div className={dialog.buttons}>
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button type="submit" loading={find.isPending} disabled={positions.length === 0 || most === ''}>
          {chosen && chosen.priceMicros > 0 ? `Search for at most ${spend(chosen.priceMicros)}` : 'Search'}
        </Button>
      </div>
    </form>
  );
}
