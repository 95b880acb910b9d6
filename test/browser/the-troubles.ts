import { describe, expect, it } from 'vitest';

import type { Stage } from './console.test.ts';
import { open, visit } from './visit.ts';

/** What a page says when something is not there. */
export function theTroubles(on: () => Stage): void {
  describe('when something fails', () => {
    it('says what could not be loaded and that nothing is lost, and loads it on retry', async () => {
      await using context = await on().people.enter('rep');
      const { page } = await visit(context);
      await open(page, '/queue');
      await page.route('**/trpc/**accounts.list**', (route) => route.abort());
      await page.keyboard.press('g');
      await page.keyboard.press('a');
      await page.getByText('The accounts could not be loaded').waitFor({ timeout: 60_000 });
      expect(await page.getByRole('alert').textContent()).toContain('Nothing was changed or lost');
      await page.unroute('**/trpc/**accounts.list**');
      await page.getByRole('button', { name: 'Try again' }).click();
      await page.getByRole('table', { name: 'Accounts' }).waitFor();
    });

    it('says so when changes no longer arrive', async () => {
      await using context = await on().people.enter('rep');
      const page = await context.newPage();
      await page.route('**/live**', (route) => route.abort());
      await page.goto('/queue');
      await page.getByText(/^Reconnecting/).waitFor({ timeout: 60_000 });
    });

    it('says that a record is not here, instead of an empty page', async () => {
      await using context = await on().people.enter('rep');
      const page = await context.newPage();
      await page.goto('/accounts/01980000-0000-7000-8000-000000000000');
      await page.getByText('This account is not here').waitFor();
      await page.goto('/no-such-page');
      await page.getByText('There is no such page').waitFor();
    });
  });
}
