import { useAnswer, useMay } from '../../api/hooks.ts';
import { Copy } from '../../ui/Copy.tsx';
import { Bone, Failed } from '../../ui/States.tsx';
import { SectionHead } from './SectionHead.tsx';
import styles from './settings.module.css';
import { LatestVisits } from './LatestVisits.tsx';
import { VisitFigures } from './VisitFigures.tsx';
import { VisitsForm } from './VisitsForm.tsx';
import { visitSnippet } from './visit-snippet.ts';

/** Who looks at the workspace's own site: from where, what, and which company. */
export function VisitsSection() {
  const may = useMay();
  const visits = useAnswer('visits.read', {});
  const settings = visits.data?.settings ?? null;
  return (
    <>
      <SectionHead
        title="Website visits"
        note="Which companies look at your site. Nothing is stored or sent before a visitor agrees; addresses are encrypted until they are looked up, then gone."
      />
      {visits.isPending && <Bone height={320} />}
      {visits.isError && (
        <Failed what="The visits" error={visits.error} onRetry={() => void visits.refetch()} />
      )}
      {visits.isSuccess && (
        <>
          {settings !== null && (
            <div className={styles.part}>
              <VisitFigures figures={visits.data.figures} active={settings.active} />
            </div>
          )}
          <div className={styles.part}>
            <h3>{settings === null ? 'Switch it on' : 'What is taken'}</h3>
            <VisitsForm settings={settings} editable={may('providers.manage')} />
          </div>
          {settings !== null && (
            <>
              <div className={styles.part}>
                <h3>On your site</h3>
                <p className="dim">
                  Put this on every page, and tell the script what your consent banner was answered.
                </p>
                <Snippet settingsKey={settings.key} />
              </div>
              <LatestVisits
                latest={visits.data.latest}
                editable={may('providers.manage') && settings.active}
              />
            </>
          )}
        </>
      )}
    </>
  );
}

function Snippet({ settingsKey }: { settingsKey: string }) {
  const snippet = visitSnippet(window.location.origin, settingsKey);
  return (
    <div className={styles.snippet} tabIndex={0} role="region" aria-label="Snippet">
      {snippet}
      <Copy value={snippet} what="snippet" />
    </div>
  );
}
