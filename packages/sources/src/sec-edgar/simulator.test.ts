import { movableClock } from '@penstock/kernel/clock';
import { createSandbox } from '@penstock/sandbox/create-sandbox';
import type { Sandbox } from '@penstock/sandbox/create-sandbox';
import type {
  ItemReading,
  ListedItem,
  SourceAdapter,
  SourceReply,
  SourceRequest,
} from '@penstock/signals/source-port';
import { expect, it } from 'vitest';

import { createSourceAdapters } from '../registry.ts';

const contact = 'Brightwater ops@brightwater.example';

async function get(sandbox: Sandbox, request: SourceRequest): Promise<SourceReply> {
  const reply = await fetch(`${sandbox.url}/www.sec.gov${request.path}`, { headers: request.headers ?? {} });
  return { status: reply.status, headers: Object.fromEntries(reply.headers), body: await reply.text() };
}

async function list(
  sandbox: Sandbox,
  adapter: SourceAdapter | undefined,
  cursor: string | null,
  now: Date,
): Promise<ListedItem[]> {
  const request = adapter?.listRequest(cursor, 0, now);
  return adapter && request ? adapter.parseList(await get(sandbox, request), request).items : [];
}

it('reads every kind of filing alike from the feed and from the day’s index', async () => {
  const clock = movableClock(new Date('2026-03-02T15:00:00Z'));
  await using sandbox = await createSandbox({ clock, delayMs: [0, 0] });
  const adapters = createSourceAdapters({ contact, edgarPublicOrigin: `${sandbox.url}/www.sec.gov` });
  const feed = adapters.get('sec-edgar/current-form-d');
  const index = adapters.get('sec-edgar/daily-index');
  const baseline = await list(sandbox, feed, null, clock.now());
  expect(baseline).toHaveLength(3);
  const kinds = ['first', 'fund', 'indefinite', 'yet-to-occur', 'amendment'];
  const released = kinds.map((kind) => sandbox.control.releaseFiling(kind)?.accession ?? '');
  const fresh = (await list(sandbox, feed, null, clock.now())).filter(
    ({ key }) => !baseline.some((old) => old.key === key),
  );
  expect(new Set(fresh.map(({ key }) => key))).toEqual(new Set(released));
  clock.advanceMs(86_400_000);
  const indexed = await list(sandbox, index, '2026-02-27', clock.now());
  expect(new Set(indexed.map(({ key }) => key))).toEqual(new Set(released));

  const outcomes: Record<string, ItemReading['outcome'][]> = {};
  for (const [adapter, items] of [
    [feed, fresh],
    [index, indexed],
  ] as const) {
    await new Promise((done) => setTimeout(done, 1_000));
    for (const item of items) {
      const reply = await get(sandbox, adapter?.itemRequest(item) ?? { path: '/' });
      const reading = adapter?.parseItem(item, reply);
      const kind = kinds[released.indexOf(item.key)] ?? '';
      if (reading) outcomes[kind] = [...(outcomes[kind] ?? []), reading.outcome];
      if (reading?.outcome === 'signal')
        expect((await fetch(reading.finding.evidence.url)).headers.get('content-type')).toMatch(
          /xml|plain|html/,
        );
    }
  }
  expect(outcomes).toEqual({
    first: ['signal', 'signal'],
    fund: ['no_signal', 'no_signal'],
    indefinite: ['signal', 'signal'],
    'yet-to-occur': ['signal', 'signal'],
    amendment: ['correction', 'correction'],
  });
}, 20_000);
