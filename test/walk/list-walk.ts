import type { AppRouter } from '@penstock/gateway/trpc/app-router';
import type { World } from '@penstock/sandbox/world/world';
import type { TRPCClient } from '@trpc/client';

import type { Say } from './form-walk.ts';
import { until } from './waiting.ts';

const COMPANIES = 4;

/**
 * A list of target accounts from its definition to people whom somebody can call: a file names accounts, the list takes them in by
 * itself, they enter its queue, their people are searched for and enriched within its budget.
 */
export async function walkList(console_: TRPCClient<AppRouter>, world: World, say: Say): Promise<void> {
  const sizes = Map.groupBy(world.people, ({ companyKey }) => companyKey);
  const companies = world.companies
    .filter(({ key, country }) => country === 'US' && (sizes.get(key)?.length ?? 0) > 0)
    .toSorted((a, b) => (sizes.get(b.key)?.length ?? 0) - (sizes.get(a.key)?.length ?? 0))
    .slice(0, COMPANIES);
  const titles = companies.flatMap(
    ({ key }) =>
      sizes
        .get(key)
        ?.slice(0, 2)
        .map(({ title }) => title) ?? [],
  );
  const file = await console_.lists.createFile.mutate({ name: 'Targets of the walk' });
  const { items } = await console_.lists.addTargets.mutate({
    fileId: file.id,
    rows: companies.map(({ domain, name }) => ({ domain, company: name })),
  });
  say(`targets: ${items.map(({ outcome }) => outcome).join(', ')}`);
  for (const { domain } of companies)
    for (const account of (await console_.accounts.list.query({ search: domain })).items)
      if (account.state === 'proposed') await console_.accounts.accept.mutate({ id: account.id });
  const personas = [{ name: 'Wanted', titles: [...new Set(titles)], seniorities: [], most: 6 }];
  const list = await console_.lists.save.mutate({
    name: 'Walked targets',
    filter: { files: [file.id] },
    followUp: {
      queue: { capacity: 10, serviceLevelMinutes: 60 },
      people: { provider: 'people-data-labs', personas },
      enrich: true,
      budgetMicros: 20_000_000,
    },
  });
  await until('members of the list', async () => {
    const { members } = await console_.lists.get.query({ id: list.id });
    return members === COMPANIES;
  });
  const search = await until('a finished search for their people', async () =>
    (await console_.enrichment.searches.query({})).items.find(
      (one) => one.name.includes('Walked targets') && one.state === 'finished',
    ),
  );
  say(`search: ${search.created} new, ${search.known} known`);
  const run = await until('a finished run over them', async () =>
    (await console_.enrichment.listRuns.query({})).items.find(
      (one) => one.name.includes('Walked targets') && one.state === 'finished',
    ),
  );
  say(`run: ${run.done} done, ${run.verified} verified, ${run.usable} usable`);
  if (run.verified === 0) throw new Error(`nobody of ${run.done} has an address that was verified`);
  const queued = await until('its queue', async () => {
    const page = (await console_.queue.list.query({ queue: list.id })).items;
    return page.length > 0 && page;
  });
  const people = await Promise.all(
    queued.map(async ({ account }) => (await console_.accounts.get.query({ id: account.id })).people),
  );
  const reachable = people.flat().filter(({ email }) => email !== null).length;
  say(`queue: ${queued.length} accounts, ${reachable} people with an address`);
  if (reachable === 0) throw new Error('the queue holds nobody with an address');
}
