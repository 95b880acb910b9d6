import { describe, expect, it } from 'vitest';

import type { Stage } from './console.test.ts';
import { open, settled, visit } from './visit.ts';

const SURNAME = `Walker${Date.now().toString(36)}`;
/** From the form's answer to the announcement on an open queue. */
const LIVE_MS = 15_000;

/** The main job, through the public doors: a form becomes a worked lead, without a reload. */
export function theWalk(on: () => Stage): void {
  describe('a form becomes a worked lead', () => {
    it('is announced on the open queue, claimed, called, and turned into a deal', async () => {
      const { people } = on();
      await using context = await people.enter('admin');
      const { page, troubles } = await visit(context);
      await open(page, '/queue?filter=all');
      const before = await page.locator('[aria-label=Item] h1').textContent();

      const form = await context.newPage();
      await sendDemoForm(form, SURNAME);

      const announced = page.getByRole('button', { name: /new item/ });
      await announced.waitFor({ timeout: LIVE_MS });
      expect(await page.locator('[aria-label=Item] h1').textContent()).toBe(before);
      await page.keyboard.press('.');

      const row = page.locator('a[id^=queue-]', { hasText: SURNAME }).first();
      await row.waitFor();
      await row.click();
      await settled(page);
      await page.keyboard.press('c');
      await page.getByText(/^Yours, until/).waitFor();

      await page.keyboard.press('l');
      await page.getByRole('dialog').waitFor();
      await page.keyboard.press('1');
      await page.getByText('Call recorded: Positive').waitFor();
      await page
        .locator('dt', { hasText: 'First human touch' })
        .locator('..')
        .getByText('Within 5 min')
        .waitFor();

      await page.keyboard.press('d');
      await page.getByLabel('Name').fill(`${SURNAME} deal`);
      await page.getByLabel('Value').fill('48000');
      await page.getByRole('button', { name: 'Make deal' }).last().click();
      await page.waitForURL('**/pipeline/*');
      await page.getByRole('heading', { name: `${SURNAME} deal` }).waitFor();
      await page.getByRole('row', { name: new RegExp(`${SURNAME} deal`) }).waitFor();
      expect(troubles).toEqual([]);
    });

    it('shows the lead with both clocks stopped, its routing, its mail and what was asked of providers', async () => {
      await using context = await on().people.enter('admin');
      const { page, troubles } = await visit(context);
      await open(page, '/leads');
      await page.getByRole('link', { name: new RegExp(SURNAME) }).click();
      await page.getByRole('heading', { name: new RegExp(SURNAME) }).waitFor();
      await page.getByRole('heading', { name: /^Routed to / }).waitFor();
      await page.getByText('Accepted', { exact: true }).waitFor({ timeout: 30_000 });
      await page
        .getByText(/^(Finished|Stopped)/)
        .first()
        .waitFor({ timeout: 45_000 });
      expect(await page.getByText('Within 1 min').count()).toBe(1);
      await open(page, '/outbox');
      await page.getByRole('button', { name: new RegExp(SURNAME, 'i') }).waitFor();
      expect(troubles).toEqual([]);
    });

    it('does not let the deal advance without its exit criteria, and says how to meet them', async () => {
      await using context = await on().people.enter('admin');
      const { page } = await visit(context);
      await open(page, '/pipeline');
      await page.getByRole('link', { name: `${SURNAME} deal` }).click();
      await settled(page);
      await page.keyboard.press('m');
      await page.getByRole('dialog').getByLabel('To', { exact: true }).selectOption({ label: 'Negotiation' });
      await page.getByRole('dialog').getByRole('button', { name: 'Move' }).click();
      await page
        .getByRole('dialog')
        .getByText(/^Not yet:/)
        .waitFor();
      await page.getByRole('dialog').getByRole('button', { name: 'Add evidence' }).first().click();
      await page.getByLabel('In the buyer’s words').fill('We have 60,000 for this in this quarter');
      await page.getByRole('button', { name: 'Add evidence' }).last().click();
      await page.getByText(/^Evidence added/).waitFor();
    });
  });
}

async function sendDemoForm(page: import('playwright-core').Page, familyName: string): Promise<void> {
  await page.goto('/settings/forms');
  const address = await page.getByRole('link', { name: 'Open the form' }).first().getAttribute('href');
  await page.goto(address ?? '');
  const fill = async (name: string, value: string) => {
    const field = page.locator(`[name=${name}]`);
    if ((await field.count()) > 0) await field.first().fill(value);
  };
  await fill('email', `wanda@${familyName.toLowerCase()}-works.example`);
  await fill('first_name', 'Wanda');
  await fill('last_name', familyName);
  await fill('company', `${familyName} Works`);
  await fill('message', 'We would like to see it next week.');
  await page.locator('button[type=submit], form button').first().click();
  await page.waitForURL('**/thanks');
}
