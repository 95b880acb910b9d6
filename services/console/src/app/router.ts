import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from '@tanstack/react-router';

import { toFailure } from '../api/failure.ts';
import { question } from '../api/hooks.ts';
import { queryClient, whenSignedOut } from '../api/query-client.ts';
import { Frame } from './Frame.tsx';
import { Broken, Missing } from './OutOfOrder.tsx';
import {
  accountsSearch,
  duplicatesSearch,
  importSearch,
  listRunSearch,
  listSearch,
  notificationsSearch,
  leadsSearch,
  nextSearch,
  outboxSearch,
  pipelineSearch,
  queueSearch,
  scoresSearch,
  settingsSearch,
  signalsSearch,
} from './search-params.ts';

const root = createRootRoute({ notFoundComponent: Missing, errorComponent: Broken });

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: nextSearch,
  component: lazyRouteComponent(() => import('../pages/sign-in/SignInPage.tsx'), 'SignInPage'),
});

const frame = createRoute({
  getParentRoute: () => root,
  id: 'frame',
  component: Frame,
  beforeLoad: async ({ location }) => {
    try {
      await queryClient.ensureQueryData(question('session.me', {}));
    } catch (error) {
      if (toFailure(error).code !== 'unauthenticated') throw error;
      throw redirect({ to: '/sign-in', search: location.href === '/' ? {} : { next: location.href } });
    }
  },
});

const home = createRoute({
  getParentRoute: () => frame,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/queue', replace: true });
  },
});

const today = createRoute({
  getParentRoute: () => frame,
  path: '/today',
  component: lazyRouteComponent(() => import('../pages/today/TodayPage.tsx'), 'TodayPage'),
});

const queue = createRoute({
  getParentRoute: () => frame,
  path: '/queue',
  validateSearch: queueSearch,
  component: lazyRouteComponent(() => import('../pages/queue/QueuePage.tsx'), 'QueuePage'),
});
const queueItem = createRoute({ getParentRoute: () => queue, path: '$itemId' });

const notifications = createRoute({
  getParentRoute: () => frame,
  path: '/notifications',
  validateSearch: notificationsSearch,
  component: lazyRouteComponent(
    () => import('../pages/notifications/NotificationsPage.tsx'),
    'NotificationsPage',
  ),
});

const leads = createRoute({
  getParentRoute: () => frame,
  path: '/leads',
  validateSearch: leadsSearch,
  component: lazyRouteComponent(() => import('../pages/leads/LeadsPage.tsx'), 'LeadsPage'),
});
const lead = createRoute({ getParentRoute: () => leads, path: '$leadId' });

const signals = createRoute({
  getParentRoute: () => frame,
  path: '/signals',
  validateSearch: signalsSearch,
  component: lazyRouteComponent(() => import('../pages/signals/SignalsPage.tsx'), 'SignalsPage'),
});
const signal = createRoute({ getParentRoute: () => signals, path: '$signalId' });

const accounts = createRoute({
  getParentRoute: () => frame,
  path: '/accounts',
  validateSearch: accountsSearch,
  component: lazyRouteComponent(() => import('../pages/accounts/AccountsPage.tsx'), 'AccountsPage'),
});
const duplicates = createRoute({
  getParentRoute: () => frame,
  path: '/accounts/duplicates',
  validateSearch: duplicatesSearch,
  component: lazyRouteComponent(() => import('../pages/duplicates/DuplicatesPage.tsx'), 'DuplicatesPage'),
});
const account = createRoute({
  getParentRoute: () => frame,
  path: '/accounts/$accountId',
  component: lazyRouteComponent(() => import('../pages/accounts/AccountPage.tsx'), 'AccountPage'),
});

const lists = createRoute({
  getParentRoute: () => frame,
  path: '/lists',
  component: lazyRouteComponent(() => import('../pages/lists/ListsPage.tsx'), 'ListsPage'),
});
const newList = createRoute({
  getParentRoute: () => frame,
  path: '/lists/new',
  component: lazyRouteComponent(() => import('../pages/lists/ListEditPage.tsx'), 'NewListPage'),
});
const targetFiles = createRoute({
  getParentRoute: () => frame,
  path: '/lists/files',
  component: lazyRouteComponent(() => import('../pages/lists/TargetFilesPage.tsx'), 'TargetFilesPage'),
});
const list = createRoute({
  getParentRoute: () => frame,
  path: '/lists/$listId',
  validateSearch: listSearch,
  component: lazyRouteComponent(() => import('../pages/lists/ListPage.tsx'), 'ListPage'),
});
const editList = createRoute({
  getParentRoute: () => frame,
  path: '/lists/$listId/edit',
  component: lazyRouteComponent(() => import('../pages/lists/ListEditPage.tsx'), 'ListEditPage'),
});

const enrichment = createRoute({
  getParentRoute: () => frame,
  path: '/enrichment',
  component: lazyRouteComponent(() => import('../pages/enrichment/EnrichmentPage.tsx'), 'EnrichmentPage'),
});
const waterfall = createRoute({
  getParentRoute: () => frame,
  path: '/enrichment/waterfall',
  component: lazyRouteComponent(() => import('../pages/waterfall/WaterfallPage.tsx'), 'WaterfallPage'),
});
const providers = createRoute({
  getParentRoute: () => frame,
  path: '/enrichment/providers',
  validateSearch: scoresSearch,
  component: lazyRouteComponent(() => import('../pages/enrichment/ProvidersPage.tsx'), 'ProvidersPage'),
});
const searches = createRoute({
  getParentRoute: () => frame,
  path: '/enrichment/searches',
  component: lazyRouteComponent(() => import('../pages/enrichment/SearchesPage.tsx'), 'SearchesPage'),
});
const importPeople = createRoute({
  getParentRoute: () => frame,
  path: '/enrichment/import',
  validateSearch: importSearch,
  component: lazyRouteComponent(() => import('../pages/enrichment/ImportPage.tsx'), 'ImportPage'),
});
const money = createRoute({
  getParentRoute: () => frame,
  path: '/enrichment/money',
  component: lazyRouteComponent(() => import('../pages/enrichment/MoneyPage.tsx'), 'MoneyPage'),
});
const alerts = createRoute({
  getParentRoute: () => frame,
  path: '/enrichment/alerts',
  component: lazyRouteComponent(() => import('../pages/enrichment/AlertsPage.tsx'), 'AlertsPage'),
});
const listRun = createRoute({
  getParentRoute: () => frame,
  path: '/enrichment/$runId',
  validateSearch: listRunSearch,
  component: lazyRouteComponent(() => import('../pages/enrichment/RunPage.tsx'), 'RunPage'),
});

const pipeline = createRoute({
  getParentRoute: () => frame,
  path: '/pipeline',
  validateSearch: pipelineSearch,
  component: lazyRouteComponent(() => import('../pages/pipeline/PipelinePage.tsx'), 'PipelinePage'),
});
const deal = createRoute({ getParentRoute: () => pipeline, path: '$dealId' });

const review = createRoute({
  getParentRoute: () => frame,
  path: '/review',
  component: lazyRouteComponent(() => import('../pages/review/ReviewPage.tsx'), 'ReviewPage'),
});

const outbox = createRoute({
  getParentRoute: () => frame,
  path: '/outbox',
  validateSearch: outboxSearch,
  component: lazyRouteComponent(() => import('../pages/outbox/OutboxPage.tsx'), 'OutboxPage'),
});

const settings = createRoute({
  getParentRoute: () => frame,
  path: '/settings',
  component: lazyRouteComponent(() => import('../pages/settings/SettingsPage.tsx'), 'SettingsPage'),
});
const settingsSection = createRoute({
  getParentRoute: () => settings,
  path: '$section',
  validateSearch: settingsSearch,
});

const routeTree = root.addChildren([
  signIn,
  frame.addChildren([
    home,
    today,
    notifications,
    queue.addChildren([queueItem]),
    leads.addChildren([lead]),
    signals.addChildren([signal]),
    accounts,
    duplicates,
    account,
    lists,
    newList,
    targetFiles,
    list,
    editList,
    enrichment,
    waterfall,
    providers,
    importPeople,
    searches,
    money,
    alerts,
    listRun,
    pipeline.addChildren([deal]),
    review,
    outbox,
    settings.addChildren([settingsSection]),
  ]),
]);

export const router = createRouter({
  routeTree,
  defaultPreload: 'intent',
  defaultPreloadStaleTime: 0,
  scrollRestoration: false,
});

whenSignedOut(() => {
  const { pathname, href } = router.state.location;
  if (pathname === '/sign-in') return;
  queryClient.removeQueries({ queryKey: ['session.me'] });
  void router.navigate({ to: '/sign-in', search: { next: href } });
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
