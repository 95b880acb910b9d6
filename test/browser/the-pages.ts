import { describe, expect, it } from 'vitest';

import type { Stage } from './console.test.ts';
import { PAGES, PICTURED, RECORDS } from './places.ts';
import { axeFindings, go, open, settled, visit } from './visit.ts';

/**
 * Every page as each role: no console error, no failed request. The rep opens each by its address, and axe finds
 * nothing serious on those that have no picture; the others go from page to page, as links do.
 */
export function thePages(on: () => Stage): void {
  describe('every page', () => {
    it.concurrent.each(['rep', 'manager', 'revops', 'admin'])(
      'opens for the role %s without a complaint',
      async (role) => {
        await using context = await on().people.enter(role);
        const { page, troubles } = await visit(context);
        const findings: string[] = [];
        const examine = async (what: string) => {
          // What the other roles see beyond this, the administrator’s pictures are examined for; and all of theirs is.
          if (role === 'rep' && !PICTURED.includes(what))
            findings.push(...(await axeFindings(page)).map((finding) => `${what}: ${finding}`));
          findings.push(...troubles.splice(0).map((trouble) => `${what}: ${trouble}`));
        };
        const show = role === 'rep' ? open : go;
        await open(page, PAGES[0] ?? '/');
        for (const path of PAGES) {
          await show(page, path);
          await examine(path);
        }
        for (const path of RECORDS) {
          await show(page, path);
          const first = page.locator('[role=row] a').first();
          if ((await first.count()) === 0) continue;
          await first.click();
          await settled(page);
          await examine(`${path}, a record`);
        }
        expect(findings.join('\n')).toBe('');
      },
    );

    it('offers the sandbox’s people at the door, and lets one in', async () => {
      const { browser, url, people } = on();
      await using context = await browser.newContext({ baseURL: url });
      const { page } = await visit(context);
      await open(page, '/sign-in?next=%2Fpipeline');
      expect((await axeFindings(page)).join('\n')).toBe('');
      const manager = people.signIns.find(({ role }) => role === 'manager');
      await page.getByRole('button', { name: `Continue as ${manager?.name.split(' ')[0]}` }).click();
      await page.waitForURL('**/pipeline');
    });

    it('sends whoever is signed out to the door, and to no other site afterwards', async () => {
      const { browser, url } = on();
      await using context = await browser.newContext({ baseURL: url });
      const page = await context.newPage();
      await page.goto('/accounts');
      await page.waitForURL('**/sign-in?next=%2Faccounts');
      await page.goto('/sign-in?next=https%3A%2F%2Fexample.com');
      await page
        .getByRole('button', { name: /^Continue as/ })
        .first()
        .click();
      await page.waitForURL(`${url}/queue`);
    });

    it('says what is wrong with a wrong password', async () => {
      const { browser, url } = on();
      await using context = await browser.newContext({ baseURL: url });
      const page = await context.newPage();
      await page.goto('/sign-in');
      await page.getByLabel('E-mail').fill('nobody@penstock-demo.example');
      await page.getByLabel('Password', { exact: false }).first().fill('not the password');
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.getByRole('alert').waitFor();
      expect(await page.getByRole('alert').textContent()).toContain('do not belong together');
    });
  });
}
