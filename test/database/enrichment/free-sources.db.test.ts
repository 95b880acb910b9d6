import { invariant } from '@penstock/kernel/invariant';
import { providerAdapters } from '@penstock/providers/registry';
import { expect, it } from 'vitest';

import { outsideFixture } from '../outside-fixture.ts';
import { workspaceFixture } from '../workspace-fixture.ts';

it('free sources see the invented companies’ DNS and sites, and nothing outside, from a sandbox workspace', async () => {
  await using workspace = await workspaceFixture();
  await using fixture = await outsideFixture(workspace);
  const web = fixture.outside.openWebOf(workspace.workspaceId);
  const ask = (provider: string, capability: string, known: Record<string, string>) => {
    const adapter = providerAdapters.get(provider);
    invariant(adapter?.answerFromOpenWeb, `${provider} is a free source`);
    return adapter.answerFromOpenWeb(capability, known, web);
  };
  const open = fixture.sandbox.world.companies.find(({ key }) => key.endsWith('2'));
  const closed = fixture.sandbox.world.companies.find(({ key }) => key.endsWith('7'));
  invariant(open && closed, 'the world has both');
  const check = (email: string) => ask('email-check', 'check', { email });
  expect(await check(`ada@${open.domain}`)).toMatchObject({ result: 'unknown', vendorCredits: 0 });
  expect(await check(`info@${open.domain}`)).toMatchObject({ result: 'do_not_mail' });
  expect(await check('ada@no-such-company.example')).toMatchObject({ result: 'invalid' });
  const site = await ask('company-site', 'site', { companyDomain: open.domain });
  expect(site).toMatchObject({
    outcome: 'hit',
    vendorCredits: 0,
    reported: expect.arrayContaining([
      expect.objectContaining({ field: 'company_size', value: String(open.employees) }),
    ]),
  });
  const shut = await ask('company-site', 'site', { companyDomain: closed.domain });
  expect(shut).toMatchObject({ outcome: 'hit', reported: [{ field: 'tech_stack' }] });
});
