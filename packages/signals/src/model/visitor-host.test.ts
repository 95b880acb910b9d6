import { expect, it } from 'vitest';

import { companyOfHost, isSameAddress, recordOf, reverseName } from './visitor-host.ts';

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
  expect(reverseName('2001:db8::1')).toBe(
    '1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa',
  );
  for (const none of ['2001:db8', '1::2::3', '12345::', 'nothing', '1:2:3:4:5:6:7:8:9'])
    expect(reverseName(none), none).toBeNull();
});

it.each([
  ['gw.northmill.com', { company: 'northmill.com' }],
  ['v6.office.northmill.com', { company: 'northmill.com' }],
  ['2001-db8-85a3-0-0-8a2e-370-7334.some-carrier.net', { excluded: 'customer_name' }],
  ['20010db885a3000000008a2e03707334.some-carrier.net', { excluded: 'customer_name' }],
  ['0-8a2e-370-7334.some-carrier.net', { excluded: 'customer_name' }],
  ['p200300c1.dip0.t-ipconnect.de', { excluded: 'carrier' }],
])('reads %s of an address of version 6', (host, verdict) => {
  expect(companyOfHost(host, '2001:db8:85a3::8a2e:370:7334')).toEqual(verdict);
});

it('leads back by the record of its kind, however an address is written', () => {
  expect([recordOf('203.0.113.7'), recordOf('2001:db8::1')]).toEqual(['A', 'AAAA']);
  expect(isSameAddress('2001:DB8::1', '2001:0db8:0:0:0:0:0:1')).toBe(true);
  expect(isSameAddress('2001:db8::1', '2001:db8::2')).toBe(false);
  expect(isSameAddress('203.0.113.7', '203.0.113.7')).toBe(true);
});
