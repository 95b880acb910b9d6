import { Link } from '@tanstack/react-router';

import { AlertCount } from '../../ui/AlertCount.tsx';
import { MoneyNotice } from './MoneyNotice.tsx';
import tabs from '../../ui/tabs.module.css';

const TABS = [
  { key: 'runs', to: '/enrichment', label: 'Runs' },
  { key: 'waterfall', to: '/enrichment/waterfall', label: 'Waterfall' },
  { key: 'import', to: '/enrichment/import', label: 'Import' },
  { key: 'searches', to: '/enrichment/searches', label: 'Searches' },
  { key: 'providers', to: '/enrichment/providers', label: 'Providers' },
  { key: 'money', to: '/enrichment/money', label: 'Money' },
  { key: 'alerts', to: '/enrichment/alerts', label: 'Alerts' },
] as const;

/** The parts of enrichment, each with an address of its own. */
export function EnrichmentTabs({ here }: { here: (typeof TABS)[number]['key'] }) {
  return (
    <>
      <nav className={tabs.tabs} aria-label="Enrichment">
        {TABS.map(({ key, to, label }) => (
          <Link
            key={key}
            to={to}
            className={tabs.tab}
            activeOptions={{ exact: true }}
            aria-current={key === here ? 'page' : undefined}
          >
            {label}
            {key === 'alerts' && <AlertCount />}
          </Link>
        ))}
      </nav>
      {here !== 'money' && here !== 'alerts' && <MoneyNotice />}
    </>
  );
}
