import { readConfiguration } from '@penstock/config/environment';
import { runGateway } from '@penstock/gateway/run-gateway';

// A program: one more gateway over the same database, whose clock is off by CHAOS_CLOCK_OFF_MS. Sends its port.

const offMs = Number(process.env['CHAOS_CLOCK_OFF_MS'] ?? 0);
const config = { ...readConfiguration(process.env), PENSTOCK_GATEWAY_PORT: 0 };
const gateway = await runGateway(config, { now: () => new Date(Date.now() + offMs) });
process.send?.({ port: gateway.port });
process.on('disconnect', () => void gateway.stop().then(() => process.exit(0)));
