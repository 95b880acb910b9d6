import { setTimeout as sleep } from 'node:timers/promises';

const LONGEST_HANG_MS = 120_000;

/** JSON as a vendor sends it; `keep` cuts it off after that share. */
export function json(
  answer: { status: number; headers?: Record<string, string>; body: unknown },
  cut: { keep?: number } = {},
): Response {
  const text = JSON.stringify(answer.body);
  return new Response(text.slice(0, Math.floor(text.length * (cut.keep ?? 1))), {
    status: answer.status,
    headers: { 'content-type': 'application/json', ...answer.headers },
  });
}

export function html(status: number): Response {
  return new Response(
    '<!doctype html><html><head><title>Just a moment</title></head><body>Please try again.</body></html>',
    {
      status,
      headers: { 'content-type': 'text/html; charset=utf-8' },
    },
  );
}

/** Waits, or until the caller has gone. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (ms > 0) await sleep(ms, undefined, { signal, ref: false }).catch(() => undefined);
}

/** No answer for as long as the caller stays. */
export async function untilGone(signal: AbortSignal): Promise<Response> {
  await pause(LONGEST_HANG_MS, signal);
  return html(504);
}
