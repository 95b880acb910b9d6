import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';

import { movableClock } from '@penstock/kernel/clock';
import { afterEach, describe, expect, it } from 'vitest';

import { createHttpClient } from './http-client.ts';
import { createVendorDoor } from './vendor-door.ts';
import type { SecretPlacement } from './vendor-door.ts';

const cleanUps: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).toReversed()) await cleanUp();
});

type Seen = { url: string; authorization: string | undefined; key: string | string[] | undefined };

async function doorTo(handler: (request: IncomingMessage, response: ServerResponse) => void) {
  const seen: Seen[] = [];
  const server = createServer((request, response) => {
    seen.push({
      url: request.url ?? '',
      authorization: request.headers.authorization,
      key: request.headers['x-key'],
    });
    handler(request, response);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const sandboxOrigin = `http://127.0.0.1:${port}`;
  const http = createHttpClient({ sandboxOrigin });
  cleanUps.push(
    () => new Promise((done) => server.close(done)),
    () => http.close(),
  );
  const clock = movableClock(new Date('2026-01-02T03:04:05Z'));
  const door = createVendorDoor(http, clock);
  const target = {
    service: 'vendor',
    origin: `${sandboxOrigin}/v.example`,
    declaredHosts: ['v.example'],
    timeoutMs: 2_000,
  };
  const ask = (placement: SecretPlacement, value = 'id:secret') =>
    door.send(target, { placement, value }, { path: '/things' });
  return { seen, clock, ask };
}

const answerOk = (_request: IncomingMessage, response: ServerResponse) => void response.end('{}');

it('puts a secret where the vendor wants it', async () => {
  const { seen, ask } = await doorTo(answerOk);
  await ask({ in: 'header', name: 'X-Key' });
  await ask({ in: 'query', name: 'k' });
  await ask({ in: 'bearer' });
  await ask({ in: 'basic' });
  await ask({ in: 'none' });
  expect(seen).toEqual([
    { url: '/v.example/things', authorization: undefined, key: 'id:secret' },
    { url: '/v.example/things?k=id%3Asecret', authorization: undefined, key: undefined },
    { url: '/v.example/things', authorization: 'Bearer id:secret', key: undefined },
    { url: '/v.example/things', authorization: 'Basic aWQ6c2VjcmV0', key: undefined },
    { url: '/v.example/things', authorization: undefined, key: undefined },
  ]);
});

describe('client credentials', () => {
  const oauth = { in: 'oauth2', tokenPath: '/token' } as const;
  let issued = 0;
  const issuer = (refuse: () => number | null) => (request: IncomingMessage, response: ServerResponse) => {
    if (request.url?.endsWith('/token') !== true) return void response.writeHead(refuse() ?? 200).end('{}');
    issued += 1;
    response.end(JSON.stringify({ access_token: `t${issued}`, expires_in: 3_600 }));
  };

  it('are exchanged once for many simultaneous calls, and again when the token ends', async () => {
    issued = 0;
    const { seen, clock, ask } = await doorTo(issuer(() => null));
    await Promise.all([ask(oauth), ask(oauth), ask(oauth)]);
    clock.advanceMs(3_541_000);
    await ask(oauth);
    expect(seen.filter(({ url }) => url.endsWith('/token'))).toHaveLength(2);
    expect(
      seen.filter(({ url }) => url.endsWith('/things')).map(({ authorization }) => authorization),
    ).toEqual(['Bearer t1', 'Bearer t1', 'Bearer t1', 'Bearer t2']);
  });

  it('are exchanged anew after a token was refused', async () => {
    issued = 0;
    let status: number | null = 401;
    const { ask, seen } = await doorTo(issuer(() => status));
    expect((await ask(oauth)).status).toBe(401);
    status = null;
    await ask(oauth);
    expect(seen.at(-1)?.authorization).toBe('Bearer t2');
  });

  it.each([
    [400, 'unauthorized'],
    [429, 'rate_limited'],
    [503, 'unavailable'],
  ])('refused with %i are %s, and nothing was charged', async (status, fault) => {
    const { ask } = await doorTo((_request, response) => void response.writeHead(status).end('{}'));
    await expect(ask(oauth)).rejects.toMatchObject({ name: 'ProviderError', fault });
  });
});
