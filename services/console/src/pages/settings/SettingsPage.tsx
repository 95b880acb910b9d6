import { Link, useParams } from '@tanstack/react-router';
import { lazy, Suspense, type ComponentType } from 'react';

import { useMay, useMe } from '../../api/hooks.ts';
import type { Permission } from '../../api/procedures.ts';
import { BoneRows, Empty } from '../../ui/States.tsx';
import styles from './settings.module.css';

type Section = { key: string; label: string; needs: Permission; sandboxOnly?: boolean; page: ComponentType };

const SECTIONS: readonly Section[] = [
  {
    key: 'workspace',
    label: 'Workspace',
    needs: 'settings.read',
    page: lazy(async () => ({ default: (await import('./WorkspaceSection.tsx')).WorkspaceSection })),
  },
  {
    key: 'notifications',
    label: 'Notifications',
    needs: 'queue.read',
    page: lazy(async () => ({ default: (await import('./NotificationsSection.tsx')).NotificationsSection })),
  },
  {
    key: 'members',
    label: 'Members',
    needs: 'settings.read',
    page: lazy(async () => ({ default: (await import('./MembersSection.tsx')).MembersSection })),
  },
  {
    key: 'teams',
    label: 'Teams',
    needs: 'settings.read',
    page: lazy(async () => ({ default: (await import('./TeamsSection.tsx')).TeamsSection })),
  },
  {
    key: 'keys',
    label: 'API keys',
    needs: 'keys.manage',
    page: lazy(async () => ({ default: (await import('./KeysSection.tsx')).KeysSection })),
  },
  {
    key: 'icp',
    label: 'ICP',
    needs: 'settings.read',
    page: lazy(async () => ({ default: (await import('./IcpSection.tsx')).IcpSection })),
  },
  {
    key: 'title-rules',
    label: 'Title rules',
    needs: 'settings.read',
    page: lazy(async () => ({ default: (await import('./TitleRulesSection.tsx')).TitleRulesSection })),
  },
  {
    key: 'scores',
    label: 'Scores',
    needs: 'settings.read',
    page: lazy(async () => ({ default: (await import('./ModelSection.tsx')).ModelSection })),
  },
  {
    key: 'priority',
    label: 'Priority',
    needs: 'settings.read',
    page: lazy(async () => ({ default: (await import('./ModelSection.tsx')).PrioritySection })),
  },
  {
    key: 'win',
    label: 'Win probability',
    needs: 'settings.read',
    page: lazy(async () => ({ default: (await import('./WinSection.tsx')).WinSection })),
  },
  {
    key: 'queues',
    label: 'Queues',
    needs: 'settings.read',
    page: lazy(async () => ({ default: (await import('./QueuesSection.tsx')).QueuesSection })),
  },
  {
    key: 'forms',
    label: 'Forms',
    needs: 'settings.read',
    page: lazy(async () => ({ default: (await import('./FormsSection.tsx')).FormsSection })),
  },
  {
    key: 'providers',
    label: 'Providers',
    needs: 'settings.read',
    page: lazy(async () => ({ default: (await import('./ProvidersSection.tsx')).ProvidersSection })),
  },
  {
    key: 'sources',
    label: 'Sources',
    needs: 'settings.read',
    page: lazy(async () => ({ default: (await import('./SourcesSection.tsx')).SourcesSection })),
  },
  {
    key: 'paid-signals',
    label: 'Paid signals',
    needs: 'settings.read',
    page: lazy(async () => ({ default: (await import('./PaidSignalsSection.tsx')).PaidSignalsSection })),
  },
  {
    key: 'visits',
    label: 'Website visits',
    needs: 'settings.read',
    page: lazy(async () => ({ default: (await import('./VisitsSection.tsx')).VisitsSection })),
  },
  {
    key: 'watch-rules',
    label: 'Watch rules',
    needs: 'settings.read',
    page: lazy(async () => ({ default: (await import('./WatchRulesSection.tsx')).WatchRulesSection })),
  },
  {
    key: 'champions',
    label: 'Champions',
    needs: 'settings.read',
    page: lazy(async () => ({ default: (await import('./ChampionsSection.tsx')).ChampionsSection })),
  },
  {
    key: 'stages',
    label: 'Stages',
    needs: 'deal.read',
    page: lazy(async () => ({ default: (await import('./StagesSection.tsx')).StagesSection })),
  },
  {
    key: 'sandbox',
    label: 'Sandbox',
    needs: 'sandbox.control',
    sandboxOnly: true,
    page: lazy(async () => ({ default: (await import('./SandboxSection.tsx')).SandboxSection })),
  },
  {
    key: 'audit',
    label: 'Audit',
    needs: 'audit.read',
    page: lazy(async () => ({ default: (await import('./AuditSection.tsx')).AuditSection })),
  },
];

export function SettingsPage() {
  const { section = 'workspace' } = useParams({ strict: false });
  const may = useMay();
  const { workspace } = useMe();
  const sections = SECTIONS.filter(
    ({ needs, sandboxOnly }) => may(needs) && (!sandboxOnly || workspace.kind === 'sandbox'),
  );
  const chosen = sections.find(({ key }) => key === section);
  return (
    <div className={styles.page}>
      <nav className={styles.sections} aria-label="Settings">
        <h1>Settings</h1>
        {sections.map(({ key, label }) => (
          <Link
            key={key}
            to="/settings/$section"
            params={{ section: key }}
            className={styles.section}
            data-active={key === section}
            aria-current={key === section ? 'page' : undefined}
          >
            {label}
          </Link>
        ))}
      </nav>
      {/* Scrolled by keyboard too where a role may change nothing. */}
      <div className={styles.content} tabIndex={0} role="region" aria-label={chosen?.label ?? 'Settings'}>
        <div className={styles.inner} key={section}>
          <Suspense fallback={<BoneRows rows={6} height={44} />}>
            {chosen ? (
              <chosen.page />
            ) : (
              <Empty title="This part of the settings is not open to your role">Ask an admin.</Empty>
            )}
          </Suspense>
        </div>
      </div>
    </div>
  );
}
