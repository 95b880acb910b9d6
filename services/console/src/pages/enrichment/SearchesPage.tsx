import { Button, NumberInput } from '@mantine/core';
import { IconUserSearch } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';

import { useAnswer, useChange, useMay } from '../../api/hooks.ts';
import type { PeopleSearch } from '../../api/records.ts';
import { spend } from '../../format/money.ts';
import { plural, words } from '../../format/words.ts';
import { say } from '../../ui/notify.tsx';
import page from '../../ui/page.module.css';
import { PageHead } from '../../ui/PageHead.tsx';
import { BoneRows, Empty, Failed } from '../../ui/States.tsx';
import { Tag } from '../../ui/Tag.tsx';
import { When } from '../../ui/When.tsx';
import { EnrichmentTabs } from './EnrichmentTabs.tsx';
import imports from '../../intake/intake.module.css';
import { SearchAccounts } from './SearchAccounts.tsx';
import { SearchDialog } from './SearchDialog.tsx';
import styles from './searches.module.css';
import plain from '../../ui/plain.module.css';

/** Searches for people at many accounts: how far each is, whom it found, what it cost. */
export function SearchesPage() {
  const searches = useAnswer('enrichment.searches', {}, { refetchMs: 5_000 });
  const mayRun = useMay()('enrichment.run');
  const [choosing, setChoosing] = useState(false);
  return (
    <div className={page.page}>
      <PageHead title="Enrichment">
        {mayRun && (
          <Button leftSection={<IconUserSearch size={15} aria-hidden />} onClick={() => setChoosing(true)}>
            Find people
          </Button>
        )}
      </PageHead>
      {choosing && <SearchDialog at={null} onClose={() => setChoosing(false)} />}
      <EnrichmentTabs here="searches" />
      <div className={plain.content}>
        {searches.isPending && <BoneRows rows={4} />}
        {searches.isError && (
          <Failed what="The searches" error={searches.error} onRetry={() => void searches.refetch()} />
        )}
        {searches.isSuccess && searches.data.items.length === 0 && (
          <Empty title="No search yet">
            Often the company is known and the person is not. From a list, a file, the accounts that fit or
            those chosen among all, a search asks a provider for certain positions at each of them: priced
            before, so many people at each account, for at most so much.
          </Empty>
        )}
        {searches.data?.items.map((search) => (
          <Search key={search.id} search={search} />
        ))}
      </div>
    </div>
  );
}

const STATES = {
  running: { tone: 'accent', shape: 'half', word: 'Searching' },
  paused: { tone: 'warn', shape: 'square', word: 'Paused' },
  finished: { tone: 'good', shape: 'dot', word: 'Finished' },
  cancelled: { tone: 'plain', shape: 'ring', word: 'Cancelled' },
} as const;

function Search({ search }: { search: PeopleSearch }) {
  const [open, setOpen] = useState(false);
  const { tone, shape, word } = STATES[search.state];
  return (
    <section className={styles.search} aria-label={search.name}>
      <div className={styles.head}>
        <h2>{search.name}</h2>
        <Tag tone={tone} shape={shape}>
          {word}
        </Tag>
        <span className="dim">
          {words(search.provider)}, <When at={search.createdAt} />
        </span>
        <Controls search={search} />
      </div>
      {search.reason !== '' && <p className={imports.note}>{search.reason}</p>}
      <p className="num">
        {search.done.toLocaleString('en-US')} of {plural(search.accounts, 'account')} asked about:{' '}
        {search.created.toLocaleString('en-US')} new people, {search.known.toLocaleString('en-US')} known,{' '}
        {spend(search.chargedMicros)} spent
        {search.limitMicros !== null && ` of ${spend(search.limitMicros)}`}
        {search.skipped > 0 && `, ${search.skipped} left out`}
        {search.failed > 0 && `, ${search.failed} failed`}.
      </p>
      <p className={styles.links}>
        <span className="dim">{search.personas.map(({ name, most }) => `${name} (${most})`).join(', ')}</span>
        {search.created + search.known > 0 && (
          <Link to="/enrichment/import" search={{ list: search.importId }}>
            Open the list
          </Link>
        )}
        {search.runId !== null && (
          <Link to="/enrichment/$runId" params={{ runId: search.runId }}>
            Open its run
          </Link>
        )}
        <Button variant="subtle" size="compact-sm" aria-expanded={open} onClick={() => setOpen(!open)}>
          {open ? 'Hide the accounts' : 'Account by account'}
        </Button>
      </p>
      {open && <SearchAccounts searchId={search.id} />}
    </section>
  );
}

const SAID = { pause: 'stands still', resume: 'goes on', cancel: 'is cancelled' } as const;

function Controls({ search }: { search: PeopleSearch }) {
  const mayRun = useMay()('enrichment.run');
  const [limit, setLimit] = useState<string | number>('');
  const control = useChange('enrichment.controlSearch', {
    stale: ['enrichment.searches'],
    onDone: (_, { action }) => say.done(`“${search.name}” ${SAID[action]}`),
  });
  if (!mayRun || search.state === 'finished' || search.state === 'cancelled') return null;
  const move = (action: 'pause' | 'resume' | 'cancel', limitMicros: number | null = null) =>
    control.mutate({ id: search.id, action, limitMicros });
  return (
    <div className={styles.controls}>
      {search.state === 'running' ? (
        <Button variant="default" size="compact-sm" onClick={() => move('pause')}>
          Pause
        </Button>
      ) : (
        <>
          {search.limitMicros !== null && (
            <NumberInput
              aria-label="All of it at most, dollars"
              placeholder={spend(search.limitMicros)}
              size="xs"
              w={110}
              min={0}
              decimalScale={2}
              value={limit}
              onChange={setLimit}
            />
          )}
          <Button
            size="compact-sm"
            onClick={() => move('resume', Number(limit) > 0 ? Math.round(Number(limit) * 1_000_000) : null)}
          >
            Resume
          </Button>
        </>
      )}
      <Button variant="default" size="compact-sm" onClick={() => move('cancel')}>
        Cancel
      </Button>
    </div>
  );
}
