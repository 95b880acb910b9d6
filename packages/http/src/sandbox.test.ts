import { createSandbox } from '@penstock/sandbox/create-sandbox';
import { expect, it, vi } from 'vitest';

import { createHttpClient } from './http-client.ts';

it('calls a charge unknown that the vendor made before it went silent', async () => {
  await using sandbox = await createSandbox({ delayMs: [0, 0] });
  await using client = createHttpClient({ sandboxOrigin: sandbox.url });
  const target = {
    service: 'zerobounce',
    origin: `${sandbox.url}/api.zerobounce.net`,
    declaredHosts: ['api.zerobounce.net'],
    credential: { in: 'query', name: 'api_key', value: 'sandbox_key' },
    timeoutMs: 1_500,
  } as const;
  const [company] = sandbox.world.companies;
  const request = { path: `/v2/validate?email=nobody@${company?.domain ?? ''}` };
  sandbox.control.script({ vendor: 'zerobounce', fault: 'timeout_after_charge' });
  await expect(client.send(target, request)).rejects.toMatchObject({ fault: 'timeout' });
  // The vendor may still be at it when nobody listens any more.
  await vi.waitFor(() => expect(sandbox.control.charges().total.charges).toBe(1), { timeout: 30_000 });
  expect(await client.send({ ...target, timeoutMs: 30_000 }, request)).toMatchObject({
    status: 200,
    body: expect.stringContaining('invalid'),
  });
});
