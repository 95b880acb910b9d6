import { getRouteApi, Link, useNavigate, useParams } from '@tanstack/react-router';
import { useMemo } from 'react';

import { useMe, usePages } from '../../api/hooks.ts';
import type { LeadFilter } from '../../api/procedures.ts';
import type { LeadRow } from '../../api/records.ts';
import { words } from '../../format/words.ts';
import { useRowCursor } from '../../keys/row-cursor.ts';
import { DataTable, type Column } from '../../ui/DataTable.tsx';
import { Initials } from '../../ui/Initials.tsx';
import page from '../../ui/page.module.css';
import { PageHead } from '../../ui/PageHead.tsx';
import { usePhone } from '../../ui/phone.ts';
import { BoneRows, Empty, Failed } from '../../ui/States.tsx';
import { Tabs } from '../../ui/Tabs.tsx';
import { When } from '../../ui/When.tsx';
import { FirstTouch, LeadState, Marks } from './lead-words.tsx';
import { leadsSearch } from '../../app/search-params.ts';
import { SavedViews } from '../../views/SavedViews.tsx';
import { LeadPane } from './LeadPane.tsx';
import styles from './leads.module.css';

const route = getRouteApi('/frame/leads');
const FILTERS: readonly { value: LeadFilter; label: string }[] = [
  { value: 'all', label: 'All' },
  { value: 'mine', label: 'Mine' },
  { value: 'unclaimed', label: 'Unclaimed' },
];

/** Everybody who sent a form, newest first; a lead opens beside the list. */
export function LeadsPage() {
  const { filter = 'all' } = route.useSearch();
  const { leadId } = useParams({ strict: false });
  const navigate = useNavigate();
  const leads = usePages('leads.list', { filter, limit: 50 });
  const rows = useMemo(() => leads.data?.pages.flatMap((one) => one.items) ?? [], [leads.data]);
  const search = filter === 'all' ? {} : { filter };
  const open = (id: string) => void navigate({ to: '/leads/$leadId', params: { leadId: id }, search });
  const close = () => void navigate({ to: '/leads', search });
  const cursor = useRowCursor({ ids: rows.map(({ id }) => id), openId: leadId, open, close });
  const narrow = usePhone() || leadId !== undefined;
  const columns = useColumns(narrow);

  return (
    <div className={page.page}>
      <div className={page.split} data-open={leadId !== undefined}>
        <div>
          <PageHead title="Leads">
            <SavedViews
              page="leads"
              search={search}
              onOpen={(saved) => void navigate({ to: '/leads', search: leadsSearch(saved) })}
            />
          </PageHead>
          <Tabs
            label="Which leads"
            options={FILTERS}
            value={filter}
            onChange={(next) =>
              void navigate({ to: '/leads', search: next === 'all' ? {} : { filter: next } })
            }
          />
          {leads.isPending && <BoneRows rows={14} />}
          {leads.isError && (
            <Failed what="The leads" error={leads.error} onRetry={() => void leads.refetch()} />
          )}
          {leads.isSuccess && rows.length === 0 && <NoLeads filter={filter} />}
          {rows.length > 0 && (
            <DataTable
              label="Leads"
              columns={columns}
              rows={rows}
              selectedId={leadId}
              cursorId={cursor}
              onOpen={({ id }) => open(id)}
              onEnd={() => void (leads.hasNextPage && !leads.isFetchingNextPage && leads.fetchNextPage())}
              loadingMore={leads.isFetchingNextPage}
              minWidth={narrow ? 0 : 820}
            />
          )}
        </div>
        {leadId !== undefined && (
          <div className={page.pane}>
            <LeadPane key={leadId} id={leadId} onClose={close} />
          </div>
        )}
      </div>
    </div>
  );
}

function useColumns(narrow: boolean): Column<LeadRow>[] {
  const { member } = useMe();
  return useMemo(() => {
    const name: Column<LeadRow> = {
      id: 'name',
      label: 'Name',
      track: 'minmax(140px, 1.4fr)',
      cell: (lead) => (
        <Link
          to="/leads/$leadId"
          params={{ leadId: lead.id }}
          search={true}
          className="strong"
          style={{ color: 'var(--text)' }}
        >
          {lead.name || 'No name given'}
        </Link>
      ),
    };
    const touch: Column<LeadRow> = {
      id: 'touch',
      label: 'First touch',
      track: '92px',
      end: true,
      cell: (lead) => <FirstTouch lead={lead} />,
    };
    if (narrow) return [name, touch];
    return [
      name,
      {
        id: 'company',
        label: 'Company',
        track: 'minmax(140px, 1.2fr)',
        cell: (lead) => lead.account?.name ?? lead.company,
      },
      { id: 'intent', label: 'Asked for', track: '140px', cell: (lead) => words(lead.intent) },
      { id: 'state', label: 'State', track: '110px', cell: (lead) => <LeadState state={lead.state} /> },
      {
        id: 'marks',
        label: 'Marks',
        track: 'minmax(90px, 0.7fr)',
        cell: (lead) => (
          <span className={styles.tags}>
            <Marks lead={lead} />
          </span>
        ),
      },
      {
        id: 'owner',
        label: 'Owner',
        track: '72px',
        cell: (lead) => lead.owner && <Initials name={lead.owner.name} mine={lead.owner.id === member.id} />,
      },
      {
        id: 'received',
        label: 'Received',
        track: '100px',
        end: true,
        cell: (lead) => <When at={lead.receivedAt} className="dim" />,
      },
      touch,
    ];
  }, [narrow, member.id]);
}

function NoLeads({ filter }: { filter: LeadFilter }) {
  if (filter !== 'all')
    return (
      <Empty title="No such lead">Leads of colleagues are under “All”, as far as your role sees them.</Empty>
    );
  return (
    <Empty
      title="No lead yet"
      action={
        <Link to="/settings/$section" params={{ section: 'forms' }}>
          Open the forms
        </Link>
      }
    >
      Whoever sends one of your forms appears here within a second. Try it with the demo form.
    </Empty>
  );
}
