import type { AppRouter } from '@penstock/gateway/trpc/app-router';
import { createTRPCClient, httpLink, type TRPCClient } from '@trpc/client';

/** Signs in as a browser does; answers the session's cookie. */
export async function signInCookie(
  publicUrl: string,
  who: { email: string; password: string },
): Promise<string> {
  const reply = await fetch(`${publicUrl}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: publicUrl },
    body: JSON.stringify(who),
  });
  if (!reply.ok) throw new Error(`sign-in answered ${reply.status}`);
  return reply.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ');
}

/** What a browser would do, without the browser: calls what the console calls. */
export async function signInToConsole(
  publicUrl: string,
  who: { email: string; password: string },
): Promise<TRPCClient<AppRouter>> {
  const cookie = await signInCookie(publicUrl, who);
  return createTRPCClient<AppRouter>({
    links: [httpLink({ url: `${publicUrl}/trpc`, headers: { cookie } })],
  });
}
