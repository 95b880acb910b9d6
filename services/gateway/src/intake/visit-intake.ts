import { DomainError } from '@penstock/kernel/domain-error';
import { isPublicAddress } from '@penstock/http/address';
import { forgetVisitor } from '@penstock/signals/visits/visit-statements';
import { takeVisit, visitorHash } from '@penstock/signals/visits/take-visit';
import { parseInput } from '@penstock/workspace/operation';
import { Hono, type Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { z } from 'zod';

import type { GatewayDeps } from '../gateway-deps.ts';
import type { GatewayEnv } from '../gateway-env.ts';
import { visitorAddress } from '../remote-address.ts';
import { visitScript } from './visit-script.ts';

const MOST_BYTES = 4 * 1024;
const PUBLIC_KEY = /^[\w-]{8,64}$/;
/** Pages of one address in a minute; a person reads fewer. */
const PER_MINUTE = 120;

const Visitor = z.string().regex(/^[A-Za-z0-9-]{16,64}$/, 'is no number that the script makes');
const Hit = z.union([
  z.strictObject({ visitor: Visitor, forget: z.literal(true) }),
  z.strictObject({
    visitor: Visitor,
    url: z.string().max(2_000),
    referrer: z.string().max(2_000).default(''),
  }),
]);

/** `/visits/<key>.js` and `/visits/<key>`: the script, and where it posts. It is answered with nothing, and sets no cookie. */
export function visitIntake(deps: GatewayDeps): Hono<GatewayEnv> {
  const limiter = new RateLimiterMemory({ points: PER_MINUTE, duration: 60 });
  const secretKey = Buffer.from(deps.config.PENSTOCK_SECRET_KEY, 'base64');
  const app = new Hono<GatewayEnv>();
  app.get('/:file{.+\\.js}', async (c) => {
    const key = c.req.param('file').slice(0, -'.js'.length);
    await known(deps, key);
    c.header('cache-control', 'public, max-age=3600');
    c.header('content-type', 'text/javascript; charset=utf-8');
    return c.body(visitScript(new URL(`/visits/${key}`, deps.config.PENSTOCK_PUBLIC_URL).href));
  });
  app.options('/:key', async (c) => {
    allowOrigin(c, await known(deps, c.req.param('key')));
    c.header('access-control-allow-methods', 'POST');
    c.header('access-control-allow-headers', 'content-type');
    c.header('access-control-max-age', '600');
    return c.body(null, 204);
  });
  app.post('/:key', bodyLimit({ maxSize: MOST_BYTES, onError: refuseSize }), async (c) => {
    const site = await known(deps, c.req.param('key'));
    allowOrigin(c, site);
    const address = visitorAddress(c, deps.config.PENSTOCK_PROXY_HOPS);
    await limiter.consume(`${address}:${site.workspaceId}`).catch(() => {
      throw new DomainError('rate_limited', 'Too many pages from this address. Wait a minute.');
    });
    const hit = parseInput(Hit, await bodyOf(c));
    const { workspaceId } = site;
    if ('forget' in hit) {
      const visitor = visitorHash(secretKey, workspaceId, hit.visitor);
      await deps.store.inWorkspace(workspaceId, (tx) => tx.rows(forgetVisitor, visitor));
      return c.body(null, 204);
    }
    const { origin } = new URL(c.req.header('origin') ?? '');
    if (!URL.canParse(hit.url) || new URL(hit.url).origin !== origin)
      throw new DomainError('invalid', 'url: is no page of the site that sends it.');
    const seen = { ...hit, address, askable: isPublicAddress(address), isTest: false };
    await takeVisit({ store: deps.store, secretKey }, workspaceId, seen, deps.clock.now());
    return c.body(null, 204);
  });
  return app;
}

type Site = { workspaceId: string; allowedOrigins: string[] };

async function known(deps: GatewayDeps, key: string): Promise<Site> {
  const site = PUBLIC_KEY.test(key) ? await deps.store.dueWork.visitsByKey(key) : null;
  if (!site?.active)
    throw new DomainError(
      'not_found',
      'There is no such site, or its visits are not taken. Check the key in the address.',
    );
  return site;
}

/** Only a browser on one of the workspace’s own sites posts here: it always says where it is. */
function allowOrigin(c: Context<GatewayEnv>, site: Site): void {
  const origin = c.req.header('origin');
  if (origin === undefined || !site.allowedOrigins.includes(origin))
    throw new DomainError(
      'forbidden',
      'Visits of this web site are not taken. Add it to the allowed origins.',
    );
  c.header('access-control-allow-origin', origin);
  c.header('vary', 'Origin');
}

async function bodyOf(c: Context<GatewayEnv>): Promise<unknown> {
  try {
    return JSON.parse(await c.req.text());
  } catch {
    throw new DomainError(
      'invalid',
      '(body): is no JSON. Load the script from its address, it sends what is wanted.',
    );
  }
}

function refuseSize(): never {
  throw new DomainError('too_large', `A visit may send at most ${MOST_BYTES / 1024} kB.`);
}
