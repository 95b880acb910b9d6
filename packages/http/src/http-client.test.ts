import { createServer } from 'node:http';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import { gzipSync } from 'node:zlib';

import { afterEach, describe, expect, it } from 'vitest';

import { createHttpClient } from './http-client.ts';
import type { HttpClient } from './http-client.ts';
import { HttpError, toProviderError } from './http-error.ts';
import type { HttpTarget } from './target.ts';

const cleanUps: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).toReversed()) await cleanUp();
});

async function listen(handler: RequestListener): Promise<string> {
  const server = createServer(handler);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  cleanUps.push(async () => {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  });
  return `http://127.0.0.1:${portOf(server.address())}`;
}

function portOf(address: string | AddressInfo | null): number {
  return typeof address === 'object' && address !== null ? address.port : 0;
}

function clientFor(
  sandboxOrigin: string | undefined,
  more: Parameters<typeof createHttpClient>[0] = {},
): HttpClient {
  const client = createHttpClient({ ...(sandboxOrigin && { sandboxOrigin }), ...more });
  cleanUps.push(() => client.close());
  return client;
}

async function vendor(
  handler: (request: IncomingMessage, response: ServerResponse) => void,
  more: Partial<HttpTarget> = {},
): Promise<{ client: HttpClient; target: HttpTarget; base: string; seen: string[] }> {
  const seen: string[] = [];
  const base = await listen((request, response) => {
    seen.push(`${request.method} ${request.url}`);
    handler(request, response);
  });
  const target = {
    service: 'vendor',
    origin: `${base}/api.vendor.example`,
    declaredHosts: ['api.vendor.example'],
    timeoutMs: 2_000,
    ...more,
  };
  return { client: clientFor(base), target, base, seen };
}

const faultOf = async (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'no fault',
    (error: unknown) => (error instanceof HttpError ? error.fault : error),
  );

describe('a reply', () => {
  it('comes back with status, lower-case headers and text, whatever the status', async () => {
    const { client, target, seen } = await vendor((_request, response) => {
      response.writeHead(404, { 'X-Call-Credits-Spent': '0' }).end('{"status":404}');
    });
    const reply = await client.send(target, { path: '/v5/person/enrich?x=1' });
    expect(reply).toMatchObject({ status: 404, body: '{"status":404}' });
    expect(reply.headers['x-call-credits-spent']).toBe('0');
    expect(seen).toEqual(['GET /api.vendor.example/v5/person/enrich?x=1']);
  });

  it('is unpacked, and decoded by the charset its XML declares', async () => {
    const xml = Buffer.from('<?xml version="1.0" encoding="ISO-8859-1"?><name>Société</name>', 'latin1');
    const { client, target } = await vendor((_request, response) => {
      response
        .writeHead(200, { 'content-encoding': 'gzip', 'content-type': 'application/atom+xml' })
        .end(gzipSync(xml));
    });
    expect((await client.send(target, { path: '/' })).body).toContain('Société');
  });

  it('has Retry-After in seconds, also where the vendor sent a date', async () => {
    const { client, target } = await vendor((_request, response) => {
      response.writeHead(429, { 'retry-after': new Date(Date.now() + 30_000).toUTCString() }).end();
    });
    const reply = await client.send(target, { path: '/' });
    expect(Number(reply.headers['retry-after'])).toBeGreaterThan(25);
    expect(Number(reply.headers['retry-after'])).toBeLessThanOrEqual(30);
  });
});

describe('the credential', () => {
  it('joins the request as header or query and the body goes as JSON', async () => {
    let header: unknown;
    let body = '';
    const { client, target, seen } = await vendor((request, response) => {
      header = request.headers['x-api-key'];
      request.on('data', (chunk) => (body += String(chunk))).on('end', () => response.end('{}'));
    });
    await client.send(
      { ...target, credential: { in: 'header', name: 'X-API-Key', value: 'sandbox_k' } },
      { method: 'POST', path: '/v1/find', body: { first_name: 'Ada' } },
    );
    expect([header, body]).toEqual(['sandbox_k', '{"first_name":"Ada"}']);
    await client.send(
      { ...target, credential: { in: 'query', name: 'api_key', value: 'k y' } },
      { path: '/v2?email=a%40b' },
    );
    expect(seen[1]).toBe('GET /api.vendor.example/v2?email=a%40b&api_key=k+y');
  });

  it('does not follow a redirect to another host', async () => {
    const keys: unknown[] = [];
    const { client, target } = await vendor((request, response) => {
      keys.push(request.headers['x-api-key']);
      if (request.url === '/api.vendor.example/a')
        response.writeHead(302, { location: '/other.example/b' }).end();
      else response.end('there');
    });
    const reply = await client.send(
      {
        ...target,
        declaredHosts: ['api.vendor.example', 'other.example'],
        credential: { in: 'header', name: 'x-api-key', value: 'secret' },
      },
      { path: '/a' },
    );
    expect(reply.body).toBe('there');
    expect(keys).toEqual(['secret', undefined]);
  });

  it('shows in no error', async () => {
    const { client, target } = await vendor((request) => request.socket.destroy());
    const failing = client.send(
      { ...target, credential: { in: 'query', name: 'api_key', value: 'topsecret' } },
      { path: '/v2?email=ada%40b.example' },
    );
    const error = await failing.then(
      () => null,
      (thrown: unknown) => thrown,
    );
    const words =
      JSON.stringify(error, Object.getOwnPropertyNames(Object(error))) + String(Object(error).cause);
    expect(words).not.toMatch(/topsecret|ada%|b\.example/);
  });
});

describe('what breaks on the way', () => {
  it('was never written if the connection is refused', async () => {
    const server = createServer();
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const base = `http://127.0.0.1:${portOf(server.address())}`;
    await new Promise((done) => server.close(done));
    const target = { service: 'v', origin: `${base}/h`, declaredHosts: ['h'], timeoutMs: 1_000 };
    expect(await faultOf(clientFor(base).send(target, { path: '/' }))).toBe('unreachable');
  });

  it.each<[string, (request: IncomingMessage, response: ServerResponse) => void, string]>([
    ['hangs', () => undefined, 'timeout'],
    ['is cut before the headers', (request) => request.socket.destroy(), 'timeout'],
    [
      'is cut within the body',
      (request, response) => {
        response.writeHead(200, { 'content-length': '100' });
        response.write('{"half":');
        setTimeout(() => request.socket.destroy(), 30);
      },
      'timeout',
    ],
    [
      'drips for ever',
      (_request, response) => {
        const drip = setInterval(() => response.write(' '), 20);
        response.on('close', () => clearInterval(drip));
      },
      'timeout',
    ],
    ['is huge', (_request, response) => void response.end('x'.repeat(200_000)), 'too_large'],
    [
      'unpacks to something huge',
      (_request, response) => {
        response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('x'.repeat(5_000_000)));
      },
      'too_large',
    ],
    [
      'claims a packing it does not have',
      (_request, response) => {
        response.writeHead(200, { 'content-encoding': 'gzip' }).end('plain');
      },
      'malformed',
    ],
  ])('a reply that %s is told apart', async (_name, handler, fault) => {
    // Long enough for a slow machine, but where being slow is what is told.
    const timeoutMs = fault === 'timeout' ? 300 : 30_000;
    const { client, target } = await vendor(handler, { timeoutMs, maxBodyBytes: 100_000 });
    expect(await faultOf(client.send(target, { path: '/' }))).toBe(fault);
  });

  it('is spoken of in the provider port’s words', async () => {
    const { client, target } = await vendor(() => undefined, { timeoutMs: 100 });
    const error = await client
      .send(target, { path: '/' })
      .catch((thrown: unknown) => toProviderError('pdl', thrown));
    expect(error).toMatchObject({ name: 'ProviderError', provider: 'pdl', fault: 'timeout' });
  });

  it('ends with the caller’s own signal', async () => {
    const controller = new AbortController();
    // Once the request is there: before it is sent, nobody could have been reached.
    const { client, target } = await vendor(() => controller.abort());
    expect(await faultOf(client.send(target, { path: '/', signal: controller.signal }))).toBe('timeout');
  });
});

describe('egress', () => {
  it('refuses undeclared hosts, plain http, other ports and names in the URL', async () => {
    const client = clientFor(undefined);
    const send = (origin: string): Promise<unknown> =>
      faultOf(
        client.send(
          { service: 'v', origin, declaredHosts: ['api.vendor.example'], timeoutMs: 500 },
          { path: '/' },
        ),
      );
    expect(await send('https://other.example')).toBe('forbidden_host');
    expect(await send('http://api.vendor.example')).toBe('forbidden_host');
    expect(await send('https://api.vendor.example:8443')).toBe('forbidden_host');
    expect(await send('https://u:p@api.vendor.example')).toBe('forbidden_host');
    expect(await send('http://127.0.0.1:1/api.vendor.example')).toBe('forbidden_host');
  });

  it('refuses a declared name that resolves to a private address, also as one of several', async () => {
    const client = clientFor(undefined, {
      resolve: (_host, done) =>
        done(null, [
          { address: '1.1.1.1', family: 4 },
          { address: '10.0.0.5', family: 4 },
        ]),
    });
    const target = {
      service: 'v',
      origin: 'https://api.vendor.example',
      declaredHosts: ['api.vendor.example'],
      timeoutMs: 500,
    };
    expect(await faultOf(client.send(target, { path: '/' }))).toBe('forbidden_host');
  });

  it('refuses a literal private address, even a declared one', async () => {
    const target = {
      service: 'v',
      origin: 'https://127.0.0.1',
      declaredHosts: ['127.0.0.1'],
      timeoutMs: 500,
    };
    expect(await faultOf(clientFor(undefined).send(target, { path: '/' }))).toBe('forbidden_host');
  });

  it.each([
    'http://169.254.169.254/latest',
    'https://10.0.0.1/',
    '/undeclared.example/x',
    'https://api.vendor.example/out-of-the-sandbox',
    'file:///etc/passwd',
  ])('refuses a redirect to %s', async (location) => {
    const { client, target } = await vendor(
      (_request, response) => void response.writeHead(302, { location }).end(),
    );
    expect(await faultOf(client.send(target, { path: '/' }))).toBe('forbidden_host');
  });

  it('says where a refused redirect leads to whoever asks, and to no log', async () => {
    const location = 'https://boards.vendor.example/acme?token=secret';
    const { client, target, seen } = await vendor(
      (_request, response) => void response.writeHead(301, { location }).end(),
    );
    const error: unknown = await client.send(target, { path: '/' }).catch((thrown: unknown) => thrown);
    expect(error instanceof HttpError && error.refusedRedirect?.href).toBe(location);
    expect(seen).toHaveLength(1);
    expect(inspect(error, { showHidden: true, depth: 4 })).not.toContain('secret');
    expect(JSON.stringify(error)).not.toContain('secret');
  });

  it('follows three redirects at most, and none of a POST', async () => {
    const { client, target, seen } = await vendor((_request, response) => {
      response.writeHead(307, { location: '/api.vendor.example/again' }).end();
    });
    expect(await faultOf(client.send(target, { path: '/' }))).toBe('malformed');
    expect(seen).toHaveLength(4);
    expect((await client.send(target, { method: 'POST', path: '/', body: {} })).status).toBe(307);
    expect(seen).toHaveLength(5);
  });
});
