import { readFileSync } from 'node:fs';

import { Webhook } from 'standardwebhooks';
import { afterEach, expect, it, vi } from 'vitest';
import { z } from 'zod';

import { referencePath } from './reference.ts';

const Vectors = z.object({
  vectors: z.array(
    z.object({
      id: z.string(),
      scheme: z.string(),
      secret: z.string().optional(),
      timestamp: z.string().optional(),
      body: z.string().optional(),
      headers: z.record(z.string(), z.string()).optional(),
    }),
  ),
});

afterEach(() => {
  vi.useRealTimers();
});

it('verifies every Standard Webhooks delivery in its time, and none with a byte flipped or five minutes old', (context) => {
  const file = readFileSync(referencePath(context, 'webhooks/vectors.json'), 'utf8');
  const deliveries = Vectors.parse(JSON.parse(file)).vectors.flatMap(
    ({ id, scheme, secret, timestamp, body, headers }) =>
      scheme.startsWith('Standard Webhooks v1') && secret && timestamp && body !== undefined && headers
        ? [{ id, secret, atMs: Number(timestamp) * 1_000, body, headers }]
        : [],
  );
  expect(deliveries.length).toBeGreaterThan(0);
  for (const { id, secret, atMs, body, headers } of deliveries) {
    const verify = (sent: string) => new Webhook(secret).verify(sent, headers);
    vi.setSystemTime(atMs);
    expect(verify(body), id).toEqual(JSON.parse(body));
    const flipped = String.fromCodePoint((body.codePointAt(0) ?? 0) ^ 1) + body.slice(1);
    expect(() => verify(flipped), id).toThrow();
    vi.setSystemTime(atMs + 5 * 60_000 + 1_000);
    expect(() => verify(body), id).toThrow();
  }
});
