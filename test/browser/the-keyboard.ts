import { describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';

import type { Stage } from './console.test.ts';
import { open, settled, visit } from './visit.ts';

/** No mouse from here on. */
export function theKeyboard(on: () => Stage): void {
  describe('the keyboard alone', () => {
    it('walks the queue, opens dialogs and closes them, and puts focus back', async () => {
      await using context = await on().people.enter('rep');
      const { page, troubles } = await visit(context);
      await open(page, '/queue');
      const first = await openRow(page);
      await page.keyboard.press('j');
      await expect.poll(() => openRow(page)).not.toBe(first);
      await page.keyboard.press('k');
      await expect.poll(() => openRow(page)).toBe(first);
      await page.keyboard.press('s');
      await page.getByRole('dialog', { name: /Snooze/ }).waitFor();
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await page.keyboard.press('s');
      await page.getByRole('dialog').waitFor();
      await page.keyboard.press('1');
      await page.getByText(/comes back/).waitFor();
      await expect.poll(() => openRow(page)).not.toBe(first);
      await page.keyboard.press('u');
      await page.locator(`#${first}`).waitFor();
      expect(troubles.join('\n')).toBe('');
    });

    it('clears ten items, each with the reason why it was there, and takes the last one back', async () => {
      await using context = await on().people.enter('rep');
      const { page, troubles } = await visit(context);
      await open(page, '/queue?filter=unclaimed');
      let last = '';
      for (let cleared = 0; cleared < 10; cleared += 1) {
        last = await openRow(page);
        await expect
          .poll(() => page.getByRole('region', { name: 'Why it is here' }).locator('p').first().textContent())
          .toMatch(/\w/);
        await page.keyboard.press('e');
        await page.getByRole('dialog', { name: /is done/ }).waitFor();
        await page.keyboard.press('1');
        await expect.poll(() => openRow(page)).not.toBe(last);
      }
      await page.keyboard.press('u');
      await page.locator(`#${last}`).waitFor();
      expect(troubles.join('\n')).toBe('');
    });

    it('goes to every page, finds an account in the palette, and lists its keys', async () => {
      await using context = await on().people.enter('rep');
      const { page, troubles } = await visit(context);
      await open(page, '/queue');
      for (const [keys, path] of Object.entries({
        l: '/leads',
        a: '/accounts',
        p: '/pipeline',
        o: '/outbox',
        s: '/settings',
        q: '/queue',
      })) {
        await page.keyboard.press('g');
        await page.keyboard.press(keys);
        await page.waitForURL(`**${path}**`);
        await settled(page);
      }
      const name = await heading(page);
      await page.keyboard.press('Control+k');
      await page.getByRole('combobox', { name: 'Find' }).fill(name);
      await page
        .getByRole('option', { name: new RegExp(name) })
        .first()
        .waitFor();
      await page.keyboard.press('Enter');
      await page.waitForURL('**/accounts/*');
      await page.keyboard.press('?');
      await page.getByRole('dialog', { name: 'Keys' }).getByText('Log call').waitFor();
      expect(troubles.join('\n')).toBe('');
    });

    it('opens and closes a deal from the table, and reaches every control by Tab', async () => {
      await using context = await on().people.enter('manager');
      const { page } = await visit(context);
      await open(page, '/pipeline');
      await page.keyboard.press('j');
      await page.keyboard.press('Enter');
      await page.waitForURL('**/pipeline/*');
      await settled(page);
      const unreachable = await page.evaluate(UNREACHABLE);
      expect(unreachable).toEqual([]);
      await page.keyboard.press('Escape');
      await page.waitForURL((address) => address.pathname === '/pipeline');
    });
  });
}

/** The item that is open, by its row: two requests of one company bear the same name. */
async function openRow(page: Page): Promise<string> {
  return (await page.locator('a[id^=queue-][data-selected=true]').getAttribute('id')) ?? '';
}

async function heading(page: Page): Promise<string> {
  return (await page.locator('[aria-label=Item] h1').textContent()) ?? '';
}

/** Runs in the page: controls that Tab never reaches. */
const UNREACHABLE = `[...document.querySelectorAll('button, a[href], input, select, textarea')]
  .filter((element) => element.checkVisibility() && element.tabIndex < 0)
  .map((element) => element.outerHTML.slice(0, 120))`;
