import { LinkTabs } from '../../ui/Tabs.tsx';

const TABS = [
  { key: 'lists', to: '/lists', label: 'Lists' },
  { key: 'files', to: '/lists/files', label: 'Files of target accounts' },
] as const;

/** Lists, and the files that they may ask for. */
export const ListsTabs = ({ here }: { here: (typeof TABS)[number]['key'] }) => (
  <LinkTabs label="Lists" tabs={TABS} here={here} />
);
