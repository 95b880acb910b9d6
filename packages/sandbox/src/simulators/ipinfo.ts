import type { Hono } from 'hono';

import type { ScriptBook } from '../control/script-book.ts';
import type { World, WorldCompany } from '../world/world.ts';
import { html, json, pause, untilGone } from './replies.ts';

const HOST = 'ipinfo.io';
const TOKEN = /^Bearer sandbox_/;
/** Networks that are kept for documents: nobody can be reached there. */
const NETWORKS = ['192.0.2.', '198.51.100.'];
const PER_NETWORK = 200;

/** The address from which an invented company looks at the web; null for those that have none. */
export function addressOf(company: WorldCompany): string | null {
  const at = Number(company.key.slice(2)) - 1;
  const network = NETWORKS[Math.floor(at / PER_NETWORK)];
  return network === undefined ? null : `${network}${(at % PER_NETWORK) + 1}`;
}

/** Every third company gives its address no name of its own: only the vendor knows it. */
export const hasName = (company: WorldCompany): boolean => Number(company.key.slice(2)) % 3 !== 0;

export function companyAt(world: World, address: string): WorldCompany | null {
  return world.companies.find((company) => addressOf(company) === address) ?? null;
}

/** IPinfo with the plan that tells companies. `203.0.113.…` belongs to a carrier. */
export function mountIpinfo(
  app: Hono,
  deps: { world: World; scripts: ScriptBook; delayMs: () => number },
): void {
  app.get(`/${HOST}/:address/json`, async (context) => {
    const { fault, delayMs } = deps.scripts.take('ipinfo', context.req.url);
    await pause(delayMs ?? deps.delayMs(), context.req.raw.signal);
    if (!TOKEN.test(context.req.header('authorization') ?? ''))
      return json({ status: 403, body: { status: 403, error: { title: 'Unknown token' } } });
    if (fault === 'hang') return untilGone(context.req.raw.signal);
    if (fault === '500' || fault === 'html') return html(fault === '500' ? 500 : 200);
    if (fault?.startsWith('429'))
      return json({ status: 429, body: { status: 429, error: { title: 'Rate limit exceeded' } } });
    const address = context.req.param('address');
    if (!/^[\d.]+$|:/.test(address))
      return json({ status: 404, body: { status: 404, error: { title: 'Wrong ip' } } });
    return json({ status: 200, body: bodyOf(deps.world, address) });
  });
}

function bodyOf(world: World, address: string): object {
  const company = companyAt(world, address);
  if (company)
    return {
      ip: address,
      city: company.city,
      country: company.country,
      company: { name: company.name, domain: company.domain, type: 'business' },
      privacy: { vpn: false, proxy: false, tor: false, hosting: false },
    };
  return {
    ip: address,
    org: 'AS64511 Somewhere Broadband',
    company: { name: 'Somewhere Broadband', domain: 'somewhere-broadband.example', type: 'isp' },
  };
}
