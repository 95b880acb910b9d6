import { describe, expect, it } from 'vitest';

import type { Stage } from './console.test.ts';
import { axeFindings, open, visit } from './visit.ts';

/** RevOps changes the order of the waterfall by hand, tries it, publishes it and takes it back. */
export function theWaterfall(on: () => Stage): void {
  describe('the waterfall', () => {
    it('is put in another order by keyboard and mouse, tried on 20 people, published and rolled back', async () => {
      await using context = await on().people.enter('revops');
      const { page, troubles } = await visit(context);
      await open(page, '/enrichment/waterfall');
      const steps = page.getByRole('list', { name: 'Steps' }).getByRole('listitem');
      const names = async () => (await steps.locator('.strong').allTextContents()).map((name) => name.trim());
      const written = await names();
      const draft = page.getByRole('region', { name: 'The draft' });
      const rows = page.getByRole('region', { name: 'Versions' }).last().getByRole('row');
      const before = await rows
        .filter({ has: page.getByText('Published', { exact: true }) })
        .last()
        .getByRole('cell')
        .first()
        .textContent();

      await page.getByRole('button', { name: /^Move People Data Labs, 1 of/ }).press('ArrowDown');
      await expect.poll(async () => (await names()).slice(0, 2)).toEqual([written[1], written[0]]);
      await draft.getByText('People Data Labs moved from 1st to 2nd for work e-mail').first().waitFor();
      await expect
        .poll(() => page.evaluate('document.activeElement.dataset.handle'))
        .toBe('people-data-labs/person-enrich/');

      // What is still being loaded may move the steps while they are dragged: then it is done again.
      const dragged = async () => {
        await steps.nth(1).locator('[data-handle]').hover();
        await page.mouse.down();
        const target = await steps.nth(0).boundingBox();
        if (!target) throw new TypeError('steps are on screen');
        await page.mouse.move(target.x + 10, target.y + 4, { steps: 5 });
        await page.mouse.up();
        await expect.poll(names, { timeout: 5_000 }).toEqual(written);
      };
      await dragged().catch(dragged);
      await expect.poll(names).toEqual(written);

      await page.getByRole('button', { name: 'Remove ZeroBounce' }).click();
      await draft.getByText('no step verifies addresses, so none would ever be usable').first().waitFor();
      await page.getByRole('button', { name: 'Discard' }).click();
      await page.getByRole('button', { name: 'Move LeadMagic up' }).first().click();
      await page.getByRole('button', { name: 'Save draft' }).click();
      await page.getByRole('button', { name: 'Try on 20 people' }).click();
      // Whoever is drawn: the run must not pause for money.
      await page.getByLabel('Budget, dollars').fill('20');
      await page.getByRole('button', { name: 'Start the trial' }).click();
      await page.waitForURL(/\/enrichment\/[0-9a-f-]{36}$/);
      await page.getByText('Finished').waitFor({ timeout: 150_000 });

      await open(page, '/enrichment/waterfall');
      await page.getByRole('button', { name: 'Publish draft' }).click();
      await page.getByLabel('What changed, and why').fill('cheaper first');
      await page.getByRole('button', { name: 'Publish', exact: true }).click();
      await page.getByRole('cell', { name: 'cheaper first' }).waitFor();
      await expect.poll(async () => (await names())[0]).toBe('LeadMagic');
      expect((await axeFindings(page)).join('\n')).toBe('');

      await rows
        .filter({ has: page.getByRole('cell', { name: before ?? '', exact: true }) })
        .getByRole('button', { name: 'Publish again' })
        .click();
      await page.getByRole('button', { name: 'Publish', exact: true }).click();
      await expect.poll(names).toEqual(written);
      expect(troubles.join('\n')).toBe('');
    }, 300_000);

    it('is used on people from a file: columns told, bad rows given back, cost told before, then run', async () => {
      await using context = await on().people.enter('revops');
      const { page, troubles } = await visit(context);
      await open(page, '/enrichment/import');
      const rows = [
        'Vorname;Nachname;Firma;Website;E-Mail',
        ...Array.from({ length: 30 }, (_, at) => `Ana;Novák ${at};Quay ${at};quay-${at}.example;`),
        'Bo;;;;not an address',
      ];
      await page.getByLabel('CSV file').setInputFiles({
        name: 'quays.csv',
        mimeType: 'text/csv',
        buffer: Buffer.from(rows.join('\r\n'), 'latin1'),
      });
      await page.getByRole('region', { name: 'Columns', exact: true }).waitFor();
      await expect.poll(() => page.getByLabel('Encoding').inputValue()).toBe('windows-1252');
      await expect.poll(() => page.getByLabel('What Firma holds').inputValue()).toBe('company');
      await page.getByRole('button', { name: 'Check the file' }).click();
      const found = page.getByRole('region', { name: 'What was found' });
      await found.waitFor();
      await found.getByText('"not an address" is not an e-mail address').first().waitFor();
      expect((await axeFindings(page)).join('\n')).toBe('');
      const [file] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: /^Download the/ }).click(),
      ]);
      expect(file.suggestedFilename()).toBe('left-out-of-quays.csv');
      await page.getByRole('button', { name: 'Bring in 30 people' }).click();
      await page.getByRole('region', { name: 'Forecast', exact: true }).waitFor();
      expect((await axeFindings(page)).join('\n')).toBe('');
      await page.getByRole('button', { name: 'Enrich 30 people' }).click();
      await page.waitForURL(/\/enrichment\/[0-9a-f-]{36}$/);
      await page.getByText('Finished').waitFor({ timeout: 150_000 });
      await open(page, '/enrichment/providers');
      await page.getByRole('button', { name: 'By position' }).click();
      await page.getByText('asked first').first().waitFor();
      expect(troubles.join('\n')).toBe('');
    }, 300_000);
  });
}
