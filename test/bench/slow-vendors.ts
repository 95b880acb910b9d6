import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

import { truthOf } from './inbound-truth.ts';

// Finders and verifiers in their own wire formats, as slow as vendors are; some requests are never answered.

type Asked = { query: URLSearchParams; body: Record<string, string> };
type Vendor = {
  path: string;
  vendor: string;
  what: string;
  reply(email: string | null, asked: Asked): { status: number; body: unknown };
};

const VENDORS: readonly Vendor[] = [
  {
    path: '/api.leadmagic.io/v1/people/email-finder',
    vendor: 'leadmagic',
    what: 'email-finder',
    reply: (email, { body }) => ({
      status: 200,
      body: {
        email,
        status: email === null ? 'not_found' : 'valid',
        credits_consumed: email === null ? 0 : 1,
        first_name: body['first_name'],
        last_name: body['last_name'],
      },
    }),
  },
  {
    path: '/api.leadmagic.io/v1/people/email-validation',
    vendor: 'leadmagic',
    what: 'email-validation',
    reply: (_email, { body }) => ({
      status: 200,
      body: { email: body['email'], email_status: 'valid', credits_consumed: 0.25, message: 'valid' },
    }),
  },
  {
    path: '/api.hunter.io/v2/email-finder',
    vendor: 'hunter',
    what: 'email-finder',
    reply: (email, { query }) => ({
      status: email === null ? 404 : 200,
      body:
        email === null
          ? { errors: [{ id: 'not_found', code: 404, details: 'No email found.' }] }
          : {
              data: {
                first_name: query.get('first_name'),
                last_name: query.get('last_name'),
                email,
                score: 95,
                domain: query.get('domain'),
                verification: { status: 'valid' },
              },
            },
    }),
  },
  {
    path: '/app.findymail.com/api/search/name',
    vendor: 'findymail',
    what: 'search-name',
    reply: (email, { body }) =>
      email === null
        ? { status: 404, body: { error: 'not found' } }
        : { status: 200, body: { contact: { name: body['name'], domain: body['domain'], email } } },
  },
  {
    path: '/api.zerobounce.net/v2/validate',
    vendor: 'zerobounce',
    what: 'validate',
    reply: (_email, { query }) => ({
      status: 200,
      body: { address: query.get('email'), status: 'valid', sub_status: '' },
    }),
  },
];

const server = createServer((request, response) => void answer(request, response));

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://stub');
  const text = await textOf(request);
  const vendor = VENDORS.find(({ path }) => path === url.pathname);
  if (!vendor) return void response.writeHead(404).end('{}');
  // Safe: only the benchmark's own requests come here.
  const body = (text === '' ? {} : JSON.parse(text)) as Record<string, string>;
  // The person's number is in the domain of their company.
  const number = Number(/inbound-(\d+)\.example/.exec(decodeURIComponent(`${url.search} ${text}`))?.[1]);
  const truth = truthOf(vendor.vendor, vendor.what, number);
  if (!Number.isFinite(truth.delayMs)) return;
  await sleep(truth.delayMs);
  const email = truth.knows ? `ada.number@inbound-${number}.example` : null;
  const { status, body: said } = vendor.reply(email, { query: url.searchParams, body });
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(said));
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  // Safe: a request without an encoding gives buffers.
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

server.keepAliveTimeout = 120_000;
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.send?.({ port: typeof address === 'object' && address ? address.port : 0 });
});
process.on('disconnect', () => process.exit(0));
