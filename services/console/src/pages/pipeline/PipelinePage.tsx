import { Button, NativeSelect, TextInput } from '@mantine/core';
import { IconDownload, IconSearch } from '@tabler/icons-react';
import { getRouteApi, useNavigate, useParams } from '@tanstack/react-router';
import { useMemo, useRef, type RefObject } from 'react';

import { useAnswer, useMay, usePages } from '../../api/hooks.ts';
import type { DealOrder, QueryOutput } from '../../api/procedures.ts';
import { pipelineSearch, type PipelineShow, type PipelineView } from '../../app/search-params.ts';
import { moneyShort } from '../../format/money.ts';
import { plural } from '../../format/words.ts';
import { useKeys } from '../../keys/key-map.ts';
import { useRowCursor } from '../../keys/row-cursor.ts';
import { ColumnChoice, useHiddenColumns } from '../../ui/column-choice.tsx';
import { DataTable } from '../../ui/DataTable.tsx';
import page from '../../ui/page.module.css';
import { PageHead } from '../../ui/PageHead.tsx';
import { usePhone } from '../../ui/phone.ts';
import { BoneRows, Empty, Failed } from '../../ui/States.tsx';
import { Tabs } from '../../ui/Tabs.tsx';
import { useTypedSearch } from '../../ui/typed-search.ts';
import { SavedViews } from '../../views/SavedViews.tsx';
import { useDealColumns } from './deal-columns.tsx';
import { DealPane } from './DealPane.tsx';
import { exportDeals } from './export-deals.ts';
import styles from './pipeline.module.css';

const route = getRouteApi('/frame/pipeline');

/** Open deals, by signal score unless told otherwise; the address holds the view. */
export function PipelinePage() {
  const view = route.useSearch();
  const { dealId } = useParams({ strict: false });
  const navigate = useNavigate();
  const { direction = 'desc', stage, owner, q, show } = view;
  const order = orderOf(view);
  const asked = {
    order,
    direction,
    stage,
    owner,
    search: q,
    ...(show === 'reactivating' && { reactivating: true }),
    ...(show === 'risk' && { committee: true }),
  };
  const deals = usePages('deals.list', { ...asked, limit: 100 });
  const rows = useMemo(() => deals.data?.pages.flatMap((one) => one.items) ?? [], [deals.data]);
  const phone = usePhone();
  const columns = useDealColumns(roomFor(phone, dealId !== undefined, show));
  const { hidden, toggle } = useHiddenColumns('pipeline');
  const searchField = useRef<HTMLInputElement>(null);
  const open = (id: string) =>
    void navigate({ to: '/pipeline/$dealId', params: { dealId: id }, search: view });
  const close = () => void navigate({ to: '/pipeline', search: view });
  const cursor = useRowCursor({ ids: rows.map(({ id }) => id), openId: dealId, open, close });
  const change = (next: PipelineView) => void navigate({ to: '/pipeline', search: next });
  const exportShown = () =>
    exportDeals(
      asked,
      columns.filter(({ id }) => !hidden[id]),
    );
  useKeys([
    { keys: '/', label: 'Search deals', run: () => searchField.current?.focus() },
    { keys: 'x', label: 'Export what is shown', run: () => void exportShown() },
  ]);

  return (
    <div className={page.page}>
      <div className={styles.split} data-open={dealId !== undefined}>
        <div>
          <PageHead title="Pipeline" note={<Totals deals={deals.data?.pages[0]} />}>
            <Filters view={view} onChange={change} searchField={searchField} />
            <SavedViews page="pipeline" search={view} onOpen={(saved) => change(pipelineSearch(saved))} />
            {dealId === undefined && !phone && (
              <>
                <ColumnChoice columns={columns} hidden={hidden} onToggle={toggle} />
                <Button
                  variant="default"
                  leftSection={<IconDownload size={15} aria-hidden />}
                  onClick={() => void exportShown()}
                >
                  CSV
                </Button>
              </>
            )}
          </PageHead>
          <Tabs
            label="Which deals"
            options={SHOWS}
            value={show ?? 'all'}
            onChange={(next) => change(shownAs(view, next))}
          />
          {deals.isPending && <BoneRows rows={16} />}
          {deals.isError && (
            <Failed what="The pipeline" error={deals.error} onRetry={() => void deals.refetch()} />
          )}
          {deals.isSuccess && rows.length === 0 && (
            <NoDeals show={show} filtered={Boolean(stage ?? owner ?? q)} onClear={() => change({})} />
          )}
          {rows.length > 0 && (
            <DataTable
              label="Deals"
              columns={columns}
              rows={rows}
              hidden={dealId === undefined ? hidden : {}}
              selectedId={dealId}
              cursorId={cursor}
              onOpen={({ id }) => open(id)}
              sort={{ by: order, direction }}
              onSort={(by) => change(sortedBy(view, by))}
              onEnd={() => void (deals.hasNextPage && !deals.isFetchingNextPage && deals.fetchNextPage())}
              loadingMore={deals.isFetchingNextPage}
              minWidth={phone ? 0 : dealId === undefined ? 1100 : 480}
            />
          )}
        </div>
        {dealId !== undefined && (
          <div className={styles.pane}>
            <DealPane key={dealId} id={dealId} onClose={close} />
          </div>
        )}
      </div>
    </div>
  );
}

/** Which columns there is room for, and which are asked for. */
function roomFor(phone: boolean, open: boolean, show: PipelineShow | undefined) {
  if (phone) return show === 'risk' ? 'riskOnPhone' : 'phone';
  if (open) return 'few';
  return show === 'risk' ? 'risk' : 'all';
}

const SHOWN_CURRENCIES = 3;
const ORDERS: readonly DealOrder[] = ['signal', 'value', 'stage', 'age', 'risk'];
const SHOWS: readonly { value: PipelineShow | 'all'; label: string }[] = [
  { value: 'all', label: 'All' },
  { value: 'risk', label: 'Deal risk' },
  { value: 'reactivating', label: 'Reactivating' },
];

/** Without a choice the riskiest first where risk is looked at, else the highest intent. */
const orderOf = ({ order, show }: PipelineView): DealOrder => order ?? (show === 'risk' ? 'risk' : 'signal');

/** Another view of the same filter, in the order that is its own. */
function shownAs(view: PipelineView, show: PipelineShow | 'all'): PipelineView {
  const { show: _show, order: _order, direction: _direction, ...rest } = view;
  return show === 'all' ? rest : { ...rest, show };
}

function sortedBy(view: PipelineView, by: string): PipelineView {
  const order = ORDERS.find((one) => one === by) ?? 'signal';
  const same = orderOf(view) === order;
  const direction = same && (view.direction ?? 'desc') === 'desc' ? 'asc' : 'desc';
  const { order: _order, direction: _direction, ...rest } = view;
  return {
    ...rest,
    ...(order !== orderOf({ show: view.show }) && { order }),
    ...(direction === 'asc' && { direction }),
  };
}

/** Count, and per currency what the deals are worth and what is expected of those that can close. */
function Totals({ deals }: { deals: QueryOutput<'deals.list'> | undefined }) {
  if (!deals) return null;
  const closable = (deals.worth ?? []).reduce((sum, worth) => sum + worth.closable, 0);
  return (
    <span className="num">
      {plural(deals.count, 'deal')}
      {closable < deals.count && (
        <span title="Nothing speaks against closing: a next step is planned, or neither time nor date has run out">
          , {closable} can close
        </span>
      )}
      {(deals.worth ?? []).slice(0, SHOWN_CURRENCIES).map(({ currency, valueMinor, expectedMinor }) => (
        <span
          key={currency}
          title="Expected: value times probability of the stage, less the deal’s own risk, of what can close"
        >
          {' '}
          · {moneyShort(valueMinor, currency)}, {moneyShort(Math.round(expectedMinor), currency)} expected
        </span>
      ))}
    </span>
  );
}

function Filters(props: {
  view: PipelineView;
  onChange: (view: PipelineView) => void;
  searchField: RefObject<HTMLInputElement | null>;
}) {
  const { view, onChange } = props;
  const { q, stage, owner, ...rest } = view;
  const may = useMay();
  const stages = useAnswer('deals.stages', {});
  const members = useAnswer('settings.members', {}, { enabled: may('settings.read') });
  const set = (next: { q?: string | undefined; stage?: string | undefined; owner?: string | undefined }) => {
    const all = { q, stage, owner, ...next };
    onChange({
      ...rest,
      ...(all.q && { q: all.q }),
      ...(all.stage && { stage: all.stage }),
      ...(all.owner && { owner: all.owner }),
    });
  };
  const [typed, setTyped] = useTypedSearch(q ?? '', (next) => set({ q: next }));
  return (
    <>
      <TextInput
        ref={props.searchField}
        aria-label="Search deals"
        placeholder="Account  /"
        leftSection={<IconSearch size={14} aria-hidden />}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        w={150}
      />
      <NativeSelect
        aria-label="Stage"
        value={stage ?? ''}
        onChange={(event) => set({ stage: event.currentTarget.value })}
        data={[
          { value: '', label: 'Open stages' },
          ...(stages.data?.items ?? []).map(({ key, name }) => ({ value: key, label: name })),
        ]}
      />
      <NativeSelect
        aria-label="Owner"
        value={owner ?? ''}
        onChange={(event) => set({ owner: event.currentTarget.value })}
        data={[
          { value: '', label: 'Everybody' },
          ...(members.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name })),
        ]}
      />
    </>
  );
}

function NoDeals(props: { show: PipelineShow | undefined; filtered: boolean; onClear: () => void }) {
  const { show, filtered, onClear } = props;
  if (show === 'reactivating' && !filtered)
    return (
      <Empty title="No stalled deal shows new intent">
        A deal appears here when it has had no move for longer than is usual in its stage and its account then
        shows intent.
      </Empty>
    );
  if (filtered)
    return (
      <Empty
        title="No deal fits"
        action={
          <Button variant="default" onClick={onClear}>
            Show all open deals
          </Button>
        }
      >
        Widen the stage, the owner or the search.
      </Empty>
    );
  return <Empty title="No deal yet">Make one from the queue, a lead or an account: the key is D.</Empty>;
}
