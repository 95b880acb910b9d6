import { createServer } from 'node:net';
import { expect, it } from 'vitest';

import { assertPortFree, freePorts, isPortFree } from './ports.ts';

it('gives different ports below those of outgoing connections', async () => {
  const ports = await freePorts(9);
  expect(new Set(ports).size).toBe(9);
  for (const port of ports) expect(port).toBeLessThan(32_768);
});

it('names a taken port and what to do about it', async () => {
  const [port = 0] = await freePorts(1);
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  await expect(assertPortFree(port, 'console and API', 'Use --port.')).rejects.toThrow(
    `Port ${port} (console and API) is taken by another program. Use --port.`,
  );
  await expect(isPortFree(port)).resolves.toBe(false);
  await new Promise((resolve) => server.close(resolve));
  await expect(assertPortFree(port, 'console and API', '')).resolves.toBeUndefined();
});
