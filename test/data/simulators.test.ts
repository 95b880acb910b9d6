import { createSandbox } from '@penstock/sandbox/create-sandbox';
import { createHttpClient } from '@penstock/http/http-client';
import { createSourceAdapters } from '@penstock/sources/registry';
import { expect, it } from 'vitest';

import { referencePath } from './reference.ts';

it('Notion’s filing reaches us unaltered over HTTP, through feed, document and evidence', async (context) => {
  referencePath(context, 'sec-edgar/form-d/NotionLabs.D.xml');
  const referenceDir = referencePath(context, '');
  await using sandbox = await createSandbox({ referenceDir, delayMs: [0, 0] });
  await using client = createHttpClient({ sandboxOrigin: sandbox.url });
  const target = {
    service: 'sec-edgar',
    origin: `${sandbox.url}/www.sec.gov`,
    declaredHosts: ['www.sec.gov'],
    timeoutMs: 5_000,
  };
  const feed = createSourceAdapters({ contact: 'Penstock tests tests@penstock.example' }).get(
    'sec-edgar/current-form-d',
  );
  const request = feed?.listRequest(null, 0, new Date()) ?? { path: '' };
  sandbox.control.releaseFiling('notion');
  const items = feed?.parseList(await client.send(target, request), request).items ?? [];
  const notion = items.find(({ title }) => title === 'D - Notion Labs, Inc.');
  expect(notion).toBeDefined();
  if (!feed || !notion) return;
  const reading = feed.parseItem(notion, await client.send(target, feed.itemRequest(notion)));
  expect(reading).toMatchObject({
    outcome: 'signal',
    finding: { facts: { amountSoldUsd: 48_828_287, offeringAmountUsd: 50_000_000 }, strength: 0.927 },
  });
});
