import { Link } from '@tanstack/react-router';

import { useAnswer } from '../../api/hooks.ts';
import type { QueueItem } from '../../api/records.ts';
import { countryName, plural, sentence } from '../../format/words.ts';
import { Committee } from '../../records/Committee.tsx';
import { Contributions } from '../../records/Contributions.tsx';
import { ScoreFigures } from '../../records/ScoreFigures.tsx';
import { TimelineList } from '../../records/TimelineList.tsx';
import record from '../../ui/record.module.css';
import { RecordHead } from '../../ui/RecordHead.tsx';
import { Section } from '../../ui/Section.tsx';
import { Bone, BoneRows, Failed } from '../../ui/States.tsx';
import { InboundLead } from './InboundLead.tsx';
import { NextBest, Plays, Research, Tried, WhomToCall } from './Brief.tsx';
import { Drafts } from './Drafts.tsx';
import { ItemActions } from './ItemActions.tsx';
import type { QueueActions } from './queue-actions.ts';
import type { ShownItem } from './queue-list.ts';
import { Dated } from '../../ui/When.tsx';
import styles from './queue.module.css';

/** Why this account is here, whom to call, and what to do. */
export function QueueDetail(props: {
  id: string;
  index: number;
  shown: ShownItem | undefined;
  actions: QueueActions;
  onBack: () => void;
}) {
  const { shown } = props;
  const listed = shown && !shown.gone ? shown.item : undefined;
  const answer = useAnswer('queue.get', { id: props.id }, { enabled: listed === undefined });
  // While it is listed, the list is the fresher of the two; a row that has left the list is asked for by itself.
  const item = listed ?? answer.data ?? shown?.item;
  return (
    <section className={styles.detail} aria-label="Item">
      {item && <Item {...props} item={item} />}
      {!item && answer.isError && (
        <Failed what="This item" error={answer.error} onRetry={() => void answer.refetch()} />
      )}
      {!item && answer.isPending && <DetailBones />}
    </section>
  );
}

function Item({ item, index, actions, onBack }: Parameters<typeof QueueDetail>[0] & { item: QueueItem }) {
  const brief = useAnswer('queue.brief', { id: item.id });
  const known = brief.data;
  const first = known?.contacts[0];
  return (
    <>
      <RecordHead
        title={
          <Link
            to="/accounts/$accountId"
            params={{ accountId: item.account.id }}
            className={record.plainLink}
          >
            {item.account.name}
          </Link>
        }
        note={describe(item.account)}
        figures={<ScoreFigures accountId={item.account.id} scores={item} />}
        onBack={onBack}
      >
        <ItemActions item={item} index={index} actions={actions} callee={first} />
      </RecordHead>
      <div className={record.columns}>
        <div className={record.main}>
          {brief.isPending && <BoneRows rows={3} height={40} />}
          {brief.isError && (
            <Failed what="The brief" error={brief.error} onRetry={() => void brief.refetch()} />
          )}
          {known && <NextBest action={known.action} />}
          <Section title="Why it is here">
            <p className={styles.why}>
              <Dated>{item.reason}</Dated>
            </p>
            <Contributions parts={item.contributions} total={item.signalScore} />
            {known && <Plays plays={known.plays} />}
          </Section>
          {known && <Drafts item={item} brief={known} />}
          {known && <Research lines={known.research} />}
          <Latest accountId={item.account.id} />
        </div>
        <aside className={record.aside} aria-label="Whom to call">
          <Section title="Whom to call">
            {known ? <WhomToCall contacts={known.contacts} /> : <Bone height={72} />}
          </Section>
          {item.lead && <InboundLead leadId={item.lead.id} />}
          {known && <Tried tried={known.tried} />}
          <Committee accountId={item.account.id} />
        </aside>
      </div>
    </>
  );
}

function describe(account: QueueItem['account']): string {
  const parts = [
    account.domain,
    account.industry && sentence(account.industry),
    account.employeeCount === null ? null : plural(account.employeeCount, 'employee'),
    countryName(account.country),
  ];
  return parts.filter(Boolean).join(' · ') || 'Nothing more is known yet';
}

const FEW = 5;

function Latest({ accountId }: { accountId: string }) {
  const timeline = useAnswer('accounts.timeline', { id: accountId });
  return (
    <Section
      title="Latest"
      aside={
        <Link to="/accounts/$accountId" params={{ accountId }}>
          Everything about this account
        </Link>
      }
    >
      {timeline.isPending && <BoneRows rows={3} height={40} />}
      {timeline.isError && (
        <Failed what="The timeline" error={timeline.error} onRetry={() => void timeline.refetch()} />
      )}
      {timeline.isSuccess && timeline.data.items.length === 0 && (
        <p className="dim">Nothing has happened yet.</p>
      )}
      {timeline.isSuccess && <TimelineList entries={timeline.data.items.slice(0, FEW)} />}
    </Section>
  );
}

function DetailBones() {
  return (
    <div className={record.detailHead} role="status" aria-label="Loading">
      <Bone width={220} height={18} />
      <br />
      <Bone width={340} />
    </div>
  );
}
