import { setTimeout as sleep } from 'node:timers/promises';

import {
  storeSubmission,
  type StoredSubmission,
  type Submission,
} from '@penstock/engagement/store-submission';
import { DomainError } from '@penstock/kernel/domain-error';
import { faultPoint } from '@penstock/kernel/fault-point';
import { newId } from '@penstock/kernel/ids';
import { isConnectionFault } from '@penstock/kernel/database-fault';
import { Hono, type Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { RateLimiterMemory } from 'rate-limiter-flexible';

import type { GatewayDeps } from '../gateway-deps.ts';
import type { GatewayEnv } from '../gateway-env.ts';
import { remoteAddress } from '../remote-address.ts';
import { formPage, thanksPage } from './hosted-form.ts';
import { startLead } from './start-lead.ts';

const MOST_BYTES = 64 * 1024;
const PUBLIC_KEY = /^[\w-]{1,64}$/;
const DATABASE_WAIT_MS = 8_000;
const DATABASE_RETRY_MS = 200;

type KnownForm = { workspaceId: string; formId: string; allowedOrigins: string[] };

/**
 * `/f/<public key>`: the hosted page, plain HTML posts and JSON. The answer means "stored durably"; nothing else has to work for
 * it. A database that is restarting is waited for, so that no form is lost to it.
 */
export function formIntake(deps: GatewayDeps): Hono<GatewayEnv> {
  const limiter = new RateLimiterMemory({ points: deps.config.PENSTOCK_FORM_LIMIT_PER_MINUTE, duration: 60 });
  const app = new Hono<GatewayEnv>();
  app.get('/:key', async (c) => {
    const form = await knownForm(deps, c.req.param('key'));
    const { name } = await deps.store.withRecords(form.workspaceId, (tx) =>
      tx.db.form.findFirstOrThrow({
        where: { workspaceId: form.workspaceId, id: form.formId },
        select: { name: true },
      }),
    );
    return c.html(formPage({ title: name, action: `/f/${c.req.param('key')}` }));
  });
  app.get('/:key/thanks', (c) => c.html(thanksPage()));
  app.options('/:key', async (c) => {
    const form = await knownForm(deps, c.req.param('key'));
    allowOrigin(c, deps, form);
    c.header('access-control-allow-methods', 'POST');
    c.header('access-control-allow-headers', 'content-type, idempotency-key');
    c.header('access-control-max-age', '600');
    return c.body(null, 204);
  });
  app.post('/:key', bodyLimit({ maxSize: MOST_BYTES, onError: refuseSize }), async (c) => {
    const form = await knownForm(deps, c.req.param('key'));
    allowOrigin(c, deps, form);
    await limiter.consume(`${remoteAddress(c)}:${form.formId}`).catch(() => {
      throw new DomainError(
        'rate_limited',
        'Too many requests from this address. Wait a minute and send it again.',
      );
    });
    const posted = await readBody(c);
    const stored = await storeDurably(deps, form, posted);
    faultPoint('lead.stored');
    startLead(deps, { workspaceId: form.workspaceId, leadId: stored.leadId });
    if (wantsPage(c)) return c.redirect(`/f/${c.req.param('key')}/thanks`, 303);
    return c.json({ id: stored.leadId }, 202);
  });
  return app;
}

function refuseSize(): never {
  throw new DomainError('too_large', `A form may send at most ${MOST_BYTES / 1024} kB.`);
}

async function knownForm(deps: GatewayDeps, publicKey: string): Promise<KnownForm> {
  const form = PUBLIC_KEY.test(publicKey)
    ? await whileDatabaseRestarts(() => deps.store.dueWork.formByKey(publicKey))
    : null;
  if (!form?.active)
    throw new DomainError(
      'not_found',
      'There is no such form, or it was switched off. Check the key in the address.',
    );
  return form;
}

/** Browsers say where a post comes from; other senders do not and need no permission of a browser. */
function allowOrigin(c: Context<GatewayEnv>, deps: GatewayDeps, form: KnownForm): void {
  const origin = c.req.header('origin');
  if (origin === undefined) return;
  const own = new URL(deps.config.PENSTOCK_PUBLIC_URL).origin;
  if (origin !== own && !form.allowedOrigins.includes(origin)) {
    throw new DomainError(
      'forbidden',
      'This form may not be sent from this web site. Add the site to the allowed origins of the form.',
    );
  }
  c.header('access-control-allow-origin', origin);
  c.header('vary', 'Origin');
}

async function readBody(c: Context<GatewayEnv>): Promise<Record<string, unknown>> {
  const type = c.req.header('content-type') ?? '';
  const refuse = (remedy: string) =>
    new DomainError('invalid', remedy, { issues: [{ field: '(body)', problem: 'can’t be read', remedy }] });
  if (type.startsWith('application/json')) {
    const body: unknown = await c.req.json().catch(() => {
      throw refuse('Send valid JSON.');
    });
    if (typeof body !== 'object' || body === null || Array.isArray(body))
      throw refuse('Send one JSON object.');
    return Object.fromEntries(Object.entries(body));
  }
  if (type.startsWith('application/x-www-form-urlencoded') || type.startsWith('multipart/form-data')) {
    const form = await c.req.parseBody().catch(() => {
      throw refuse('Send a form or JSON.');
    });
    return Object.fromEntries(Object.entries(form).filter(([, value]) => typeof value === 'string'));
  }
  throw refuse('Send application/json, or a plain HTML form.');
}

const wantsPage = (c: Context): boolean =>
  !(c.req.header('content-type') ?? '').startsWith('application/json') &&
  (c.req.header('accept') ?? '').includes('text/html');

function storeDurably(
  deps: GatewayDeps,
  form: KnownForm,
  posted: Record<string, unknown>,
): Promise<StoredSubmission> {
  const receivedAt = deps.clock.now();
  // Made once: an attempt whose answer was lost with the connection is repeated under the same id.
  const submission: Submission = {
    workspaceId: form.workspaceId,
    formId: form.formId,
    posted,
    isTest: false,
    leadId: newId(receivedAt),
    receivedAt,
  };
  return whileDatabaseRestarts(() => storeSubmission(deps.store, submission));
}

async function whileDatabaseRestarts<Answer>(attempt: () => Promise<Answer>): Promise<Answer> {
  const giveUpAtMs = Date.now() + DATABASE_WAIT_MS;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (!isConnectionFault(error) || Date.now() > giveUpAtMs) throw error;
      await sleep(DATABASE_RETRY_MS);
    }
  }
}
