import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

import { elsewhere, FAULTS, OTHERS, spoil, type Fault, type StormReply } from './storm.ts';

export type Storm = {
  url: string;
  /** Share of requests that suffer, 0–1. */
  blow(share: number): void;
  /** Faults that were given, by kind. */
  given: Map<string, number>;
  close(): void;
};

type Others = Parameters<typeof elsewhere>[2];

/** A way to the simulators on which replies are spoilt: late, cut off, of somebody else. */
export async function openStorm(sandboxUrl: string, others: () => Others): Promise<Storm> {
  let share = 0;
  const given = new Map<string, number>();
  const server = createServer((request, response) => {
    // A look at a domain is ten requests.
    const part = request.url?.startsWith('/dns.sandbox/') ? share / 10 : share;
    const fault = Math.random() < part ? (FAULTS[Math.floor(Math.random() * FAULTS.length)] ?? null) : null;
    const kind = fault === 'broken' && Math.random() < 0.3 ? 'hang' : fault;
    if (kind !== null) given.set(kind, (given.get(kind) ?? 0) + 1);
    // It answers until it is gone: whoever asks has a limit of time.
    if (kind === 'hang') return;
    void answer({ sandboxUrl, others }, request, response, fault).catch(() => response.destroy());
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    blow: (next) => {
      share = next;
    },
    given,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

async function answer(
  to: { sandboxUrl: string; others: () => Others },
  request: IncomingMessage,
  response: ServerResponse,
  fault: Fault | null,
): Promise<void> {
  const [, host = '', path = ''] = /^\/([^/]+)(\/.*)$/.exec(request.url ?? '') ?? [];
  const get = (at: { host: string; path: string }) => ask(`${to.sandboxUrl}/${at.host}${at.path}`, request);
  if (fault === 'another' && !path.endsWith('robots.txt')) {
    const own = { 'newswire.example': OTHERS.feed, 'warn.example': OTHERS.notices }[host];
    const other = own === undefined ? elsewhere(host, path, to.others()) : null;
    if (own !== undefined) return send(response, { status: 200, headers: {}, body: own });
    if (other !== null) return send(response, await get(other));
  }
  const reply = await get({ host, path });
  if (fault === 'broken') {
    // Half of what was promised.
    response.writeHead(200, { 'content-length': String(reply.body.length + 100) });
    response.write(Buffer.from(reply.body, 'latin1'), () => response.destroy());
    return;
  }
  send(response, fault === null || fault === 'another' ? reply : spoil(fault, reply, Math.random()));
}

async function ask(url: string, request: IncomingMessage): Promise<StormReply> {
  const agent = request.headers['user-agent'] ?? '';
  const reply = await fetch(url, { headers: { 'user-agent': agent } });
  const type = reply.headers.get('content-type') ?? 'text/plain';
  return {
    status: reply.status,
    headers: { 'content-type': type },
    body: Buffer.from(await reply.arrayBuffer()).toString('latin1'),
  };
}

function send(response: ServerResponse, { status, headers, body }: StormReply): void {
  response.writeHead(status, headers);
  response.end(Buffer.from(body, 'latin1'));
}
