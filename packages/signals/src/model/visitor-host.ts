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
  const nibbles = nibblesOf(address);
  return nibbles === null ? tellsNumbers(own, address.split('.').map(Number)) : tellsNibbles(own, nibbles);
}

function tellsNumbers(own: string, parts: readonly number[]): boolean {
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

/** `2001-db8-0-0-1-2-3-4`, `20010db8000000000001000200030004`, or the half that stands for the machine. */
function tellsNibbles(own: string, nibbles: string): boolean {
  const groups = nibbles.match(/.{4}/g) ?? [];
  const short = groups.map((group) => group.replace(/^0{1,3}/, ''));
  const told = own.split(/[^0-9a-f]+/).map((run) => run.replace(/^0{1,3}(?=.)/, ''));
  const has = (wanted: readonly string[]) =>
    told.some((_, at) => wanted.every((group, offset) => told[at + offset] === group));
  const packed = own.replaceAll(/[^0-9a-f]/g, '');
  return (
    has(short) ||
    (short.slice(4).some((group) => group !== '0' && group !== '1') && has(short.slice(4))) ||
    packed.includes(nibbles) ||
    packed.includes(nibbles.split('').toReversed().join('')) ||
    (!/^0{12}/.test(nibbles.slice(16)) && packed.includes(nibbles.slice(16)))
  );
}

/** The 32 digits of an address of version 6; null for what is none, and for one that only wraps an address of version 4. */
function nibblesOf(address: string): string | null {
  if (!/^[0-9a-f:]{2,39}$/i.test(address) || !address.includes(':')) return null;
  const [head = '', tail, more] = address.toLowerCase().split('::');
  const groupsIn = (part: string | undefined) => (part ?? '').split(':').filter((group) => group !== '');
  const [before, after] = [groupsIn(head), groupsIn(tail)];
  const missing = 8 - before.length - after.length;
  if (more !== undefined || (tail === undefined ? missing !== 0 : missing < 1)) return null;
  const groups = [...before, ...Array.from({ length: missing }, () => '0'), ...after];
  return groups.some((group) => group.length > 4)
    ? null
    : groups.map((group) => group.padStart(4, '0')).join('');
}

/** Where the name of an address stands; null for what is no address. */
export function reverseName(address: string): string | null {
  const nibbles = nibblesOf(address);
  if (nibbles !== null) return `${nibbles.split('').toReversed().join('.')}.ip6.arpa`;
  const parts = address.split('.');
  return parts.length === 4 && parts.every((part) => /^\d{1,3}$/.test(part))
    ? `${parts.toReversed().join('.')}.in-addr.arpa`
    : null;
}

/** Which record leads a name back to an address. */
export const recordOf = (address: string): 'A' | 'AAAA' => (nibblesOf(address) === null ? 'A' : 'AAAA');

/** Whether two texts are one address, however they are written. */
export const isSameAddress = (one: string, other: string): boolean =>
  (nibblesOf(one) ?? one) === (nibblesOf(other) ?? other);
