import { IconArrowRight, IconArrowsExchange, IconNote, IconPhone } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';

import { useAnswer, useMay } from '../../api/hooks.ts';
import type { DealDetail, StageRow } from '../../api/records.ts';
import { LogCallDialog } from '../../dialogs/LogCallDialog.tsx';
import { NoteDialog } from '../../dialogs/NoteDialog.tsx';
import { day } from '../../format/moment.ts';
import { moneyExact } from '../../format/money.ts';
import { points } from '../../format/words.ts';
import { useKeys } from '../../keys/key-map.ts';
import { Committee } from '../../records/Committee.tsx';
import { ScoreFigures } from '../../records/ScoreFigures.tsx';
import { ActionButton } from '../../ui/ActionButton.tsx';
import record from '../../ui/record.module.css';
import { RecordHead } from '../../ui/RecordHead.tsx';
import { Fact, Facts, Section } from '../../ui/Section.tsx';
import { BoneRows, Failed } from '../../ui/States.tsx';
import { Age, When } from '../../ui/When.tsx';
import { Changes } from './Changes.tsx';
import { Criteria } from './Criteria.tsx';
import { DealOutlook } from './DealOutlook.tsx';
import { MoveDialog } from './MoveDialog.tsx';
import styles from './pipeline.module.css';
import { WinOutlook } from './WinOutlook.tsx';
import { Talks } from './Talks.tsx';

/** A deal beside the list: what it needs to advance, what it is, what has happened to it. */
export function DealPane({ id, onClose }: { id: string; onClose: () => void }) {
  const deal = useAnswer('deals.get', { id });
  const stages = useAnswer('deals.stages', {});
  if (deal.isPending) return <BoneRows rows={8} height={44} />;
  if (deal.isError) return <Failed what="This deal" error={deal.error} onRetry={() => void deal.refetch()} />;
  const one = deal.data;
  const met = one.criteria.filter((criterion) => criterion.met).length;
  return (
    <article className={record.record} aria-label={one.name}>
      <RecordHead
        title={one.name}
        note={
          <Link to="/accounts/$accountId" params={{ accountId: one.account.id }}>
            {one.account.name}
          </Link>
        }
        figures={<ScoreFigures accountId={one.account.id} scores={{ signalScore: one.signalScore }} />}
        onBack={onClose}
        pane
      >
        <StageStrip deal={one} stages={stages.data?.items ?? []} />
        <DealActions deal={one} ready={met === one.criteria.length} />
      </RecordHead>
      <div className={record.main}>
        <DealOutlook deal={one} />
        {one.criteria.length > 0 && (
          <Section title={`To leave ${one.stageName}`} aside={`${met} of ${one.criteria.length} met`}>
            <Criteria deal={one} criteria={one.criteria} />
          </Section>
        )}
        {one.risk !== null && one.risk > 0 && (
          <Section title="Risk" aside={points(one.risk)}>
            <Facts>
              {one.riskParts.map((part) => (
                <Fact key={part.key} label={part.label}>
                  <span className="num">{points(part.points, 1)}</span>
                </Fact>
              ))}
            </Facts>
          </Section>
        )}
        <WinOutlook deal={one} />
        {one.talks.length > 0 && <Talks talks={one.talks} />}
        <Section title="Deal">
          <DealFacts deal={one} />
        </Section>
        <Committee accountId={one.account.id} />
        <Section title="Changes">
          <Changes changes={one.changes} stages={stages.data?.items ?? []} />
        </Section>
      </div>
    </article>
  );
}

function StageStrip({ deal, stages }: { deal: DealDetail; stages: readonly StageRow[] }) {
  const open = stages.filter(({ type }) => type === 'open');
  const at = open.findIndex(({ key }) => key === deal.stage);
  return (
    <div className={styles.strip}>
      {at >= 0 && (
        <ol aria-label="Stages">
          {open.map((stage, index) => (
            <li
              key={stage.key}
              data-passed={index <= at}
              title={stage.name}
              aria-current={index === at ? 'step' : undefined}
            >
              <span className="visually-hidden">{stage.name}</span>
            </li>
          ))}
        </ol>
      )}
      <span>
        <span className="strong">{deal.stageName}</span>{' '}
        <span className="dim">
          for <Age since={deal.stageEnteredAt} />
          {at >= 0 && `, ${Math.round(deal.probability * 100)} % by default`}
        </span>
      </span>
      {deal.lostReason && <span className="dim">Lost: {deal.lostReason}</span>}
    </div>
  );
}

function DealActions({ deal, ready }: { deal: DealDetail; ready: boolean }) {
  const may = useMay();
  const [dialog, setDialog] = useState<'forward' | 'move' | 'call' | 'note' | null>(null);
  const forward = deal.nextStage !== null;
  const actions = [
    ...(may('deal.write') && forward
      ? [{ dialog: 'forward', label: 'Advance', keys: 'a', icon: IconArrowRight, primary: ready } as const]
      : []),
    ...(may('deal.write')
      ? [{ dialog: 'move', label: 'Move', keys: 'm', icon: IconArrowsExchange } as const]
      : []),
    ...(may('activity.write')
      ? [{ dialog: 'call', label: 'Log call', keys: 'l', icon: IconPhone } as const]
      : []),
    ...(may('activity.write')
      ? [{ dialog: 'note', label: 'Add note', keys: 'n', icon: IconNote } as const]
      : []),
  ];
  useKeys(actions.map(({ keys, label, dialog: which }) => ({ keys, label, run: () => setDialog(which) })));
  const close = () => setDialog(null);
  const subject = {
    accountId: deal.account.id,
    dealId: deal.id,
    leadId: deal.leadId ?? undefined,
    personId: deal.personId ?? undefined,
    who: deal.account.name,
  };
  return (
    <>
      <div className={record.actions}>
        {actions.map(({ dialog: which, ...button }) => (
          <ActionButton key={which} {...button} onClick={() => setDialog(which)} />
        ))}
      </div>
      {dialog === 'forward' && <MoveDialog deal={deal} toStage={deal.nextStage} onClose={close} />}
      {dialog === 'move' && <MoveDialog deal={deal} toStage={null} onClose={close} />}
      {dialog === 'call' && <LogCallDialog subject={subject} onClose={close} />}
      {dialog === 'note' && <NoteDialog subject={subject} onClose={close} />}
    </>
  );
}

function DealFacts({ deal }: { deal: DealDetail }) {
  return (
    <Facts>
      <Fact label="Value">
        <span className="num">{moneyExact(deal.valueMinor, deal.currency)}</span>
      </Fact>
      <Fact label="Owner">{deal.owner.name}</Fact>
      <Fact label="Next step">
        {deal.nextStep || <span className="dim">None is set</span>}
        {deal.nextStepDueAt && (
          <>
            , <When at={deal.nextStepDueAt} />
          </>
        )}
      </Fact>
      <Fact label="Expected close">
        {deal.expectedCloseOn ? day(deal.expectedCloseOn, 'UTC') : <span className="dim">Not set</span>}
      </Fact>
      <Fact label="Created">
        <When at={deal.createdAt} />
      </Fact>
      {deal.leadId && (
        <Fact label="Came from">
          <Link to="/leads/$leadId" params={{ leadId: deal.leadId }}>
            A lead
          </Link>
        </Fact>
      )}
    </Facts>
  );
}
