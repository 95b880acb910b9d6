import { Hono } from 'hono';
import { z } from 'zod';

import type { SandboxControl } from './controls.ts';

const JobPost = z.object({
  domain: z.string().max(253),
  title: z.string().min(2).max(200),
  department: z.string().max(80).optional(),
  city: z.string().max(80).optional(),
  country: z.string().length(2).optional(),
});
const PersonMove = z.object({ email: z.string().max(320), domain: z.string().max(253) });
const Happen = z.object({
  domain: z.string().max(253),
  happening: z.discriminatedUnion('what', [
    z.object({
      what: z.literal('opening'),
      title: z.string().min(2).max(200),
      country: z.string().length(2).optional(),
    }),
    z.object({ what: z.literal('technology'), name: z.string().min(1).max(80) }),
    z.object({
      what: z.literal('news'),
      category: z.string().max(60),
      attributes: z.record(z.string(), z.unknown()).optional(),
    }),
  ]),
});

/** What happens at the companies of the world. */
export function worldRoutes(control: SandboxControl): Hono {
  const app = new Hono();
  app.post('/boards/post', async (context) => {
    const asked = JobPost.safeParse(await context.req.json().catch(() => null));
    if (!asked.success) return context.json({ error: z.prettifyError(asked.error) }, 400);
    const { domain, ...job } = asked.data;
    const posted = control.postJob(domain, job);
    return posted === null ? context.json({ error: 'no such company' }, 404) : context.json(posted);
  });
  app.post('/people/move', async (context) => {
    const asked = PersonMove.safeParse(await context.req.json().catch(() => null));
    if (!asked.success) return context.json({ error: z.prettifyError(asked.error) }, 400);
    return control.movePerson(asked.data.email, asked.data.domain)
      ? context.json({ ok: true })
      : context.json({ error: 'no such person or company' }, 404);
  });
  app.post('/companies/happen', async (context) => {
    const asked = Happen.safeParse(await context.req.json().catch(() => null));
    if (!asked.success) return context.json({ error: z.prettifyError(asked.error) }, 400);
    return control.happen(asked.data.domain, asked.data.happening)
      ? context.json({ ok: true })
      : context.json({ error: 'no such company' }, 404);
  });
  return app;
}
