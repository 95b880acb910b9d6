import ipaddr from 'ipaddr.js';

/** True for globally routable addresses only. Private, loopback, link-local (cloud metadata), shared, multicast,
 * reserved and tunnelled ranges are refused; an IPv4 address in IPv6 clothes is judged as IPv4. */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  return ipaddr.process(address).range() === 'unicast';
}

export function isLoopbackAddress(address: string): boolean {
  return ipaddr.isValid(address) && ipaddr.process(address).range() === 'loopback';
}
