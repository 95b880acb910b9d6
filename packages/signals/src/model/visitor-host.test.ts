import { expect, it } from 'vitest';

import { companyOfHost, reverseName } from './visitor-host.ts';

it.each([
  ['gw.northmill.com', '203.0.113.7', { company: 'northmill.com' }],
  ['mail2.eu.northmill.co.uk.', '203.0.113.7', { company: 'northmill.co.uk' }],
  ['office-berlin.acme.de', '203.0.113.7', { company: 'acme.de' }],
  ['p5b2c1a2b.dip0.t-ipconnect.de', '91.44.26.43', { excluded: 'carrier' }],
  ['ec2-203-0-113-7.compute-1.amazonaws.com', '203.0.113.7', { excluded: 'carrier' }],
  ['7.113.0.203.some-carrier.net', '203.0.113.7', { excluded: 'customer_name' }],
  ['203-0-113-7.static.some-carrier.net', '203.0.113.7', { excluded: 'customer_name' }],
  ['cpe-98-12.some-carrier.net', '203.0.113.7', { excluded: 'customer_name' }],
  ['dyn12.some-carrier.net', '203.0.113.7', { excluded: 'customer_name' }],
  ['cb007107.bb.some-carrier.net', '203.0.113.7', { excluded: 'customer_name' }],
  ['203000113007.some-carrier.net', '203.0.113.7', { excluded: 'customer_name' }],
  ['localhost', '203.0.113.7', { excluded: 'no_name' }],
])('reads %s', (host, address, verdict) => {
  expect(companyOfHost(host, address)).toEqual(verdict);
});

it('knows where the name of an address stands', () => {
  expect(reverseName('203.0.113.7')).toBe('7.113.0.203.in-addr.arpa');
  expect(reverseName('2001:db8::1')).toBeNull();
});
