import {
  IconBuilding,
  IconCommand,
  IconKeyboard,
  IconMoon,
  IconTargetArrow,
  type Icon,
} from '@tabler/icons-react';
import { useMantineColorScheme } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';

import { useAnswer } from '../api/hooks.ts';
import { moneyShort } from '../format/money.ts';
import { useKeyActions } from '../keys/key-map.ts';
import { usePlaces } from './places.ts';
import { signOut } from './sign-out.ts';

export type Entry = {
  id: string;
  group: 'Pages' | 'Actions' | 'Accounts' | 'Deals';
  label: string;
  note: string;
  icon: Icon;
  keys?: string;
  run: () => void;
};

const FEW = 6;

/** Everything that fits the words typed: pages and actions at once, accounts and deals as they are found. */
export function usePaletteEntries(
  typed: string,
  onKeys: () => void,
): { entries: Entry[]; searching: boolean } {
  const navigate = useNavigate();
  const { setColorScheme, colorScheme } = useMantineColorScheme();
  const search = typed.trim();
  const enabled = search.length >= 2;
  const accounts = useAnswer('accounts.list', { search, limit: FEW }, { enabled, keepPrevious: true });
  const deals = useAnswer('deals.list', { search, limit: FEW }, { enabled, keepPrevious: true });
  const pages = usePlaces().map(({ to, label, icon, keys, go }): Entry => ({
    id: to,
    group: 'Pages',
    label,
    note: '',
    icon,
    keys,
    run: go,
  }));
  const actions: Entry[] = [
    ...useKeyActions()
      .filter(({ group }) => group === undefined || group === 'This record')
      .map(({ keys, label, run }) => action(label, run, IconCommand, keys)),
    action(
      colorScheme === 'dark' ? 'Light colours' : 'Dark colours',
      () => setColorScheme(colorScheme === 'dark' ? 'light' : 'dark'),
      IconMoon,
    ),
    action('Keys of this page', onKeys, IconKeyboard, '?'),
    action('Sign out', () => void signOut(), IconCommand),
  ];
  const found: Entry[] = !enabled
    ? []
    : [
        ...(accounts.data?.items ?? []).map(({ id, name, domain }): Entry => ({
          id: `account ${id}`,
          group: 'Accounts',
          label: name,
          note: domain ?? '',
          icon: IconBuilding,
          run: () => void navigate({ to: '/accounts/$accountId', params: { accountId: id } }),
        })),
        ...(deals.data?.items ?? []).map((deal): Entry => ({
          id: `deal ${deal.id}`,
          group: 'Deals',
          label: deal.name,
          note: `${deal.stageName} · ${moneyShort(deal.valueMinor, deal.currency)}`,
          icon: IconTargetArrow,
          run: () => void navigate({ to: '/pipeline/$dealId', params: { dealId: deal.id } }),
        })),
      ];
  const wanted = search.toLowerCase();
  const entries = [
    ...[...pages, ...actions].filter(({ label }) => label.toLowerCase().includes(wanted)),
    ...found,
  ];
  return { entries, searching: enabled && (accounts.isFetching || deals.isFetching) };
}

function action(label: string, run: () => void, icon: Icon, keys?: string): Entry {
  return { id: `action ${label}`, group: 'Actions', label, note: '', icon, run, ...(keys && { keys }) };
}
