import {
  IconBell,
  IconBolt,
  IconBuilding,
  IconCalendarCheck,
  IconFilter,
  IconInbox,
  IconListCheck,
  IconMail,
  IconReportAnalytics,
  IconRowInsertBottom,
  IconSettings,
  IconTargetArrow,
  type Icon,
} from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';

import { useMay, useMe } from '../api/hooks.ts';
import type { Permission } from '../api/procedures.ts';

export type PlaceAddress =
  | '/today'
  | '/queue'
  | '/notifications'
  | '/leads'
  | '/signals'
  | '/accounts'
  | '/lists'
  | '/enrichment'
  | '/pipeline'
  | '/review'
  | '/outbox'
  | '/settings';
type Place = {
  to: PlaceAddress;
  label: string;
  icon: Icon;
  keys: string;
  needs: Permission;
  sandboxOnly?: boolean;
};

const PLACES: readonly Place[] = [
  { to: '/queue', label: 'Queue', icon: IconListCheck, keys: 'g q', needs: 'queue.read' },
  { to: '/today', label: 'Today', icon: IconCalendarCheck, keys: 'g t', needs: 'queue.read' },
  { to: '/notifications', label: 'Notifications', icon: IconBell, keys: 'g n', needs: 'queue.read' },
  { to: '/leads', label: 'Leads', icon: IconInbox, keys: 'g l', needs: 'lead.read' },
  { to: '/signals', label: 'Signals', icon: IconBolt, keys: 'g i', needs: 'signal.read' },
  { to: '/accounts', label: 'Accounts', icon: IconBuilding, keys: 'g a', needs: 'account.read' },
  { to: '/lists', label: 'Lists', icon: IconFilter, keys: 'g f', needs: 'account.read' },
  {
    to: '/enrichment',
    label: 'Enrichment',
    icon: IconRowInsertBottom,
    keys: 'g e',
    needs: 'enrichment.read',
  },
  { to: '/pipeline', label: 'Pipeline', icon: IconTargetArrow, keys: 'g p', needs: 'deal.read' },
  { to: '/review', label: 'Review', icon: IconReportAnalytics, keys: 'g r', needs: 'report.read' },
  { to: '/outbox', label: 'Outbox', icon: IconMail, keys: 'g o', needs: 'outbox.read' },
  { to: '/settings', label: 'Settings', icon: IconSettings, keys: 'g s', needs: 'settings.read' },
];

/** The pages this person may open, in the order of the rail. */
export function usePlaces(): (Place & { go: () => void })[] {
  const may = useMay();
  const { workspace } = useMe();
  const navigate = useNavigate();
  return PLACES.filter(
    ({ needs, sandboxOnly }) => may(needs) && (!sandboxOnly || workspace.kind === 'sandbox'),
  ).map((place) => ({ ...place, go: () => void navigate({ to: place.to }) }));
}
