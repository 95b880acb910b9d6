import type { AppRouter } from '@penstock/gateway/trpc/app-router';
import type { TRPCClient } from '@trpc/client';

import type { Say } from './form-walk.ts';
import { seconds, until } from './waiting.ts';

/** Second path: a filing becomes a funding signal with its evidence; a fund's filing becomes nothing. */
export async function walkFiling(console_: TRPCClient<AppRouter>, say: Say): Promise<{ signalMs: number }> {
  await until('the first look at EDGAR', async () =>
    (await console_.sources.list.query({})).items.every(
      ({ active, health }) => !active || health === 'healthy',
    ),
  );
  const filings = (await console_.sandbox.filings.query({})).items;
  const real = filings.some((filing) => filing.key === 'notion' && !filing.released);
  const releasedAt = performance.now();
  const released = await console_.sandbox.releaseFiling.mutate({ key: real ? 'notion' : 'first' });
  const company = released.title.split(' · ')[1] ?? '';
  const signal = await until('the funding signal', async () => {
    const accounts = (await console_.accounts.list.query({ search: company })).items;
    for (const account of accounts) {
      const { items } = await console_.accounts.timeline.query({ id: account.id });
      const found = items.find(
        (line) => line.kind === 'signal' && line.evidence?.quote.includes('totalAmountSold'),
      );
      if (found) return { account, found };
    }
    return null;
  });
  const signalMs = performance.now() - releasedAt;
  say(
    `${real ? 'real' : 'invented'} filing of ${company}: signal after ${seconds(signalMs)}: ${signal.found.title}`,
  );
  say(
    `  evidence ${signal.found.evidence?.quote} · sha256 ${signal.found.evidence?.contentHash.slice(0, 16)}…`,
  );
  if (real && !signal.found.title.includes('48,828,287'))
    throw new Error('the amount is not the one of the filing');
  const score = await console_.scores.explain.query({ accountId: signal.account.id });
  const queued = (await console_.queue.list.query({ search: company })).items[0];
  say(
    `  signal score ${score.signalScore.toFixed(1)}; in the queue with priority ${queued?.priority.toFixed(1)} (account ${signal.account.state})`,
  );
  if (!queued) throw new Error('the queue does not hold the account');
  const before = (await console_.sources.list.query({})).items.reduce(
    (sum, source) => sum + source.signals,
    0,
  );
  const fund = await console_.sandbox.releaseFiling.mutate({ key: 'fund' });
  const fundName = fund.title.split(' · ')[1] ?? '';
  await until('the look at the fund', async () => {
    const items = (await console_.sources.list.query({})).items;
    return items.some(
      (source) => source.items >= 2 && Date.parse(source.lastSuccessAt ?? '') > Date.now() - 5_000,
    );
  });
  const shown = (await console_.accounts.list.query({ search: fundName })).items.length;
  const after = (await console_.sources.list.query({})).items.reduce(
    (sum, source) => sum + source.signals,
    0,
  );
  say(
    `  ${fundName}: ${after - before} signals, ${shown} accounts, because a fund is not a company that raised money`,
  );
  if (shown > 0 || after !== before) throw new Error('a fund was shown as a company that raised money');
  return { signalMs };
}
