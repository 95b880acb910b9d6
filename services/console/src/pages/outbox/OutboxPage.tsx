import { getRouteApi, useNavigate } from '@tanstack/react-router';

import { useMe } from '../../api/hooks.ts';
import page from '../../ui/page.module.css';
import { PageHead } from '../../ui/PageHead.tsx';
import { Tabs } from '../../ui/Tabs.tsx';
import { ReceivedMails } from './ReceivedMails.tsx';
import { SentMails } from './SentMails.tsx';

const route = getRouteApi('/frame/outbox');

/** What has left and what is known of it; in the sandbox also what arrived at the local mail server. */
export function OutboxPage() {
  const { workspace } = useMe();
  const search = route.useSearch();
  const navigate = useNavigate();
  const sandbox = workspace.kind === 'sandbox';
  const tab = sandbox ? (search.tab ?? 'received') : 'sent';
  const open = (mail: string | undefined) =>
    void navigate({ to: '/outbox', search: { ...(tab === 'sent' && { tab }), ...(mail && { mail }) } });
  return (
    <div className={page.page}>
      <PageHead title="Outbox" />
      {sandbox && (
        <Tabs
          label="Which mails"
          options={[
            { value: 'received', label: 'As received' },
            { value: 'sent', label: 'As sent' },
          ]}
          value={tab}
          onChange={(next) => void navigate({ to: '/outbox', search: next === 'sent' ? { tab: next } : {} })}
        />
      )}
      {tab === 'received' ? (
        <ReceivedMails openId={search.mail} onOpen={open} />
      ) : (
        <SentMails openId={search.mail} onOpen={open} />
      )}
    </div>
  );
}
