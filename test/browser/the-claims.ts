import { describe, expect, it } from 'vitest';

import type { Stage } from './console.test.ts';
import { open, settled, visit } from './visit.ts';

/** Two people, one item. */
export function theClaims(on: () => Stage): void {
  describe('a claim', () => {
    it('shows at a colleague’s screen at once, and stops a second claim with a word', async () => {
      const { people } = on();
      await using mine = await people.enter('manager');
      await using theirs = await people.enter('admin');
      const me = await visit(mine);
      const colleague = await visit(theirs);
      await open(me.page, '/queue?filter=unclaimed');
      const row = me.page.locator('a[id^=queue-]').nth(2);
      const address = (await row.getAttribute('href')) ?? '';
      await row.click();
      await settled(me.page);
      await colleague.page.goto(address);
      await settled(colleague.page);
      await colleague.page.keyboard.press('c');
      await colleague.page.getByText(/^Yours, until/).waitFor();
      const name = people.signIns.find(({ role }) => role === 'admin')?.name ?? '';
      await me.page.getByText(`Claimed by ${name}`).waitFor({ timeout: 30_000 });
      expect(await me.page.getByRole('button', { name: 'Claim', exact: true }).isDisabled()).toBe(true);
      await colleague.page.keyboard.press('c');
      await me.page.getByText(/not claimed|Not claimed/).waitFor({ timeout: 30_000 });
    });
  });
}
