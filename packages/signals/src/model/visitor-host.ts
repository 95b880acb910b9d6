import { registrableDomain } from '@penstock/accounts/model/domain-name';

/** Names that carriers and hosting providers give to addresses of their customers. */
const OF_CUSTOMERS =
  /(^|[.-])(adsl|broadband|cable|client|clients|compute|cpe|cust|customer|customers|dhcp|dial|dialup|dip|dsl|dyn|dynamic|fiber|fibre|ftth|home|host|hsd|ip|ipv4|mobile|mob|nat|node|pool|pools|ppp|pppoe|res|residential|static|unassigned|user|users|vdsl|vpn|wifi|wireless)([.-]|\d|$)/;

/** Carriers and hosting providers by the domain of their names for addresses. */
const CARRIERS: ReadonlySet<string> = new Set(
  `amazonaws.com azure.com bahn.de bbox.fr btcentralplus.com charter.com cloudflare.com cogentco.com colocrossing.com comcast.net comcastbusiness.net contabo.net contaboserver.net cox.net digitalocean.com
   eonet.ne.jp fastwebnet.it frontiernet.net gigaclear.net google.com googlebot.com googleusercontent.com hetzner.com hetzner.de hinet.net ionos.com kabel-deutschland.de kpn.net leaseweb.net level3.net
   linode.com linodeusercontent.com mediaways.net microsoft.com mycingular.net myvzw.com netcologne.de online.net optonline.net orange.fr ovh.ca ovh.net plus.net proxad.net qwest.net rackspace.com rr.com
   sbcglobal.net scaleway.com search.msn.com secureserver.net sfr.net shawcable.net spectrum.com sprint.net swisscom.ch t-ipconnect.de t-mobile.com tele2.se telekom.de telenor.net telia.com telstra.net telus.net
   tmodns.net unitymedia.de upc.ch verizon.net versatel.nl videotron.ca virginm.net virtua.com.br vodafone.de vodafone.it vultr.com vultrusercontent.com wanadoo.fr webpass.net windstream.net ziggo.nl`
    .split(/\s+/)
    .filter((domain) => domain !== ''),
);

export type HostVerdict =
  | { company: string }
  | { excluded: 'carrier' | 'hosting' | 'customer_name' | 'no_name' };

/** The company that a name of an address speaks of, or why it speaks of none: carriers name their customers' addresses too. */
export function companyOfHost(host: string, address: string): HostVerdict {
  const name = host.toLowerCase().replace(/\.$/, '');
  const domain = registrableDomain(name);
  if (domain === null) return { excluded: 'no_name' };
  if (CARRIERS.has(domain)) return { excluded: 'carrier' };
  const own = name.slice(0, Math.max(0, name.length - domain.length - 1));
  if (tellsAddress(own, address) || OF_CUSTOMERS.test(own)) return { excluded: 'customer_name' };
  return { company: domain };
}

/** `203-0-113-7`, `7.113.0.203`, `203000113007`, `cb007107`: made by a machine, for whoever has the address just now. */
function tellsAddress(own: string, address: string): boolean {
  const parts = address.split('.').map(Number);
  if (parts.length !== 4 || parts.some((part) => !Number.isInteger(part))) return false;
  const digits = own.split(/\D+/).filter((run) => run !== '');
  const runs = digits.map(Number);
  const has = (wanted: readonly number[]) =>
    runs.some((_, at) => wanted.every((part, offset) => runs[at + offset] === part));
  if (has(parts) || has(parts.toReversed()) || has(parts.slice(1)) || has(parts.slice(0, 3).toReversed()))
    return true;
  const hex = parts.map((part) => part.toString(16).padStart(2, '0')).join('');
  return own.includes(parts.map((part) => String(part).padStart(3, '0')).join('')) || own.includes(hex);
}

/** Where the name of an address stands; null for one of version 6, whose names hardly anybody keeps. */
export function reverseName(address: string): string | null {
  const parts = address.split('.');
  return parts.length === 4 && parts.every((part) => /^\d{1,3}$/.test(part))
    ? `${parts.toReversed().join('.')}.in-addr.arpa`
    : null;
}
