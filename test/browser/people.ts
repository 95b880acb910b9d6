import type { Browser, BrowserContext, Cookie } from 'playwright-core';

export type SignIn = { role: string; name: string; email: string; password: string };
export type Look = { size: 'wide' | 'phone'; scheme: 'light' | 'dark' };

export const WIDE = { width: 1440, height: 900 };
export const PHONE = { width: 390, height: 844 };

export type People = {
  signIns: readonly SignIn[];
  /** A browser of its own, signed in as the first person of a role, or as the one named. */
  enter(who: string, look?: Partial<Look>): Promise<BrowserContext>;
};

/** Signs each person in once: sign-in attempts are limited, as they should be. */
export async function demoPeople(browser: Browser, url: string): Promise<People> {
  const { signIns } = (await (await fetch(`${url}/sandbox/sign-ins`)).json()) as { signIns: SignIn[] };
  const cookies = new Map<string, Cookie[]>();
  return {
    signIns,
    async enter(who, look = {}) {
      const person = signIns.find(({ role, name }) => role === who || name.startsWith(who));
      if (!person) throw new Error(`Nobody in the sandbox is "${who}"`);
      const phone = look.size === 'phone';
      const context = await browser.newContext({
        baseURL: url,
        viewport: phone ? PHONE : WIDE,
        colorScheme: look.scheme ?? 'light',
        reducedMotion: 'reduce',
        ...(phone && { hasTouch: true, isMobile: true }),
      });
      const known = cookies.get(person.email);
      if (known) await context.addCookies(known);
      else {
        const reply = await context.request.post('/api/auth/sign-in/email', {
          data: { email: person.email, password: person.password },
          headers: { origin: url },
        });
        if (!reply.ok()) throw new Error(`${person.email} could not sign in: ${reply.status()}`);
        cookies.set(person.email, await context.cookies());
      }
      return context;
    },
  };
}
