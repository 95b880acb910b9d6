import { Link } from '@tanstack/react-router';

import tabs from '../../ui/tabs.module.css';

const TABS = [
  { key: 'lists', to: '/lists', label: 'Lists' },
  { key: 'files', to: '/lists/files', label: 'Files of target accounts' },
] as const;

/** Lists, and the files that they may ask for. */
export function ListsTabs({ here }: { here: (typeof TABS)[number]['key'] }) {
  return (
    <nav className={tabs.tabs} aria-label="Lists">
      {TABS.map(({ key, to, label }) => (
        <Link
          key={key}
          to={to}
          className={tabs.tab}
          activeOptions={{ exact: true }}
          aria-current={key === here ? 'page' : undefined}
        >
          {label}
        </Link>
      ))}
    </nav>
  );
}
