import { movableClock } from '@penstock/kernel/clock';
import { ProviderError } from '@penstock/kernel/provider-error';
import { expect, it } from 'vitest';

import { createRobotsGate } from './robots-gate.ts';

type Reply = { status: number; body: string } | 'down';

function gateOver(replies: Reply[]) {
  const clock = movableClock(new Date('2026-11-29T12:00:00Z'));
  const asked: string[] = [];
  const page = (host: string, path: string) => {
    asked.push(host + path);
    const reply = replies.shift() ?? 'down';
    return reply === 'down'
      ? Promise.reject(new ProviderError('open-web', 'unavailable'))
      : Promise.resolve({ ...reply, headers: {} });
  };
  const gate = createRobotsGate(
    {
      kindOf: () => Promise.resolve('real'),
      openWebOf: () => ({ page, resolve: () => Promise.resolve([]) }),
    },
    clock,
  );
  // Safe: the gate reads nothing else of a manifest.
  const adapter = { manifest: { id: 'press/1', host: 'news.example' } } as Parameters<
    typeof gate.assertAllowed
  >[1];
  return { clock, asked, ask: (path: string) => gate.assertAllowed('w', adapter, { path }) };
}

it('asks once a day, and keeps away from what the host does not want read', async () => {
  const { ask, asked, clock } = gateOver([
    { status: 200, body: 'User-agent: *\nDisallow: /private' },
    { status: 404, body: 'User-agent: *\nDisallow: /' },
  ]);
  await ask('/feed.xml');
  await expect(ask('/private/feed.xml')).rejects.toMatchObject({ fault: 'forbidden' });
  expect(asked).toEqual(['news.example/robots.txt']);
  clock.advanceMs(86_400_001);
  await ask('/private/feed.xml');
  expect(asked).toHaveLength(2);
});

it('reads nothing while the robots.txt can’t be read, and asks again soon', async () => {
  const { ask, clock } = gateOver(['down', { status: 503, body: '' }, { status: 200, body: '' }]);
  await expect(ask('/feed.xml')).rejects.toMatchObject({ fault: 'unavailable' });
  await expect(ask('/feed.xml')).rejects.toMatchObject({ fault: 'unavailable' });
  clock.advanceMs(600_001);
  await expect(ask('/feed.xml')).rejects.toMatchObject({ fault: 'unavailable' });
  clock.advanceMs(600_001);
  await ask('/feed.xml');
});
