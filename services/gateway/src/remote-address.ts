import { getConnInfo } from '@hono/node-server/conninfo';
import type { Context } from 'hono';

/** Address of the other end of the connection; empty where there is no socket (a request made inside the process). */
export function remoteAddress(c: Context): string {
  try {
    return getConnInfo(c).remote.address ?? '';
  } catch {
    return '';
  }
}

/**
 * Address of the visitor: what the outermost of so many proxies of our own saw. What stands further left in the header was written by
 * the visitor, and is not believed.
 */
export function visitorAddress(c: Context, proxyHops: number): string {
  const remote = remoteAddress(c).replace(/^::ffff:/, '');
  if (proxyHops === 0) return remote;
  const told = (c.req.header('x-forwarded-for') ?? '').split(',').map((part) => part.trim());
  const address = told[told.length - proxyHops] ?? '';
  return address === '' ? remote : address.replace(/^::ffff:/, '');
}
