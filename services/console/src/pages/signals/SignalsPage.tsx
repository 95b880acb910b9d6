import { Button } from '@mantine/core';
import { getRouteApi, Link, useNavigate, useParams } from '@tanstack/react-router';
import { useMemo, type ReactNode } from 'react';

import { usePages } from '../../api/hooks.ts';
import type { SignalRow } from '../../api/records.ts';
import { signalsSearch, type SignalsView } from '../../app/search-params.ts';
import { SavedViews } from '../../views/SavedViews.tsx';
import { useRowCursor } from '../../keys/row-cursor.ts';
import { DataTable, type Column } from '../../ui/DataTable.tsx';
import page from '../../ui/page.module.css';
import { PageHead } from '../../ui/PageHead.tsx';
import { usePhone } from '../../ui/phone.ts';
import { BoneRows, Empty, Failed } from '../../ui/States.tsx';
import { Tabs } from '../../ui/Tabs.tsx';
import { When } from '../../ui/When.tsx';
import { CompanyReviews } from './CompanyReviews.tsx';
import { Departures } from './Departures.tsx';
import { SignalFilters } from './SignalFilters.tsx';
import { askedOf } from './signal-segments.ts';
import { Effect, Strength } from './signal-words.tsx';
import styles from './signals.module.css';
import { SignalPane } from './SignalPane.tsx';

const route = getRouteApi('/frame/signals');
const VIEWS: readonly { value: SignalsView; label: string }[] = [
  { value: 'all', label: 'All' },
  { value: 'mine', label: 'My accounts' },
  { value: 'opportunity', label: 'Opportunities' },
  { value: 'risk', label: 'Risks' },
  { value: 'review', label: 'Which company?' },
  { value: 'departures', label: 'Who has left?' },
];

/** What happened at accounts, newest first; a signal opens beside the list with its evidence. */
export function SignalsPage() {
  const search = route.useSearch();
  const { view = 'all' } = search;
  const navigate = useNavigate();
  return (
    <div className={page.page}>
      {view === 'review' || view === 'departures' ? (
        <>
          <Head view={view} />
          {view === 'review' ? <CompanyReviews /> : <Departures />}
        </>
      ) : (
        <Feed
          view={view}
          search={search}
          onSearch={(next) => void navigate({ to: '/signals', search: next })}
        />
      )}
    </div>
  );
}

function Head({ view, children }: { view: SignalsView; children?: ReactNode }) {
  const navigate = useNavigate();
  return (
    <>
      <PageHead title="Signals">{children}</PageHead>
      <Tabs
        label="Which signals"
        options={VIEWS}
        value={view}
        onChange={(next) => void navigate({ to: '/signals', search: next === 'all' ? {} : { view: next } })}
      />
    </>
  );
}

type Search = ReturnType<typeof route.useSearch>;

function Feed({
  view,
  search,
  onSearch,
}: {
  view: SignalsView;
  search: Search;
  onSearch: (search: Search) => void;
}) {
  const { signalId } = useParams({ strict: false });
  const navigate = useNavigate();
  const signals = usePages('signals.list', {
    ...(view === 'mine' && { mine: true }),
    ...((view === 'opportunity' || view === 'risk') && { effect: view }),
    ...(search.kind && { kind: search.kind }),
    ...(search.min && { minStrength: Number(search.min) }),
    ...(view !== 'mine' && search.owner && { ownerId: search.owner }),
    ...askedOf(search.segment),
    limit: 60,
  });
  const rows = useMemo(() => signals.data?.pages.flatMap((one) => one.items) ?? [], [signals.data]);
  const open = (id: string) => void navigate({ to: '/signals/$signalId', params: { signalId: id }, search });
  const close = () => onSearch(search);
  const cursor = useRowCursor({ ids: rows.map(({ id }) => id), openId: signalId, open, close });
  const narrow = usePhone() || signalId !== undefined;
  const columns = useColumns(narrow);
  return (
    <div className={page.split} data-open={signalId !== undefined}>
      <div>
        <Head view={view}>
          {signalId === undefined && (
            <>
              <SavedViews page="signals" search={search} onOpen={(saved) => onSearch(signalsSearch(saved))} />
              <SignalFilters search={search} onSearch={onSearch} />
            </>
          )}
        </Head>
        {view === 'risk' && (
          <p className={styles.elsewhere}>
            <Link to="/pipeline" search={{ show: 'risk' }}>
              Open deals by risk: why, who is missing, what to do
            </Link>
          </p>
        )}
        {signals.isPending && <BoneRows rows={14} />}
        {signals.isError && (
          <Failed what="The signals" error={signals.error} onRetry={() => void signals.refetch()} />
        )}
        {signals.isSuccess && rows.length === 0 && (
          <NoSignals
            filtered={Boolean(search.kind || search.min || search.owner || search.segment)}
            onClear={() => onSearch(view === 'all' ? {} : { view })}
          />
        )}
        {rows.length > 0 && (
          <DataTable
            label="Signals"
            columns={columns}
            rows={rows}
            selectedId={signalId}
            cursorId={cursor}
            onOpen={({ id }) => open(id)}
            onEnd={() => void (signals.hasNextPage && !signals.isFetchingNextPage && signals.fetchNextPage())}
            loadingMore={signals.isFetchingNextPage}
            minWidth={narrow ? 0 : 860}
          />
        )}
      </div>
      {signalId !== undefined && (
        <div className={page.pane}>
          <SignalPane key={signalId} id={signalId} onClose={close} />
        </div>
      )}
    </div>
  );
}

function NoSignals({ filtered, onClear }: { filtered: boolean; onClear: () => void }) {
  if (filtered)
    return (
      <Empty
        title="No signal fits"
        action={
          <Button variant="default" onClick={onClear}>
            Show them all
          </Button>
        }
      >
        Widen the kind, the strength, the owner or the segment.
      </Empty>
    );
  return (
    <Empty title="Nothing here yet">
      Filings, job boards and webhooks are watched; what they tell of your accounts appears here within a
      second.
    </Empty>
  );
}

function useColumns(narrow: boolean): Column<SignalRow>[] {
  return useMemo(() => {
    const what: Column<SignalRow> = {
      id: 'what',
      label: 'What happened',
      track: 'minmax(220px, 3fr)',
      cell: (signal) => (
        <Link
          to="/signals/$signalId"
          params={{ signalId: signal.id }}
          search={true}
          className="clip"
          style={{ color: 'var(--text)' }}
          title={signal.summary}
        >
          {signal.toldBy.length > 1 && (
            <span className="faint" title={signal.toldBy.join(', ')}>
              {signal.toldBy.length} sources ·{' '}
            </span>
          )}
          {narrow && !signal.summary.includes(signal.account.name) && `${signal.account.name}: `}
          {signal.summary}
        </Link>
      ),
    };
    const when: Column<SignalRow> = {
      id: 'when',
      label: 'When',
      track: '92px',
      end: true,
      cell: (signal) => <When at={signal.occurredAt} className="dim" />,
    };
    if (narrow) return [what, when];
    return [
      {
        id: 'kind',
        label: 'Kind',
        track: '170px',
        cell: (signal) => (
          <Effect
            effect={signal.effect}
            label={signal.label}
            expired={signal.expired}
            withdrawn={signal.withdrawn}
          />
        ),
      },
      what,
      {
        id: 'account',
        label: 'Account',
        track: 'minmax(140px, 1fr)',
        cell: ({ account }) => (
          <Link to="/accounts/$accountId" params={{ accountId: account.id }} className="clip">
            {account.name}
          </Link>
        ),
      },
      {
        id: 'strength',
        label: 'Strength',
        track: '90px',
        cell: ({ strength }) => <Strength value={strength} />,
      },
      when,
    ];
  }, [narrow]);
}
