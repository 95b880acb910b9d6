import { Button } from '@mantine/core';

import { useChange, useMay } from '../../api/hooks.ts';
import type { QueryOutput } from '../../api/procedures.ts';
import { say } from '../../ui/notify.tsx';
import { Tag } from '../../ui/Tag.tsx';
import { When } from '../../ui/When.tsx';
import styles from './accounts.module.css';

type Finding = NonNullable<QueryOutput<'sources.ofAccount'>['finding']>;
type Proposal = Finding['proposals'][number];

/** The looking for a job board on the company's own site: when, what came of it, and what a person has to decide. */
export function BoardFinding({
  finding,
  accountId,
  waits,
}: {
  finding: Finding;
  accountId: string;
  waits: boolean;
}) {
  return (
    <li>
      <div className={styles.sourceHead}>
        <span>
          Job board <span className="faint">looked for on {finding.domain}</span>
        </span>
        <State finding={finding} waits={waits} />
      </div>
      <div className="dim">{saidOf(finding)}</div>
      {finding.proposals.map((proposal) => (
        <ProposedBoard
          key={`${proposal.source} ${proposal.board}`}
          proposal={proposal}
          accountId={accountId}
        />
      ))}
    </li>
  );
}

function State({ finding, waits }: { finding: Finding; waits: boolean }) {
  if (waits) return <span className="faint">looking…</span>;
  if (!finding.active) return <Tag shape="ring">Stopped</Tag>;
  if (finding.outcome === 'failed')
    return (
      <Tag tone="bad" shape="square">
        Failing
      </Tag>
    );
  return finding.lookedAt ? (
    <When at={finding.lookedAt} className="dim" />
  ) : (
    <span className="faint">not yet</span>
  );
}

function saidOf({ outcome, fault, proposals }: Finding): string {
  if (outcome === 'failed') return `${fault}. It is tried again; this does not mean that there is no board`;
  if (outcome === 'forbidden') return fault;
  if (outcome === 'new') return '';
  return proposals.length > 0 ? 'What it links may be another company’s:' : 'it links none that is taken';
}

/** A board that may be another company's: taken or refused, once. */
function ProposedBoard({ proposal, accountId }: { proposal: Proposal; accountId: string }) {
  const may = useMay();
  const { source, board } = proposal;
  const answer = useChange('sources.answerBoard', {
    stale: ['sources.ofAccount', 'sources.list'],
    onDone: () => say.done('Your answer is kept'),
  });
  const give = (choice: 'take' | 'refuse') => answer.mutate({ accountId, source, board, answer: choice });
  return (
    <div className={styles.proposal}>
      <div>
        {proposal.name} <strong>{board}</strong>
        <div className="dim">
          {proposal.because} · found on {proposal.foundOn}
        </div>
      </div>
      {may('account.write') && (
        <div className={styles.proposalActions}>
          <Button
            variant="default"
            size="compact-sm"
            aria-label={`Watch it: ${board}`}
            loading={answer.isPending}
            onClick={() => give('take')}
          >
            Watch it
          </Button>
          <Button
            variant="subtle"
            size="compact-sm"
            aria-label={`Not theirs: ${board}`}
            disabled={answer.isPending}
            onClick={() => give('refuse')}
          >
            Not theirs
          </Button>
        </div>
      )}
    </div>
  );
}
