import { describe, expect, it } from 'vitest';

import { buildWorld } from './build-world.ts';
import { knowledgeOf } from './knowledge.ts';

const world = buildWorld();

describe('the world', () => {
  it('is the same every time', () => {
    expect(buildWorld().people).toEqual(world.people);
  });

  it('has 400 companies and 4,000 people, none of them twice', () => {
    expect([world.companies.length, world.people.length]).toEqual([400, 4_000]);
    expect([world.companyByDomain.size, world.personByEmail.size, world.personByName.size]).toEqual([
      400, 4_000, 4_000,
    ]);
    expect(world.companies[0]).toMatchObject({
      name: 'Brightwater Analytics',
      domain: 'brightwater-analytics.example',
      country: 'US',
    });
  });

  it('lies in reserved domains and numbers alone', () => {
    const mobiles = world.people.flatMap((person) => person.mobile ?? []);
    expect(
      world.people.every(
        (person) =>
          person.email.endsWith('.example') && person.linkedinUrl.startsWith('https://profiles.example/'),
      ),
    ).toBe(true);
    expect(new Set(mobiles).size).toBe(mobiles.length);
    const numbers = world.people
      .flatMap((person) => [person.mobile, person.landline])
      .filter((number) => number !== null);
    const reserved =
      /^(\+1\d{3}55501\d\d|\+447700900\d{3}|\+46701740(60[5-9]|6[1-9]\d)|\+4420794[6]0\d{3}|\+493023125\d{3})$/;
    expect(numbers.filter((number) => !reserved.test(number))).toEqual([]);
  });

  it('has people with a mobile, with a desk phone only and with neither, catch-alls and closed mailboxes', () => {
    const share = (count: number): number => count / world.people.length;
    expect(share(world.people.filter((person) => person.mobile).length)).toBeGreaterThan(0.6);
    expect(share(world.people.filter((person) => person.landline).length)).toBeGreaterThan(0.1);
    expect(world.companies.filter((company) => company.isCatchAll).length).toBeGreaterThan(20);
    expect(world.people.filter((person) => person.mailbox === 'gone').length).toBeGreaterThan(100);
  });

  it('is known to each vendor by 40 to 60 %, and to both together by at least 85 %', () => {
    const knows = (vendor: 'people-data-labs' | 'leadmagic') =>
      new Set(
        world.people.filter((person) => {
          const known = knowledgeOf(vendor, person);
          return known.email && known.trap === null;
        }),
      );
    const first = knows('people-data-labs');
    const second = knows('leadmagic');
    const together = new Set([...first, ...second]).size / world.people.length;
    for (const share of [first.size, second.size].map((size) => size / world.people.length)) {
      expect(share).toBeGreaterThan(0.4);
      expect(share).toBeLessThan(0.6);
    }
    expect(together).toBeGreaterThanOrEqual(0.85);
  });
});
