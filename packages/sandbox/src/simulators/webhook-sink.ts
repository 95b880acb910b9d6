import type { Hono } from 'hono';

export type SunkWebhook = {
  /** `hooks.customer.example/penstock` */
  address: string;
  headers: Record<string, string>;
  body: string;
};
export type WebhookSink = { taken(): SunkWebhook[]; answerNext(...statuses: number[]): void; clear(): void };

const MOST_KEPT = 200;

/** Whoever listens to the sandbox's webhooks: keeps what it gets, and answers as it was told. */
export function mountWebhookSink(app: Hono): WebhookSink {
  const kept: SunkWebhook[] = [];
  const answers: number[] = [];
  app.post('/webhooks.sandbox/*', async (context) => {
    const status = answers.shift() ?? 204;
    if (status < 300) {
      kept.unshift({
        address: context.req.path.replace(/^\/webhooks\.sandbox\//, ''),
        headers: context.req.header(),
        body: await context.req.text(),
      });
      kept.splice(MOST_KEPT);
    }
    return new Response(null, { status });
  });
  return {
    taken: () => [...kept],
    answerNext: (...statuses) => void answers.push(...statuses),
    clear() {
      kept.splice(0);
      answers.splice(0);
    },
  };
}
