import { Hono } from 'hono';
import type { Context } from 'hono';
import { z } from 'zod';

import { SmtpScript } from '../smtp-sink/smtp-script.ts';
import type { SandboxControl } from './controls.ts';
import { VendorScript } from './script-book.ts';
import { worldRoutes } from './world-routes.ts';

const ReleaseRequest = z.object({ which: z.string().max(80).optional() });

const LOOPBACK_HOST = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/;

/**
 * `/control/…` over HTTP. A web page in the same browser must not reach it: the host has to be loopback (which stops
 * names that were pointed here) and a body has to be JSON (which a form can't send).
 */
export function controlRoutes(control: SandboxControl): Hono {
  const app = new Hono();
  app.use(async (context, next) => {
    const isRead = context.req.method === 'GET';
    const isJson = (context.req.header('content-type') ?? '').startsWith('application/json');
    if (!LOOPBACK_HOST.test(context.req.header('host') ?? '') || (!isRead && !isJson)) {
      return context.json({ error: 'only for this machine, and as application/json' }, 403);
    }
    return next();
  });
  app.get('/health', (context) => context.json({ ok: true }));
  app.post(
    '/script',
    withBody(VendorScript, (script) => control.script(script)),
  );
  app.get('/charges', (context) => context.json(control.charges()));
  app.get('/arrivals', (context) => {
    const windowMs = z.coerce.number().int().min(1).max(86_400_000).safeParse(context.req.query('windowMs'));
    if (!windowMs.success) return context.json({ error: 'windowMs: a number of milliseconds' }, 400);
    return context.json(control.arrivals(windowMs.data));
  });
  app.get('/edgar/filings', (context) => context.json(control.filings()));
  app.post('/edgar/release', async (context) => {
    const asked = ReleaseRequest.safeParse(await context.req.json().catch(() => null));
    if (!asked.success) return context.json({ error: z.prettifyError(asked.error) }, 400);
    const released = control.releaseFiling(asked.data.which);
    return released === null
      ? context.json({ error: 'nothing to release: unknown, or out already' }, 409)
      : context.json(released);
  });
  app.route('/', worldRoutes(control));
  app.get('/outbox', (context) => context.json(control.outbox()));
  app.post(
    '/smtp/script',
    withBody(SmtpScript, (script) => control.scriptSmtp(script)),
  );
  app.post('/reset', (context) => {
    control.reset();
    return context.json({ ok: true });
  });
  return app;
}

function withBody<Shape extends z.ZodType>(shape: Shape, use: (body: z.output<Shape>) => void) {
  return async (context: Context): Promise<Response> => {
    const body = shape.safeParse(await context.req.json().catch(() => null));
    if (!body.success) return context.json({ error: z.prettifyError(body.error) }, 400);
    use(body.data);
    return context.json({ ok: true });
  };
}
