import type { InstanceOptions, PortName } from './instance-options.ts';
import { assertPortFree, freePorts } from './ports.ts';

const PORT_NAMES: readonly PortName[] = ['postgres', 'temporal', 'gateway', 'sandbox', 'sandboxSmtp'];

const WHAT: Record<PortName, string> = {
  postgres: 'Postgres',
  temporal: 'Temporal',
  gateway: 'console and API',
  sandbox: 'vendor simulators',
  sandboxSmtp: "the sandbox's mail server",
};

/**
 * A port for everything: the given ones, free ones for the rest.
 * @throws SetupError `port_taken` if a given one is in use.
 */
export async function choosePorts(options: InstanceOptions): Promise<Record<PortName, number>> {
  const given = options.ports ?? {};
  const free = await freePorts(PORT_NAMES.length);
  for (const [name, port] of Object.entries(given) as [PortName, number][]) {
    await assertPortFree(
      port,
      WHAT[name],
      `Free it, or choose others with: npm start -- --port ${port + 10}`,
    );
  }
  const ports = PORT_NAMES.map((name, index) => [name, given[name] ?? free[index]] as const);
  return Object.fromEntries(ports) as Record<PortName, number>;
}
