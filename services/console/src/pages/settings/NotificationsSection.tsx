import { useAnswer, useMay } from '../../api/hooks.ts';
import { Bone, Failed } from '../../ui/States.tsx';
import { NotificationForm } from './NotificationForm.tsx';
import { MutedAccounts } from './MutedAccounts.tsx';
import { OwnSlackChannel } from './OwnSlackChannel.tsx';
import { SectionHead } from './SectionHead.tsx';
import { SlackConnection } from './SlackConnection.tsx';

/** Of what oneself is told, by which ways, and when not. */
export function NotificationsSection() {
  const may = useMay();
  const mine = useAnswer('notifications.preferences', {});
  return (
    <>
      <SectionHead
        title="Notifications"
        note="Yours alone. You are told of each thing once, however many sources or ways tell it."
      />
      {mine.isPending && <Bone height={420} />}
      {mine.isError && <Failed what="Your choices" error={mine.error} onRetry={() => void mine.refetch()} />}
      {mine.isSuccess && (
        <>
          <NotificationForm data={mine.data} />
          <OwnSlackChannel hook={mine.data.hook} />
          <MutedAccounts />
          {may('providers.manage') && <SlackConnection slack={mine.data.slack} />}
        </>
      )}
    </>
  );
}
