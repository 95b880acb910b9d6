import { Button } from '@mantine/core';
import { IconCircle, IconCircleCheckFilled } from '@tabler/icons-react';
import { useState } from 'react';

import { useMay } from '../../api/hooks.ts';
import type { CriterionStatus, DealDetail } from '../../api/records.ts';
import { ActivityDialog, type ActivityPreset } from '../../dialogs/ActivityDialog.tsx';
import { EvidenceDialog } from '../../dialogs/EvidenceDialog.tsx';
import { Dated } from '../../ui/When.tsx';
import styles from './pipeline.module.css';

/** What must be proven before the deal may leave its stage: met with the evidence, or what is missing and how to add it. */
export function Criteria(props: {
  deal: DealDetail;
  criteria: readonly CriterionStatus[];
  compact?: boolean;
}) {
  const [open, setOpen] = useState<CriterionStatus | null>(null);
  const may = useMay();
  const close = () => setOpen(null);
  const { deal } = props;
  return (
    <>
      <ul className={styles.criteria}>
        {props.criteria.map((criterion) => (
          <li key={criterion.key} className={styles.criterion} data-met={criterion.met}>
            {criterion.met ? (
              <IconCircleCheckFilled size={16} aria-label="Met" role="img" />
            ) : (
              <IconCircle size={16} aria-label="Not met" role="img" />
            )}
            <div className={styles.criterionText}>
              <div className="strong">{criterion.label}</div>
              <div className={props.compact ? '' : 'dim'}>
                <Dated>{criterion.explanation}</Dated>
              </div>
            </div>
            {!criterion.met && criterion.producedBy !== 'product' && may('deal.write') && (
              <Button variant="default" size="compact-xs" onClick={() => setOpen(criterion)}>
                {criterion.producedBy === 'evidence' ? 'Add evidence' : 'Record it'}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {open?.producedBy === 'evidence' && (
        <EvidenceDialog dealId={deal.id} criterion={open} onClose={close} />
      )}
      {open?.producedBy === 'activity' && (
        <ActivityDialog
          subject={{
            accountId: deal.account.id,
            dealId: deal.id,
            leadId: deal.leadId ?? undefined,
            personId: deal.personId ?? undefined,
            who: deal.account.name,
          }}
          preset={PRESETS[open.key] ?? { what: 'call' }}
          onClose={close}
        />
      )}
    </>
  );
}

/** What proves a criterion is offered first. */
const PRESETS: Readonly<Record<string, ActivityPreset>> = {
  first_message_sent: { what: 'mail_out' },
  positive_reply: { what: 'mail_in', outcome: 'positive' },
  call_booked: { what: 'meeting', booked: true },
  demo_to_decision_maker: { what: 'meeting', outcome: 'demo' },
};
