import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';

import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';

import type { Stage } from './console.test.ts';
import type { Look } from './people.ts';
import { PICTURED, RECORDS } from './places.ts';
import { axeFindings, open, settled, visit } from './visit.ts';

type Scheme = Look['scheme'];

const ROOT = join(import.meta.dirname, '../..');
const PICTURES = join(ROOT, '.penstock/screenshots');
const README_PICTURES: Readonly<Record<string, string>> = {
  'queue-wide-light': 'queue.png',
  'leads-record-wide-dark': 'lead.png',
};

/** Pictures of every page at both sizes in light and dark; nothing may be wider than the screen. */
export function theLooks(on: () => Stage): void {
  describe('looks', () => {
    it.concurrent.each(['wide', 'phone'] as const)(
      'fits and is readable: %s, light and dark',
      async (size) => {
        await using context = await on().people.enter('admin', { size });
        const { page, troubles } = await visit(context);
        mkdirSync(PICTURES, { recursive: true });
        const findings: string[] = [];
        const look = async (name: string, scheme: Scheme, rules?: readonly string[]) => {
          await page.emulateMedia({ colorScheme: scheme });
          await page.waitForSelector(`html[data-mantine-color-scheme=${scheme}]`);
          await picture(page, `${name}-${size}-${scheme}`);
          const found = await axeFindings(page, rules);
          findings.push(...found.map((finding) => `${name}, ${scheme}: ${finding}`));
        };
        // The next page opens in the scheme that the last one was left in: a change costs as much as a load.
        let [first, second]: [Scheme, Scheme] = ['light', 'dark'];
        const inBoth = async (name: string) => {
          await look(name, first);
          // What axe looks at is the same in both, but for the colours.
          await look(name, second, ['color-contrast']);
          [first, second] = [second, first];
          const tooWide = await page.evaluate('document.documentElement.scrollWidth > window.innerWidth');
          if (tooWide) findings.push(`${name} is wider than the screen`);
        };
        for (const path of PICTURED) {
          await open(page, path);
          await inBoth(path.slice(1).replaceAll(/[/?=]/g, '-'));
        }
        for (const path of RECORDS) {
          await open(page, path);
          const record = page.locator('[role=row] a').first();
          if ((await record.count()) === 0) continue;
          await record.click();
          await settled(page);
          await inBoth(`${path.slice(1)}-record`);
        }
        expect([...findings, ...troubles].join('\n')).toBe('');
      },
    );

    it('keeps the claim button within the thumb’s reach', async () => {
      await using context = await on().people.enter('rep', { size: 'phone' });
      const { page } = await visit(context);
      await open(page, '/queue?filter=unclaimed');
      await page.locator('a[id^=queue-]').first().click();
      const box = await page.getByRole('button', { name: 'Claim' }).boundingBox();
      expect(box?.y ?? 0).toBeGreaterThan(844 * 0.75);
      expect(box?.height ?? 0).toBeGreaterThanOrEqual(36);
    });
  });
}

async function picture(page: Page, name: string): Promise<void> {
  const file = join(PICTURES, `${name}.png`);
  await page.screenshot({ path: file });
  const target = README_PICTURES[name];
  if (target && process.env['PENSTOCK_README_PICTURES'] === '1') {
    mkdirSync(join(ROOT, 'docs/images'), { recursive: true });
    copyFileSync(file, join(ROOT, 'docs/images', target));
  }
}
