import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';

import { usePages } from '../../api/hooks.ts';
import { spend } from '../../format/money.ts';
import { BoneRows, Failed } from '../../ui/States.tsx';
import plain from '../../ui/plain.module.css';

const STATES = {
  open: 'Waits',
  asking: 'Being asked',
  found: 'Found',
  nobody: 'Nobody',
  skipped: 'Left out',
  failed: 'Failed',
} as const;

/** What a search did about each account. */
export function SearchAccounts({ searchId }: { searchId: string }) {
  const accounts = usePages('enrichment.searchAccounts', { id: searchId, limit: 100 });
  if (accounts.isPending) return <BoneRows rows={4} />;
  if (accounts.isError)
    return <Failed what="The accounts" error={accounts.error} onRetry={() => void accounts.refetch()} />;
  return (
    <>
      <div className={plain.scroll} tabIndex={0} role="region" aria-label="Accounts of the search">
        <table className={plain.table}>
          <thead>
            <tr>
              <th scope="col">Account</th>
              <th scope="col">State</th>
              <th scope="col">New</th>
              <th scope="col">Known</th>
              <th scope="col">Spent</th>
              <th scope="col">Besides</th>
            </tr>
          </thead>
          <tbody>
            {accounts.data.pages
              .flatMap(({ items }) => items)
              .map((account) => (
                <tr key={account.id}>
                  <th scope="row">
                    <Link to="/accounts/$accountId" params={{ accountId: account.id }}>
                      {account.name}
                    </Link>
                  </th>
                  <td>{STATES[account.state]}</td>
                  <td className="num">{account.created}</td>
                  <td className="num">{account.known}</td>
                  <td className="num">{spend(account.chargedMicros)}</td>
                  <td className="dim">{account.because}</td>
                </tr>
              ))}
          </tbody>
        </table>
      </div>
      {accounts.hasNextPage && (
        <Button
          variant="default"
          size="compact-sm"
          loading={accounts.isFetchingNextPage}
          onClick={() => void accounts.fetchNextPage()}
        >
          More
        </Button>
      )}
    </>
  );
}
