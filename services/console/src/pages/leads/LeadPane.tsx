import { Link } from '@tanstack/react-router';

import { useAnswer } from '../../api/hooks.ts';
import type { LeadDetail } from '../../api/records.ts';
import { countryName, words } from '../../format/words.ts';
import { Clocks } from '../../records/Clocks.tsx';
import { MailState, UNKNOWN } from '../../records/mail-state.tsx';
import { WaterfallTrace } from '../../records/WaterfallTrace.tsx';
import { Copy } from '../../ui/Copy.tsx';
import record from '../../ui/record.module.css';
import { RecordHead } from '../../ui/RecordHead.tsx';
import { Fact, Facts, Section } from '../../ui/Section.tsx';
import { Bone, BoneRows, Failed } from '../../ui/States.tsx';
import { When } from '../../ui/When.tsx';
import { LeadState, Marks } from './lead-words.tsx';
import { LeadActions } from './LeadActions.tsx';
import styles from './leads.module.css';

/** One lead: both clocks, what was asked, how it was routed and answered, and what enrichment did. */
export function LeadPane({ id, onClose }: { id: string; onClose: () => void }) {
  const lead = useAnswer('leads.get', { id });
  if (lead.isPending) return <BoneRows rows={8} height={44} />;
  if (lead.isError) return <Failed what="This lead" error={lead.error} onRetry={() => void lead.refetch()} />;
  return (
    <article className={record.record} aria-label={lead.data.name}>
      <RecordHead
        title={lead.data.name || 'No name given'}
        note={<Heading lead={lead.data} />}
        onBack={onClose}
        pane
      >
        <LeadActions lead={lead.data} />
      </RecordHead>
      <div className={record.columns} data-first="main">
        <div className={record.main}>
          <Section title="Clocks">
            <div className={styles.clocks}>
              <Clocks clocks={lead.data.clocks} />
            </div>
          </Section>
          {lead.data.message && (
            <Section title="What they wrote">
              <p className={styles.message}>{lead.data.message}</p>
            </Section>
          )}
          <Runs personId={lead.data.personId} />
          <Section title="What happened">
            <ol className={styles.events}>
              {lead.data.events.map((event) => (
                <li key={event.id}>
                  <span>{event.text}</span>
                  <When at={event.occurredAt} className="faint" />
                </li>
              ))}
            </ol>
          </Section>
        </div>
        <aside className={record.aside} aria-label="About this lead">
          <Form lead={lead.data} />
          <Routing lead={lead.data} />
          <Mail lead={lead.data} />
        </aside>
      </div>
    </article>
  );
}

function Heading({ lead }: { lead: LeadDetail }) {
  return (
    <span className={styles.heading}>
      {words(lead.intent)}
      {' at '}
      {lead.account ? (
        <Link to="/accounts/$accountId" params={{ accountId: lead.account.id }}>
          {lead.account.name}
        </Link>
      ) : (
        lead.company || 'an unknown company'
      )}
      <LeadState state={lead.state} />
      <Marks lead={lead} />
    </span>
  );
}

function Form({ lead }: { lead: LeadDetail }) {
  return (
    <Section title="From the form">
      <Facts>
        <Fact label="E-mail">
          {lead.email ? (
            <>
              {lead.email} <Copy value={lead.email} what="e-mail" />
            </>
          ) : (
            '–'
          )}
        </Fact>
        <Fact label="Phone">{lead.phone ? <a href={`tel:${lead.phone}`}>{lead.phone}</a> : '–'}</Fact>
        <Fact label="Company">{lead.company || '–'}</Fact>
        <Fact label="Country">{countryName(lead.country || null) ?? '–'}</Fact>
        {lead.submissions.map((submission) => (
          <Fact key={submission.id} label="Sent">
            {submission.formName}, <When at={submission.receivedAt} />
          </Fact>
        ))}
      </Facts>
    </Section>
  );
}

function Routing({ lead }: { lead: LeadDetail }) {
  return (
    <Section title={lead.owner ? `Routed to ${lead.owner.name}` : 'Not routed yet'}>
      {lead.routing ? (
        <>
          <p>{lead.routing.because}</p>
          <p className={styles.passed}>Rule: {lead.routing.rule}</p>
          {lead.routing.passedOver.map((why) => (
            <p key={why} className={styles.passed}>
              Passed over {why}
            </p>
          ))}
        </>
      ) : (
        <p className="dim">It is being decided. If nobody fits, a manager sees it under “Unclaimed”.</p>
      )}
    </Section>
  );
}

function Mail({ lead }: { lead: LeadDetail }) {
  const { mail } = lead;
  if (mail === null)
    return (
      <Section title="Welcome mail">
        <p className="dim">None has left yet.</p>
      </Section>
    );
  return (
    <Section title="Welcome mail" aside={<MailState state={mail.state} code={mail.lastCode} />}>
      <p className="strong">{mail.subject}</p>
      <p className="dim">
        From {mail.fromName}, <When at={mail.settledAt ?? mail.createdAt} />
      </p>
      {mail.state === 'unknown' && <p className={styles.passed}>{UNKNOWN}</p>}
      <p className={styles.mailText}>{mail.bodyText}</p>
    </Section>
  );
}

function Runs({ personId }: { personId: string | null }) {
  const runs = useAnswer('enrichment.runs', { personId: personId ?? '' }, { enabled: personId !== null });
  return (
    <Section title="Enrichment">
      {personId === null && <p className="dim">Starts when the person is stored.</p>}
      {personId !== null && runs.isPending && <Bone height={96} />}
      {runs.isError && <Failed what="The trace" error={runs.error} onRetry={() => void runs.refetch()} />}
      {runs.data?.items.length === 0 && <p className="dim">No provider has been asked about this person.</p>}
      {runs.data?.items.map((run) => (
        <WaterfallTrace key={run.id} run={run} />
      ))}
    </Section>
  );
}
