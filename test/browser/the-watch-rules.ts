import { expect, it } from 'vitest';

import type { Stage } from './console.test.ts';
import { open, visit } from './visit.ts';

/** RevOps writes a rule for openings and one for news, sees what they would have told, and only then saves and publishes them. */
export function theWatchRules(on: () => Stage): void {
  it('shows what rules for openings and for news hit in the last 90 days before they are saved', async () => {
    await using context = await on().people.enter('revops');
    const { page, troubles } = await visit(context);
    await open(page, '/settings/watch-rules');
    // The first rule would take the hits of one below it.
    await page.getByRole('button', { name: /^Sales operations/ }).click();
    await page.getByRole('button', { name: 'Remove rule' }).click();
    await page.getByRole('button', { name: 'New rule' }).click();
    await page.getByText('needs at least one phrase').waitFor();
    await page.getByLabel('Name', { exact: true }).fill('Hiring sales operations');
    const titles = page.getByRole('combobox', { name: 'The title says any of' });
    await titles.fill('sales ops');
    await titles.press('Enter');
    const hits = page.getByRole('list', { name: 'Hits of Hiring sales operations' });
    await hits.waitFor();
    await hits.getByRole('listitem').first().getByText('Sales Operations').first().waitFor();
    await page.getByRole('button', { name: 'News', exact: true }).click();
    await page.getByRole('button', { name: 'New rule' }).click();
    await page.getByText('needs a phrase').waitFor();
    await page.getByLabel('Name', { exact: true }).fill('Rounds');
    const words = page.getByRole('combobox', { name: 'Says any of' });
    await words.fill('rais*');
    await words.press('Enter');
    const told = page.getByRole('list', { name: 'Hits of Rounds' });
    await told.getByRole('listitem').first().getByText('raises').first().waitFor();
    await page.getByRole('button', { name: 'Save draft' }).click();
    await page.getByRole('button', { name: 'Publish draft' }).click();
    await page.getByLabel('What changed, and why').fill('One rule for sales operations');
    await page.getByRole('button', { name: 'Publish', exact: true }).click();
    await page.getByRole('row', { name: /Published One rule for sales operations/ }).waitFor();
    await page.getByRole('button', { name: 'Publish again' }).first().click();
    await page.getByRole('row', { name: /Published Back to version/ }).waitFor();
    expect(troubles.join('\n')).toBe('');
  });
}
