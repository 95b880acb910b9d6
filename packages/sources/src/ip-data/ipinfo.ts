import { SourceError, type SourceFault } from '@penstock/signals/source-port';
import type { IpDataAdapter, NetworkOwner } from '@penstock/signals/visit-port';
import { z } from 'zod';

/** `GET ipinfo.io/{address}/json`: the owner of the network, and what kind of one. https://ipinfo.io/developers/data-types */
const Reply = z.object({
  ip: z.string(),
  bogon: z.boolean().optional(),
  /** `AS64500 Northmill Inc.`; all that the cheapest plan tells. */
  org: z.string().optional(),
  company: z.object({ name: z.string(), domain: z.string().nullish(), type: z.string() }).optional(),
  asn: z.object({ name: z.string(), domain: z.string().nullish(), type: z.string() }).optional(),
  privacy: z
    .object({ vpn: z.boolean(), proxy: z.boolean(), tor: z.boolean(), hosting: z.boolean() })
    .partial()
    .optional(),
});

const KINDS: Readonly<Record<string, NetworkOwner['kind']>> = {
  business: 'company',
  isp: 'carrier',
  hosting: 'hosting',
  education: 'education',
};
const FAULTS: Readonly<Record<number, SourceFault>> = {
  401: 'forbidden',
  403: 'forbidden',
  429: 'rate_limited',
};
const ID = 'ipinfo';

export const ipinfo: IpDataAdapter = {
  manifest: { id: ID, name: 'IPinfo', host: 'ipinfo.io' },
  request: (address) => ({ path: `/${encodeURIComponent(address)}/json` }),
  read({ status, body }) {
    if (status === 404) return null;
    const fault = FAULTS[status];
    if (fault) throw new SourceError(ID, fault, `answered ${status}`);
    if (status !== 200) throw new SourceError(ID, 'unreachable', `answered ${status}`);
    const reply = Reply.safeParse(jsonOf(body));
    if (!reply.success) throw new SourceError(ID, 'malformed', 'the reply is not what the vendor describes');
    return ownerOf(reply.data);
  },
};

function ownerOf({ bogon, company, asn, privacy }: z.output<typeof Reply>): NetworkOwner | null {
  if (bogon) return null;
  const owner = company ?? asn;
  // `org` alone names the carrier, or the company if it is its own: nobody can tell which.
  if (!owner) return null;
  const hidden = privacy?.vpn || privacy?.proxy || privacy?.tor || privacy?.hosting;
  return {
    name: owner.name,
    domain: owner.domain ?? null,
    kind: hidden ? 'hosting' : (KINDS[owner.type] ?? 'unknown'),
  };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
