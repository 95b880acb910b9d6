import { Button } from '@mantine/core';
import { IconExternalLink } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';

import { useAnswer, useChange } from '../../api/hooks.ts';
import { say } from '../../ui/notify.tsx';
import { BoneRows, Failed } from '../../ui/States.tsx';
import { Tag } from '../../ui/Tag.tsx';
import { SectionHead } from './SectionHead.tsx';
import styles from './settings.module.css';

/** Makes the outside world move: a form to send, a filing to appear. */
export function SandboxSection() {
  const filings = useAnswer('sandbox.filings', {});
  const forms = useAnswer('settings.forms', {});
  const release = useChange('sandbox.releaseFiling', {
    stale: ['sandbox.filings', 'sources.list'],
    onDone: ({ title }) => say.done(`Filed: ${title}. The watch reads it within moments.`),
  });
  const demo = forms.data?.items.find((form) => form.active);
  return (
    <>
      <SectionHead
        title="Sandbox"
        note="Invented companies and people, simulated providers, a local mail server. Nothing leaves this machine, and no real key is taken."
      />
      <div className={styles.part}>
        <h3>A form becomes a lead</h3>
        <p className="dim">
          Send it, and watch the queue: the lead is answered, routed and enriched while you look.
        </p>
        {demo && (
          <Button
            mt="xs"
            component="a"
            href={demo.hostedPath}
            target="_blank"
            rel="noopener"
            leftSection={<IconExternalLink size={15} aria-hidden />}
          >
            Open the demo form
          </Button>
        )}
        <Link to="/outbox" className={styles.beside}>
          See the mails that arrived
        </Link>
      </div>
      <div className={styles.part}>
        <h3>A filing becomes a signal</h3>
        <p className="dim">
          The simulated EDGAR files it now; the watch finds it as it would find a real one. A fund’s filing
          gives no signal, because a fund is not a company that raised money.
        </p>
        {filings.isPending && <BoneRows rows={3} />}
        {filings.isError && (
          <Failed what="The filings" error={filings.error} onRetry={() => void filings.refetch()} />
        )}
        {filings.isSuccess && (
          <table className={styles.table}>
            <tbody>
              {filings.data.items.map((filing) => (
                <tr key={filing.key}>
                  <td>
                    <div className="strong">{filing.title}</div>
                    <div className="dim">{filing.kind}</div>
                  </td>
                  <td className={styles.end}>
                    {filing.released ? (
                      <Tag tone="good">Filed</Tag>
                    ) : (
                      <Button
                        variant="default"
                        size="compact-xs"
                        loading={release.isPending && release.variables.key === filing.key}
                        onClick={() => release.mutate({ key: filing.key })}
                        aria-label={`File it now: ${filing.title}`}
                      >
                        File it now
                      </Button>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </div>
    </>
  );
}
