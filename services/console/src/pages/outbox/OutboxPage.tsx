import { getRouteApi, useNavigate } from '@tanstack/react-router';

import { useMay, useMe } from '../../api/hooks.ts';
import page from '../../ui/page.module.css';
import { PageHead } from '../../ui/PageHead.tsx';
import { Tabs } from '../../ui/Tabs.tsx';
import { ReceivedMails } from './ReceivedMails.tsx';
import { SentMails } from './SentMails.tsx';
import { UnmatchedMails } from './UnmatchedMails.tsx';

const route = getRouteApi('/frame/outbox');

/** What has left and what is known of it; in the sandbox also what arrived at the local mail server. */
export function OutboxPage() {
  const { workspace } = useMe();
  const search = route.useSearch();
  const navigate = useNavigate();
  const sandbox = workspace.kind === 'sandbox';
  const first = sandbox ? 'received' : 'sent';
  const chosen = search.tab ?? first;
  const tab = chosen === 'received' && !sandbox ? first : chosen;
  const mayMatch = useMay()('activity.write');
  const open = (mail: string | undefined) =>
    void navigate({ to: '/outbox', search: { ...(tab !== first && { tab }), ...(mail && { mail }) } });
  return (
    <div className={page.page}>
      <PageHead title="Outbox" />
      <Tabs
        label="Which mails"
        options={[
          ...(sandbox ? [{ value: 'received' as const, label: 'As received' }] : []),
          { value: 'sent' as const, label: sandbox ? 'As sent' : 'Sent' },
          ...(mayMatch ? [{ value: 'unmatched' as const, label: 'Unmatched' }] : []),
        ]}
        value={tab}
        onChange={(next) => void navigate({ to: '/outbox', search: next === first ? {} : { tab: next } })}
      />
      {tab === 'received' && <ReceivedMails openId={search.mail} onOpen={open} />}
      {tab === 'sent' && <SentMails openId={search.mail} onOpen={open} />}
      {tab === 'unmatched' && <UnmatchedMails />}
    </div>
  );
}
