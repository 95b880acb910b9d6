import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

import type { AxeResults } from 'axe-core';
import type { BrowserContext, Page } from 'playwright-core';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export type Visit = {
  page: Page;
  /** What went wrong since the visit began: console errors, exceptions, failed requests. */
  troubles: string[];
};

/** A page whose troubles are written down. */
export async function visit(context: BrowserContext): Promise<Visit> {
  const page = await context.newPage();
  const troubles: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') troubles.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => troubles.push(`exception: ${error.message}`));
  page.on('requestfailed', (request) => {
    const why = request.failure()?.errorText ?? '';
    // Leaving a page ends its questions and its live channel.
    if (why !== 'net::ERR_ABORTED') troubles.push(`request: ${request.url()} ${why}`);
  });
  page.on('response', (response) => {
    if (response.status() >= 400) troubles.push(`answer: ${response.status()} ${response.url()}`);
  });
  return { page, troubles };
}

/** Opens an address and waits until nothing on it is being loaded. */
export async function open(page: Page, path: string): Promise<void> {
  await page.goto(path, { waitUntil: 'load' });
  await settled(page);
}

export async function settled(page: Page): Promise<void> {
  await page.waitForSelector('#page h1, #page h2, main h1', { state: 'attached', timeout: 60_000 });
  await page
    .locator('[aria-label=Loading], [data-loading]')
    .first()
    .waitFor({ state: 'detached', timeout: 60_000 });
  await page.evaluate('document.fonts.ready.then(() => undefined)');
}

/** Goes to an address within the console, as a link does: nothing is loaded anew. */
export async function go(page: Page, path: string): Promise<void> {
  await page.evaluate(`(() => {
    history.pushState({}, '', ${JSON.stringify(path)});
    dispatchEvent(new PopStateEvent('popstate'));
    return new Promise((shown) => requestAnimationFrame(() => requestAnimationFrame(shown)));
  })()`);
  await settled(page);
}

/** What axe finds that would keep somebody out: serious and critical; of all its rules, or of those named. */
export async function axeFindings(page: Page, rules?: readonly string[]): Promise<string[]> {
  if (!(await page.evaluate("'axe' in window"))) await page.evaluate(AXE);
  const options = { resultTypes: ['violations'], ...(rules && { runOnly: rules }) };
  const results = (await page.evaluate(`axe.run(${JSON.stringify(options)})`)) as AxeResults;
  return results.violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(
      ({ id, nodes }) =>
        `${id}: ${nodes
          .map((node) => node.target.join(' '))
          .slice(0, 3)
          .join(' | ')}`,
    );
}
