import { Link } from '@tanstack/react-router';

import { useAnswer } from '../../api/hooks.ts';
import styles from './settings.module.css';
import { VisitFigures } from './VisitFigures.tsx';

/** What the script on the workspace's own site gives, beside the other sources. */
export function VisitsInSources() {
  const visits = useAnswer('visits.read', {});
  const settings = visits.data?.settings;
  return (
    <div className={styles.part}>
      <h3>Website visits</h3>
      {visits.data && settings ? (
        <VisitFigures figures={visits.data.figures} active={settings.active} />
      ) : (
        <p className="dim">The script for your own site is not in use.</p>
      )}
      <Link to="/settings/$section" params={{ section: 'visits' }}>
        Website visits
      </Link>
    </div>
  );
}
