import { AlertCount } from '../../ui/AlertCount.tsx';
import { LinkTabs } from '../../ui/Tabs.tsx';
import { MoneyNotice } from './MoneyNotice.tsx';

const TABS = [
  { key: 'runs', to: '/enrichment', label: 'Runs' },
  { key: 'waterfall', to: '/enrichment/waterfall', label: 'Waterfall' },
  { key: 'import', to: '/enrichment/import', label: 'Import' },
  { key: 'searches', to: '/enrichment/searches', label: 'Searches' },
  { key: 'providers', to: '/enrichment/providers', label: 'Providers' },
  { key: 'money', to: '/enrichment/money', label: 'Money' },
  { key: 'alerts', to: '/enrichment/alerts', label: 'Alerts', mark: <AlertCount /> },
] as const;

/** The parts of enrichment, and a notice where paid calls are stopped. */
export function EnrichmentTabs({ here }: { here: (typeof TABS)[number]['key'] }) {
  return (
    <>
      <LinkTabs label="Enrichment" tabs={TABS} here={here} />
      {here !== 'money' && here !== 'alerts' && <MoneyNotice />}
    </>
  );
}
