import { describe, expect, it } from 'vitest';

import type { Stage } from './console.test.ts';
import { open, settled, visit } from './visit.ts';

/** The watch asks once a minute; parsing, matching and scoring follow. */
const FOUND_MS = 90_000;

/** The second path: what happens outside reaches an open page. */
export function theFiling(on: () => Stage): void {
  describe('a filing becomes a ranked account', () => {
    it('shows on the account that was open, with its evidence, and moves the score', async () => {
      await using context = await on().people.enter('admin');
      const { page, troubles } = await visit(context);
      const sandbox = await context.newPage();
      await open(sandbox, '/settings/sandbox');
      const file = sandbox.getByRole('button', { name: /^File it now: (?!.*L\.P\.)/ }).first();
      const company = /: (.*?),? Inc/.exec((await file.getAttribute('aria-label')) ?? '')?.[1] ?? '';
      await open(page, `/accounts?q=${encodeURIComponent(company)}`);
      await page.getByRole('link', { name: company }).first().click();
      await settled(page);
      const score = page.getByRole('button', { name: /Signal/ });
      const before = await score.textContent();
      const quotes = await page.locator('blockquote').count();
      await file.click();
      await sandbox.getByText(/^Filed:/).waitFor();

      await expect
        .poll(() => page.locator('blockquote').count(), { timeout: FOUND_MS })
        .toBeGreaterThan(quotes);
      await expect.poll(() => score.textContent(), { timeout: 10_000 }).not.toBe(before);
      expect(troubles.join('\n')).toBe('');
    });
  });
}
