import { Button } from '@mantine/core';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';

import { useAnswer, useChange, useMay } from '../../api/hooks.ts';
import { plural } from '../../format/words.ts';
import { useKeys } from '../../keys/key-map.ts';
import { say } from '../../ui/notify.tsx';
import page from '../../ui/page.module.css';
import { PageHead } from '../../ui/PageHead.tsx';
import { BoneRows, Empty, Failed } from '../../ui/States.tsx';
import { Tabs } from '../../ui/Tabs.tsx';
import styles from './duplicates.module.css';
import { Merges } from './Merges.tsx';
import { PairView } from './PairView.tsx';

const route = getRouteApi('/frame/accounts/duplicates');

/** Pairs that may be one person or company: one at a time, side by side, the likeliest first. */
export function DuplicatesPage() {
  const { kind = 'person' } = route.useSearch();
  const navigate = useNavigate();
  const may = useMay();
  const [at, setAt] = useState(0);
  const pairs = useAnswer('duplicates.list', { kind });
  const find = useChange('duplicates.find', {
    stale: ['duplicates.list'],
    onDone: ({ people, accounts }) =>
      say.done(`${plural(people, 'pair')} of people and ${plural(accounts, 'pair')} of accounts`),
  });
  const items = pairs.data?.items ?? [];
  const shown = Math.min(at, Math.max(items.length - 1, 0));
  const pair = items[shown];
  useKeys([
    { keys: 'j', label: 'Next pair', run: () => setAt(Math.min(shown + 1, items.length - 1)) },
    { keys: 'k', label: 'Pair before', run: () => setAt(Math.max(shown - 1, 0)) },
    ...(may('account.write') ? [{ keys: 'l', label: 'Look again', run: () => find.mutate({}) }] : []),
  ]);
  return (
    <div className={page.page}>
      <PageHead title="Duplicates">
        <Button variant="subtle" onClick={() => void navigate({ to: '/accounts' })}>
          Accounts
        </Button>
        {may('account.write') && (
          <Button variant="default" loading={find.isPending} onClick={() => find.mutate({})}>
            Look again
          </Button>
        )}
      </PageHead>
      <Tabs
        label="Duplicates of what"
        options={[
          { value: 'person', label: 'People', count: pairs.data?.open.person ?? 0 },
          { value: 'account', label: 'Accounts', count: pairs.data?.open.account ?? 0 },
        ]}
        value={kind}
        onChange={(next) => {
          setAt(0);
          void navigate({ to: '/accounts/duplicates', search: next === 'person' ? {} : { kind: next } });
        }}
      />
      <div className={styles.content}>
        {pairs.isPending && <BoneRows rows={8} height={36} />}
        {pairs.isError && (
          <Failed what="The pairs" error={pairs.error} onRetry={() => void pairs.refetch()} />
        )}
        {pairs.isSuccess && !pair && (
          <Empty title="No duplicates to decide on">
            All people and accounts are looked through every day; “Look again” does it now. What you keep
            apart stays apart.
          </Empty>
        )}
        {pair && (
          <PairView
            key={`${pair.first.id} ${pair.second.id}`}
            kind={kind}
            pair={pair}
            place={`${shown + 1} of ${items.length}`}
          />
        )}
        <Merges />
      </div>
    </div>
  );
}
