import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';

import type { Stage } from './console.test.ts';
import { sendDemoForm, someSenders, type Sender } from './demo-form.ts';
import { open, settled, visit } from './visit.ts';

/** From the form's answer to the announcement on an open queue. */
const LIVE_MS = 15_000;

/** The main job, through the public doors: a form becomes a worked lead, without a reload. */
export function theWalk(on: () => Stage): void {
  describe('a form becomes a worked lead', () => {
    let sender: Sender = { name: '', email: '', account: '', message: '' };
    let deal = '';

    it('is announced on the open queue, claimed, called, and turned into a deal', async () => {
      await using context = await on().people.enter('admin');
      [sender = sender] = await someSenders(context, 1);
      deal = `${sender.account} · evaluation`;
      const { page, troubles } = await visit(context);
      await open(page, '/queue?filter=all');
      const before = await page.locator('[aria-label=Item] h1').textContent();

      const form = await context.newPage();
      await sendDemoForm(form, sender);

      const announced = page.getByRole('button', { name: /new item/ });
      await announced.waitFor({ timeout: LIVE_MS });
      expect(await page.locator('[aria-label=Item] h1').textContent()).toBe(before);
      await page.keyboard.press('.');

      const row = page.locator('a[id^=queue-]', { hasText: sender.account }).first();
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
      await makeDeal(page, { Name: deal, Value: '48,000' });
      await expect
        .poll(() => [new URL(page.url()).pathname, ...troubles].join('\n'), { timeout: LIVE_MS * 2 })
        .toMatch(/^\/pipeline\/[^/\n]+$/);
      await page.getByRole('heading', { name: deal }).waitFor();
      await page.getByRole('link', { name: deal }).first().waitFor();
      expect(troubles.join('\n')).toBe('');
    });

    it('shows the lead with both clocks stopped, its routing, its mail and what was asked of providers', async () => {
      await using context = await on().people.enter('admin');
      const { page, troubles } = await visit(context);
      await open(page, '/leads');
      await page.getByRole('link', { name: sender.name }).first().click();
      await page.getByRole('heading', { name: sender.name }).waitFor();
      await page.getByRole('heading', { name: /^Routed to / }).waitFor();
      await page.getByText('Accepted', { exact: true }).waitFor({ timeout: 30_000 });
      await page
        .getByText(/^(Finished|Stopped)/)
        .first()
        .waitFor({ timeout: 45_000 });
      await expect.poll(() => page.getByText('Within 1 min').count(), { timeout: 45_000 }).toBe(1);
      await open(page, '/outbox');
      await page
        .getByRole('button', { name: new RegExp(sender.email) })
        .first()
        .waitFor();
      expect(troubles.join('\n')).toBe('');
    });

    it('does not let the deal advance without its exit criteria, and says how to meet them', async () => {
      await using context = await on().people.enter('admin');
      const { page } = await visit(context);
      await open(page, '/pipeline');
      await page.getByRole('link', { name: deal }).first().click();
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

    it('lets requests that nobody has answered wait at the top, with their clocks running', async () => {
      await using context = await on().people.enter('admin');
      const page = await context.newPage();
      // Whoever has asked before and been called waits for nobody.
      for (const another of await someSenders(context, 3, sender)) await sendDemoForm(page, another);
      await open(page, '/queue?filter=inbound');
      await page.getByText(/Running, target 5 min/).waitFor();
      // The three forms reach the queue one after the other; whoever looks already takes in what is announced.
      const announced = page.getByRole('button', { name: /new item/ });
      const shown = async () => {
        if (await announced.isVisible()) await page.keyboard.press('.');
        return page.locator('a[id^=queue-]').count();
      };
      await expect.poll(shown, { timeout: 45_000 }).toBeGreaterThanOrEqual(3);
    });
  });
}

const DIALOG_MS = 5_000;
const MOST_CLICKS = 3;

/**
 * Fills the open dialog and sends it. A dialog takes the focus a moment after it is there, and on a busy machine what is typed lands in another field:
 * it is typed until it stands where it belongs. A click that sends nothing is made again, and says what it met.
 */
async function makeDeal(page: Page, fields: Readonly<Record<string, string>>): Promise<void> {
  const dialog = page.getByRole('dialog');
  for (let click = 1; click <= MOST_CLICKS; click += 1) {
    await expect
      .poll(
        async () => {
          for (const [label, text] of Object.entries(fields)) await dialog.getByLabel(label).fill(text);
          return Promise.all(Object.keys(fields).map((label) => dialog.getByLabel(label).inputValue()));
        },
        { timeout: LIVE_MS },
      )
      .toEqual(Object.values(fields));
    const sent = page
      .waitForRequest((request) => request.url().includes('deals.create'), { timeout: DIALOG_MS })
      .then(
        () => true,
        () => false,
      );
    await dialog.getByRole('button', { name: 'Make deal' }).click();
    if (await sent) return;
    console.error(`click ${click} sent nothing: ${await page.evaluate(STATE)}`);
  }
  throw new Error(`The dialog sent nothing after ${MOST_CLICKS} clicks`);
}

/** What is open, what stands in its fields, which of them is refused, and where the focus is. */
const STATE = `JSON.stringify({
  dialogs: [...document.querySelectorAll('[role=dialog]')].map((dialog) => dialog.innerText.slice(0, 200)),
  fields: [...document.querySelectorAll('[role=dialog] input')].map((field) => [field.name, field.value, field.validationMessage]),
  focus: document.activeElement?.outerHTML.slice(0, 200),
})`;
