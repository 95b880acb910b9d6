import { Button } from '@mantine/core';
import { getRouteApi, useNavigate } from '@tanstack/react-router';

import { useAnswer, useChange, useMay, usePages } from '../../api/hooks.ts';
import type { AccountDetail } from '../../api/records.ts';
import { countryName, sentence, words } from '../../format/words.ts';
import { useKeys } from '../../keys/key-map.ts';
import { Committee } from '../../records/Committee.tsx';
import { ScoreFigures } from '../../records/ScoreFigures.tsx';
import { TimelineList } from '../../records/TimelineList.tsx';
import { say } from '../../ui/notify.tsx';
import { RecordHead } from '../../ui/RecordHead.tsx';
import { Section } from '../../ui/Section.tsx';
import { BoneRows, Failed } from '../../ui/States.tsx';
import { AccountActions } from './AccountActions.tsx';
import { AccountFacts } from './AccountFacts.tsx';
import { AccountSources } from './AccountSources.tsx';
import { FindPeople } from './FindPeople.tsx';
import { AccountState } from './account-state.tsx';
import styles from './accounts.module.css';
import { MutedTag } from './MuteAccount.tsx';
import { PersonBlock } from './PersonBlock.tsx';

const route = getRouteApi('/frame/accounts/$accountId');

/** Facts at the left, what happened in the middle, whom to reach at the right. */
export function AccountPage() {
  const { accountId } = route.useParams();
  const navigate = useNavigate();
  const account = useAnswer('accounts.get', { id: accountId });
  const back = () => void navigate({ to: '/accounts' });
  useKeys([{ keys: 'Escape', label: 'Back to the accounts', run: back }]);
  if (account.isPending) return <BoneRows rows={10} height={48} />;
  if (account.isError)
    return <Failed what="This account" error={account.error} onRetry={() => void account.refetch()} />;
  return <Account account={account.data} onBack={back} />;
}

function Account({ account, onBack }: { account: AccountDetail; onBack: () => void }) {
  const score = useAnswer('scores.explain', { accountId: account.id });
  return (
    <div style={{ height: '100%', overflowY: 'auto' }}>
      <article className={styles.page} aria-label={account.name}>
        <RecordHead
          title={account.name}
          note={<Heading account={account} />}
          figures={score.data && <ScoreFigures accountId={account.id} scores={score.data} />}
          onBack={onBack}
        >
          <AccountActions account={account} />
        </RecordHead>
        {account.state === 'proposed' && <Proposed account={account} />}
        <div className={styles.columns}>
          <AccountFacts account={account} />
          <Timeline accountId={account.id} />
          <aside aria-label="People">
            <Committee accountId={account.id} />
            <Section title="People" aside={account.state === 'active' && <FindPeople account={account} />}>
              {account.people.length === 0 && (
                <p className="dim">Nobody is known here yet. A form or an enrichment brings the first.</p>
              )}
              {account.people.map((person) => (
                <PersonBlock key={person.id} person={person} account={account} />
              ))}
            </Section>
            <AccountSources accountId={account.id} />
          </aside>
        </div>
      </article>
    </div>
  );
}

function Heading({ account }: { account: AccountDetail }) {
  const parts = [
    account.domain,
    account.industry && sentence(account.industry),
    countryName(account.country),
    account.owner && `owner ${account.owner.name}`,
  ];
  return (
    <span className={styles.heading}>
      {parts.filter(Boolean).join(' · ') || 'Nothing more is known yet'}
      <AccountState state={account.state} />
      <MutedTag accountId={account.id} />
    </span>
  );
}

/** An account that a filing or a signal brought up: a person decides whether it is one. */
function Proposed({ account }: { account: AccountDetail }) {
  const may = useMay();
  const stale = ['accounts.get', 'accounts.list', 'queue.list'] as const;
  const accept = useChange('accounts.accept', {
    stale,
    onDone: () => say.done(`${account.name} is an account now`),
  });
  const dismiss = useChange('accounts.dismiss', {
    stale,
    onDone: () => say.done(`${account.name} dismissed`, () => accept.mutate({ id: account.id })),
  });
  return (
    <div className={styles.proposed}>
      <span>
        Proposed from {words(account.origin)}: no account of yours had this name or domain. Nothing is spent
        on it until somebody accepts it.
      </span>
      {may('account.write') && (
        <div>
          <Button
            variant="default"
            loading={dismiss.isPending}
            onClick={() => dismiss.mutate({ id: account.id })}
          >
            Dismiss
          </Button>
          <Button loading={accept.isPending} onClick={() => accept.mutate({ id: account.id })}>
            Accept
          </Button>
        </div>
      )}
    </div>
  );
}

function Timeline({ accountId }: { accountId: string }) {
  const timeline = usePages('accounts.timeline', { id: accountId });
  const entries = timeline.data?.pages.flatMap((one) => one.items) ?? [];
  return (
    <div>
      <Section title="Timeline">
        {timeline.isPending && <BoneRows rows={6} height={52} />}
        {timeline.isError && (
          <Failed what="The timeline" error={timeline.error} onRetry={() => void timeline.refetch()} />
        )}
        {timeline.isSuccess && entries.length === 0 && (
          <p className="dim">Nothing has happened yet. Signals, touches, changes and costs appear here.</p>
        )}
        <TimelineList entries={entries} />
        {timeline.hasNextPage && (
          <Button
            variant="default"
            loading={timeline.isFetchingNextPage}
            onClick={() => void timeline.fetchNextPage()}
          >
            Older
          </Button>
        )}
      </Section>
    </div>
  );
}
