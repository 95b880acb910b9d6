import { Link } from '@tanstack/react-router';

import { useAnswer } from '../../api/hooks.ts';
import { words } from '../../format/words.ts';
import { Clocks } from '../../records/Clocks.tsx';
import { Section } from '../../ui/Section.tsx';
import { Bone, Failed } from '../../ui/States.tsx';
import styles from './queue.module.css';

/** What the person wrote, and how long they have been waiting. */
export function InboundLead({ leadId }: { leadId: string }) {
  const lead = useAnswer('leads.get', { id: leadId });
  return (
    <Section
      title={lead.data ? words(lead.data.intent) : 'Lead'}
      aside={
        <Link to="/leads/$leadId" params={{ leadId }}>
          Open lead
        </Link>
      }
    >
      {lead.isPending && <Bone height={72} />}
      {lead.isError && <Failed what="The lead" error={lead.error} onRetry={() => void lead.refetch()} />}
      {lead.isSuccess && (
        <>
          {lead.data.message && <blockquote className={styles.message}>{lead.data.message}</blockquote>}
          <Clocks clocks={lead.data.clocks} />
          {lead.data.routing && <p className={styles.routing}>{lead.data.routing.because}</p>}
        </>
      )}
    </Section>
  );
}
