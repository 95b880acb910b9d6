import { createServer, type ServerResponse } from 'node:http';

// A vendor that answers at once, in the wire format of two: finds ten of eleven people, and calls every address valid.

const send = (response: ServerResponse, body: unknown): void => {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
};

const server = createServer((request, response) => {
  const url = new URL(request.url ?? '/', 'http://stub');
  if (url.pathname.endsWith('/v2/validate')) {
    send(response, { address: url.searchParams.get('email'), status: 'valid', sub_status: '' });
    return;
  }
  if (!url.pathname.endsWith('/email-finder')) {
    response.writeHead(404).end('{}');
    return;
  }
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    // Safe: only the benchmark's own requests come here.
    const asked = JSON.parse(Buffer.concat(chunks).toString()) as Record<
      'first_name' | 'last_name' | 'domain',
      string
    >;
    const number = Number(/\d+/.exec(asked.last_name)?.[0] ?? 0);
    const found = number % 11 !== 0;
    send(response, {
      status: found ? 'valid' : 'null',
      email: found ? `${asked.first_name}.${asked.last_name}@${asked.domain}`.toLowerCase() : null,
      credits_consumed: found ? 1 : 0,
      first_name: asked.first_name,
      last_name: asked.last_name,
      company_size: '201-500',
      company_industry: 'software',
    });
  });
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.send?.({ port: typeof address === 'object' && address ? address.port : 0 });
});
process.on('disconnect', () => process.exit(0));
