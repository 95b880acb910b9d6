import { Button, Modal, NativeSelect, NumberInput, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';

import { toFailure } from '../../api/failure.ts';
import { useAnswer, useChange } from '../../api/hooks.ts';
import type { QueryOutput } from '../../api/procedures.ts';
import dialog from '../../dialogs/dialogs.module.css';
import { spend } from '../../format/money.ts';
import { plural } from '../../format/words.ts';
import { say } from '../../ui/notify.tsx';
import { Bone, Failed } from '../../ui/States.tsx';
import { AccountsChoice, type ChosenAccounts } from './AccountsChoice.tsx';
import { dollars, LEFT_OF } from './forecast-words.ts';
import { arePersonasWhole, FIRST_PERSONA, PersonaFields } from './PersonaFields.tsx';
import styles from './searches.module.css';

type Forecast = QueryOutput<'enrichment.forecastSearch'>;
const TYPING_MS = 350;
const micros = (typed: string | number): number | null =>
  typed === '' || Number(typed) <= 0 ? null : Math.round(Number(typed) * 1_000_000);

/** From accounts to people: priced before anybody is asked. */
export function SearchDialog(props: {
  /** The accounts; null where they are chosen here. */
  at: ChosenAccounts | null;
  onClose: () => void;
}) {
  const { at, onClose } = props;
  const navigate = useNavigate();
  const [picked, setPicked] = useState(at);
  const [personas, setPersonas] = useState([FIRST_PERSONA]);
  const [typedName, setName] = useState<string | null>(null);
  const name = typedName ?? (picked ? `People of ${picked.name}`.slice(0, 120) : '');
  const [provider, setProvider] = useState('');
  const [limit, setLimit] = useState<string | number>('');
  const [enrich, setEnrich] = useState<string | number>('');
  const [asked] = useDebouncedValue(personas, TYPING_MS);
  const accounts = picked?.accounts ?? NOBODY;
  const forecast = useAnswer(
    'enrichment.forecastSearch',
    { accounts, personas: asked },
    { enabled: picked !== null && arePersonasWhole(asked), keepPrevious: picked !== null },
  );
  const start = useChange('enrichment.startSearch', {
    stale: ['enrichment.searches', 'enrichment.imports'],
    onDone: ({ accounts: count }) => {
      say.done(`Searching at ${plural(count, 'account')}`);
      onClose();
      void navigate({ to: '/enrichment/searches' });
    },
  });
  const priced = picked === null ? undefined : forecast.data;
  const offers = priced?.providers ?? [];
  const chosen = offers.find(({ id }) => id === provider) ?? offers[0];
  return (
    <Modal
      opened
      onClose={onClose}
      title={<strong>{at ? `Find people of “${at.name}”` : 'Find people'}</strong>}
      size="lg"
    >
      <form
        className={dialog.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (!chosen || picked === null) return;
          start.mutate({
            name: name.trim(),
            accounts,
            personas,
            provider: chosen.id,
            limitMicros: micros(limit),
            enrichMicros: micros(enrich),
          });
        }}
      >
        {at === null && <AccountsChoice chosen={picked} onChange={setPicked} />}
        <PersonaFields personas={personas} onChange={setPersonas} />
        <TextInput
          label="Name of the list they make"
          maxLength={120}
          value={name}
          onChange={({ currentTarget: { value } }) => setName(value)}
        />
        {picked !== null && forecast.isPending && arePersonasWhole(asked) && <Bone height={60} />}
        {picked !== null && forecast.isError && (
          <Unpriced error={forecast.error} onRetry={forecast.refetch} />
        )}
        {priced && <Offers forecast={priced} chosen={chosen} onChoose={setProvider} />}
        <div className={dialog.pair}>
          <NumberInput
            label="All of it at most, dollars"
            description="Empty: what other budgets leave."
            min={0}
            decimalScale={2}
            value={limit}
            onChange={setLimit}
          />
          <NumberInput
            label="Then enrich them, dollars at most"
            description="Empty: not by itself."
            min={0}
            decimalScale={2}
            value={enrich}
            onChange={setEnrich}
          />
        </div>
        <div className={dialog.buttons}>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button
            type="submit"
            loading={start.isPending}
            disabled={!chosen || chosen.askable === 0 || !arePersonasWhole(personas) || name.trim() === ''}
          >
            {chosen && chosen.mostMicros > 0
              ? `Search for at most ${spend(mostOf(chosen.mostMicros, micros(limit)))}`
              : 'Search'}
          </Button>
        </div>
      </form>
    </Modal>
  );
}

const NOBODY = { kind: 'ids' as const, ids: [] };

function Unpriced({ error, onRetry }: { error: unknown; onRetry: () => unknown }) {
  const { code, message } = toFailure(error);
  return code === 'invalid' ? (
    <p className={dialog.warning} role="alert">
      {message}
    </p>
  ) : (
    <Failed what="The price" error={error} onRetry={() => void onRetry()} />
  );
}

/** What stands in the way of so much being spent. */
function Short({ forecast, chosen }: { forecast: Forecast; chosen: Forecast['providers'][number] }) {
  const { stopped, tightest } = forecast;
  if (chosen.mostMicros === 0 || (!stopped && tightest.leftMicros >= chosen.mostMicros)) return null;
  return (
    <p className={dialog.warning}>
      {stopped
        ? 'Paid calls are stopped in this workspace: the search would stand still at once.'
        : `${dollars(tightest.leftMicros)} ${LEFT_OF[tightest.scope]} is left: the search may stand still before its end.`}{' '}
      <Link to="/enrichment/money">Money</Link>
    </p>
  );
}

const mostOf = (forecast: number, limit: number | null): number =>
  limit === null ? forecast : Math.min(forecast, limit);

/** Who could be asked, for how much, and what stands in the way. */
function Offers(props: {
  forecast: Forecast;
  chosen: Forecast['providers'][number] | undefined;
  onChoose: (provider: string) => void;
}) {
  const { forecast, chosen, onChoose } = props;
  if (!chosen)
    return (
      <p className={dialog.warning}>
        No provider that searches for people has a key. Add one under Settings, Providers.
      </p>
    );
  return (
    <>
      <NativeSelect
        label="Provider"
        data={forecast.providers.map(({ id, name: label, askable, mostMicros }) => ({
          value: id,
          label: `${label}: ${plural(askable, 'account')}, ${mostMicros === 0 ? 'free' : `at most ${spend(mostMicros)}`}`,
        }))}
        value={chosen.id}
        onChange={({ currentTarget: { value } }) => onChoose(value)}
      />
      <Told forecast={forecast} chosen={chosen} />
      <Short forecast={forecast} chosen={chosen} />
    </>
  );
}

function Told({ forecast, chosen }: { forecast: Forecast; chosen: Forecast['providers'][number] }) {
  return (
    <p className={styles.told} role="status">
      {plural(chosen.askable, 'account')} of {forecast.accounts.toLocaleString('en-US')} can be asked about,{' '}
      {chosen.priceMicros === 0
        ? 'for nothing; family names may be kept back, and nobody is taken without one'
        : `each for at most ${spend(chosen.priceMicros)}`}
      . {plural(forecast.people, 'person is', 'people are')} known there already, and nobody is taken twice.
      {chosen.skipped.map(({ because, accounts }) => (
        <span key={because}>
          {' '}
          {accounts.toLocaleString('en-US')} {because}.
        </span>
      ))}
    </p>
  );
}
