import { Button, TextInput } from '@mantine/core';
import { IconPlus, IconSearch } from '@tabler/icons-react';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useMemo, useRef, useState } from 'react';

import { useMay, useMe, usePages } from '../../api/hooks.ts';
import type { AccountRow } from '../../api/records.ts';
import { accountsSearch, type AccountStateFilter } from '../../app/search-params.ts';
import { countryName, sentence } from '../../format/words.ts';
import { useKeys } from '../../keys/key-map.ts';
import { useRowCursor } from '../../keys/row-cursor.ts';
import { ColumnChoice, useHiddenColumns } from '../../ui/column-choice.tsx';
import { DataTable, type Column } from '../../ui/DataTable.tsx';
import { Initials } from '../../ui/Initials.tsx';
import page from '../../ui/page.module.css';
import { PageHead } from '../../ui/PageHead.tsx';
import { usePhone } from '../../ui/phone.ts';
import { BoneRows, Empty, Failed } from '../../ui/States.tsx';
import { Tabs } from '../../ui/Tabs.tsx';
import { useTypedSearch } from '../../ui/typed-search.ts';
import { When } from '../../ui/When.tsx';
import { SavedViews } from '../../views/SavedViews.tsx';
import { AccountState } from './account-state.tsx';
import type { ChosenAccounts } from '../enrichment/AccountsChoice.tsx';
import { AddAccountDialog } from './AddAccountDialog.tsx';
import { pickColumn, PickedBar, type Picking } from './picked-accounts.tsx';

const SearchDialog = lazy(async () => ({
  default: (await import('../enrichment/SearchDialog.tsx')).SearchDialog,
}));
const route = getRouteApi('/frame/accounts');
const STATES: readonly { value: AccountStateFilter | 'all'; label: string }[] = [
  { value: 'all', label: 'All' },
  { value: 'active', label: 'Active' },
  { value: 'proposed', label: 'Proposed' },
  { value: 'dismissed', label: 'Dismissed' },
];

export function AccountsPage() {
  const { q = '', state } = route.useSearch();
  const navigate = useNavigate();
  const may = useMay();
  const accounts = usePages('accounts.list', { search: q || undefined, state, limit: 60 });
  const rows = useMemo(() => accounts.data?.pages.flatMap((one) => one.items) ?? [], [accounts.data]);
  const view = (next: { q: string; state: AccountStateFilter | undefined }) =>
    void navigate({
      to: '/accounts',
      search: { ...(next.q && { q: next.q }), ...(next.state && { state: next.state }) },
    });
  const [typed, setTyped] = useTypedSearch(q, (next) => view({ q: next, state }));
  const [adding, setAdding] = useState(false);
  const searchField = useRef<HTMLInputElement>(null);
  const open = (id: string) => void navigate({ to: '/accounts/$accountId', params: { accountId: id } });
  const cursor = useRowCursor({ ids: rows.map(({ id }) => id), open });
  const phone = usePhone();
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());
  // Proposed and dismissed accounts are not searched at.
  const mayFind = may('enrichment.run') && (state === undefined || state === 'active');
  const pick = (id: string) =>
    setPicked(
      (before) => new Set(before.has(id) ? [...before].filter((one) => one !== id) : [...before, id]),
    );
  const columns = useColumns(phone, mayFind ? { picked, pick } : null);
  const [finding, setFinding] = useState<ChosenAccounts | null>(null);
  const { hidden, toggle } = useHiddenColumns('accounts');
  useKeys([
    { keys: '/', label: 'Search accounts', run: () => searchField.current?.focus() },
    ...(mayFind
      ? [{ keys: 'x', label: 'Pick the row', run: () => cursor !== undefined && pick(cursor) }]
      : []),
    ...(may('account.write') ? [{ keys: 'n', label: 'Add an account', run: () => setAdding(true) }] : []),
  ]);
  return (
    <div className={page.page}>
      <PageHead title="Accounts">
        <TextInput
          ref={searchField}
          aria-label="Search accounts"
          placeholder="Name or domain  /"
          leftSection={<IconSearch size={14} aria-hidden />}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          w={220}
        />
        <SavedViews
          page="accounts"
          search={{ q: q || undefined, state }}
          onOpen={(saved) => {
            const next = accountsSearch(saved);
            view({ q: next.q ?? '', state: next.state });
          }}
        />
        <Button variant="default" onClick={() => void navigate({ to: '/accounts/duplicates' })}>
          Duplicates
        </Button>
        <ColumnChoice columns={columns} hidden={hidden} onToggle={toggle} />
        {may('account.write') && (
          <Button leftSection={<IconPlus size={15} aria-hidden />} onClick={() => setAdding(true)}>
            Add account
          </Button>
        )}
      </PageHead>
      <Tabs
        label="Which accounts"
        options={STATES}
        value={state ?? 'all'}
        onChange={(next) => view({ q, state: next === 'all' ? undefined : next })}
      />
      {mayFind && rows.length > 0 && (
        <PickedBar
          picked={picked}
          view={q}
          onAll={(all) => setPicked(new Set(all ? rows.map(({ id }) => id) : []))}
          onFind={setFinding}
        />
      )}
      {accounts.isPending && <BoneRows rows={16} />}
      {accounts.isError && (
        <Failed what="The accounts" error={accounts.error} onRetry={() => void accounts.refetch()} />
      )}
      {accounts.isSuccess && rows.length === 0 && (
        <Empty title={q ? `No account fits “${q}”` : 'No account here'}>
          Accounts come from forms, imports and filings, or are added by hand.
        </Empty>
      )}
      {rows.length > 0 && (
        <DataTable
          label="Accounts"
          columns={columns}
          rows={rows}
          hidden={hidden}
          cursorId={cursor}
          onOpen={({ id }) => open(id)}
          onEnd={() =>
            void (accounts.hasNextPage && !accounts.isFetchingNextPage && accounts.fetchNextPage())
          }
          loadingMore={accounts.isFetchingNextPage}
          minWidth={phone ? 0 : 860}
        />
      )}
      {finding && (
        <Suspense>
          <SearchDialog at={finding} onClose={() => setFinding(null)} />
        </Suspense>
      )}
      {adding && <AddAccountDialog onClose={() => setAdding(false)} />}
    </div>
  );
}

function useColumns(phone: boolean, picking: Picking | null): Column<AccountRow>[] {
  const { member } = useMe();
  const all = useMemo<Column<AccountRow>[]>(
    () => [
      ...(picking ? [pickColumn(picking)] : []),
      {
        id: 'name',
        label: 'Name',
        track: 'minmax(180px, 1.6fr)',
        cell: (account) => (
          <Link
            to="/accounts/$accountId"
            params={{ accountId: account.id }}
            className="strong"
            style={{ color: 'var(--text)' }}
          >
            {account.name}
          </Link>
        ),
      },
      {
        id: 'domain',
        label: 'Domain',
        track: 'minmax(160px, 1.3fr)',
        cell: ({ domain }) => <span className="dim">{domain ?? '–'}</span>,
      },
      { id: 'state', label: 'State', track: '110px', cell: ({ state }) => <AccountState state={state} /> },
      {
        id: 'industry',
        label: 'Industry',
        track: 'minmax(120px, 1fr)',
        cell: ({ industry }) => (industry && sentence(industry)) ?? <span className="faint">–</span>,
      },
      {
        id: 'employees',
        label: 'Employees',
        track: '90px',
        end: true,
        cell: ({ employeeCount }) =>
          employeeCount?.toLocaleString('en-US') ?? <span className="faint">–</span>,
      },
      {
        id: 'country',
        label: 'Country',
        track: '130px',
        cell: ({ country }) => countryName(country) ?? <span className="faint">–</span>,
      },
      {
        id: 'owner',
        label: 'Owner',
        track: '64px',
        cell: ({ owner }) => owner && <Initials name={owner.name} mine={owner.id === member.id} />,
      },
      {
        id: 'updated',
        label: 'Changed',
        track: '110px',
        end: true,
        cell: ({ updatedAt }) => <When at={updatedAt} className="dim" />,
      },
    ],
    [member.id, picking === null, picking?.picked],
  );
  return phone ? all.filter(({ id }) => id === 'pick' || id === 'name' || id === 'state') : all;
}
