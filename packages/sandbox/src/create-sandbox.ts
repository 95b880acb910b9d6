import { serve } from '@hono/node-server';
import type { ServerType } from '@hono/node-server';
import { systemClock } from '@penstock/kernel/clock';
import type { Clock } from '@penstock/kernel/clock';
import { Hono } from 'hono';

import { createArrivalBook } from './control/arrival-book.ts';
import { createChargeBook } from './control/charge-book.ts';
import { createControl } from './control/controls.ts';
import type { SandboxControl } from './control/controls.ts';
import { controlRoutes } from './control/routes.ts';
import { createScriptBook } from './control/script-book.ts';
import { vendorSimulators } from './simulators/all.ts';
import { mountEventsApi } from './simulators/events-api.ts';
import { mountIpinfo } from './simulators/ipinfo.ts';
import { mountSlack } from './simulators/slack.ts';
import { mountGdelt } from './simulators/gdelt.ts';
import { createHappeningBook } from './simulators/happenings.ts';
import { createMoveBook } from './simulators/move-book.ts';
import { mountNewswire } from './simulators/newswire.ts';
import { mountWebhookSink } from './simulators/webhook-sink.ts';
import { createSiteBook } from './simulators/company-sites.ts';
import { createDnsBook, mountOpenWeb } from './simulators/open-web.ts';
import { createBoardBook } from './simulators/job-boards/board-book.ts';
import { mountJobBoards } from './simulators/job-boards/job-boards.ts';
import { buildFilings } from './simulators/sec-edgar/filing.ts';
import { createReleaseBook } from './simulators/sec-edgar/release-book.ts';
import { mountEdgar } from './simulators/sec-edgar/sec-edgar.ts';
import { mountVendor } from './simulators/vendor.ts';
import { openOutbox } from './smtp-sink/outbox.ts';
import { createSmtpScripts } from './smtp-sink/smtp-script.ts';
import { startSmtpSink } from './smtp-sink/smtp-sink.ts';
import { buildWorld } from './world/build-world.ts';
import { randomOf } from './world/random.ts';
import type { World } from './world/world.ts';

export type SandboxOptions = {
  /** 0, the default, takes a free one. */
  port?: number;
  smtpPort?: number;
  /** Where charges, releases and mails are kept over restarts; null, the default, keeps them in memory. */
  dataDir?: string | null;
  /** Folder with real filings; null, the default, serves invented ones alone. */
  referenceDir?: string | null;
  /** Milliseconds after EDGAR's feed was first read, in this process, when a filing is published by itself; 0, the default: never. */
  newsAfterMs?: number;
  clock?: Clock;
  /** Bounds of a vendor's ordinary delay, milliseconds. */
  delayMs?: readonly [number, number];
  /** True limits every key as the vendors do; else only those that begin with `sandbox_limited`. */
  enforceLimits?: boolean;
};

export type Sandbox = AsyncDisposable & {
  /** `http://127.0.0.1:4110`; vendors lie below it by their host names. */
  url: string;
  /** `smtp://127.0.0.1:4111`. */
  smtpUrl: string;
  world: World;
  control: SandboxControl;
  close(): Promise<void>;
};

/** Starts simulators and mail sink on loopback. Fails if a port is taken. */
export async function createSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const clock = options.clock ?? systemClock;
  const dataDir = options.dataDir ?? null;
  const referenceDir = options.referenceDir ?? null;
  const world = buildWorld();
  const parts = {
    scripts: createScriptBook(),
    charges: createChargeBook(clock, dataDir),
    arrivals: createArrivalBook(),
    releases: createReleaseBook((startedAt) => buildFilings(world, referenceDir, startedAt), clock, dataDir),
    outbox: openOutbox(dataDir),
    smtpScripts: createSmtpScripts(),
    boards: createBoardBook(world, clock),
    dns: createDnsBook(world, clock),
    ...vendorBooks(world, clock),
  };
  const app = new Hono();
  const delayMs = delaysOf(options.delayMs ?? [20, 80]);
  const slack = mountSlack(app, { scripts: parts.scripts, clock, delayMs });
  const control = createControl({ ...parts, webhooks: mountWebhookSink(app), slack }, world);
  app.route('/control', controlRoutes(control));
  const vendorDeps = {
    charges: parts.charges,
    arrivals: parts.arrivals,
    scripts: parts.scripts,
    delayMs,
    clock,
    enforceLimits: options.enforceLimits ?? false,
  };
  for (const simulator of vendorSimulators(world, parts)) mountVendor(app, simulator, vendorDeps);
  mountJobBoards(app, { boards: parts.boards, scripts: parts.scripts, delayMs });
  mountEdgar(app, { ...parts, clock, referenceDir, delayMs, newsAfterMs: options.newsAfterMs ?? 0 });
  mountPress(app, { world, ...parts, clock });
  mountIpinfo(app, { world, scripts: parts.scripts, delayMs });
  mountOpenWeb(app, world, parts);

  const sink = await startSmtpSink({
    port: options.smtpPort ?? 0,
    outbox: parts.outbox,
    scripts: parts.smtpScripts,
    clock,
  });
  const http = await listen(app, options.port ?? 0).catch(async (error: unknown) => {
    await sink.close();
    throw error;
  });
  const close = async (): Promise<void> => {
    if ('closeAllConnections' in http.server) http.server.closeAllConnections();
    await Promise.all([new Promise<void>((done) => http.server.close(() => done())), sink.close()]);
  };
  return {
    url: `http://127.0.0.1:${http.port}`,
    smtpUrl: `smtp://127.0.0.1:${sink.port}`,
    world,
    control,
    close,
    [Symbol.asyncDispose]: close,
  };
}

function delaysOf([lowestMs, highestMs]: readonly [number, number]): () => number {
  const random = randomOf('delays');
  return () => Math.round(lowestMs + random.next() * (highestMs - lowestMs));
}

/** What vendors come to know of people and companies, and what these show. */
const vendorBooks = (world: World, clock: Clock) => ({
  moves: createMoveBook(world),
  happenings: createHappeningBook(clock),
  sites: createSiteBook(),
});

/** Newspapers, and who looks in all of them. */
function mountPress(
  app: Hono,
  parts: Parameters<typeof mountGdelt>[1] & Parameters<typeof mountNewswire>[1],
): void {
  mountGdelt(app, parts);
  mountNewswire(app, parts);
  mountEventsApi(app, parts);
}

function listen(app: Hono, port: number): Promise<{ server: ServerType; port: number }> {
  return new Promise((resolve, reject) => {
    const server = serve({ fetch: app.fetch, port, hostname: '127.0.0.1' }, (info) =>
      resolve({ server, port: info.port }),
    );
    server.once('error', reject);
  });
}
