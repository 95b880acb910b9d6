import type { World, WorldPerson } from '../world/world.ts';
import { knownPerson, soldMobileOf, textIn } from './known-person.ts';
import type { KnownPerson } from './known-person.ts';
import type { Spoil, VendorAccount, VendorAnswer, VendorCall, VendorSimulator } from './vendor.ts';

const failed = (status: 400 | 401 | 402 | 404 | 429, message: string): VendorAnswer => ({
  status,
  body: { message },
});

const REFUSALS = {
  bad_key: failed(401, 'Unauthorized (this sandbox takes sandbox_ keys only)'),
  no_credits: failed(402, 'No credits left to redeem contacts'),
  rate_limited: failed(429, 'Too many requests'),
};

/** Looking is free; a contact is a credit the first time it is redeemed. */
export function cognismSimulator(world: World): VendorSimulator {
  const people = new Map(world.people.map((person) => [person.key, person]));
  return {
    vendor: 'cognism',
    host: 'app.cognism.com',
    keyIn: { bearer: true },
    limits: [{ requests: 1_000, windowMs: 60_000 }],
    refuse: (why) => REFUSALS[why],
    answer(call, spoil, account) {
      if (call.path === '/api/search/contact/enrich') return preview(world, call);
      if (call.path === '/api/search/contact/redeem') return redeem(world, people, call, spoil, account);
      return failed(404, 'Not found');
    },
  };
}

/** Base64 without its padding; the answer to a redemption has it. */
const redeemIdOf = (person: WorldPerson): string =>
  Buffer.from(`${person.key};account`).toString('base64').replace(/=+$/, '');

function preview(world: World, { body }: VendorCall): VendorAnswer {
  const asked = {
    email: textIn(body['email']),
    linkedinUrl: textIn(body['linkedinUrl']),
    givenName: textIn(body['firstName']),
    familyName: textIn(body['lastName']),
    company: textIn(body['accountWebsite']),
  };
  const found = knownPerson(world, 'cognism', asked, null);
  if (!found || found.trap === 'empty_id') return { status: 200, body: { matchScore: 0, results: [] } };
  const { person, known } = found;
  return {
    status: 200,
    body: {
      matchScore: 38,
      results: [
        {
          id: person.key,
          redeemId: redeemIdOf(person),
          firstName: person.givenName,
          lastName: person.familyName,
          jobTitle: person.title,
          hasEmail: true,
          hasMobilePhoneNumbers: known.mobile && person.mobile !== null,
          hasDirectPhoneNumbers: person.landline !== null,
          hasLinkedinUrl: true,
        },
      ],
    },
  };
}

function redeem(
  world: World,
  people: ReadonlyMap<string, WorldPerson>,
  { body }: VendorCall,
  spoil: Spoil,
  account: VendorAccount,
): VendorAnswer {
  const ids = Array.isArray(body['redeemIds']) ? body['redeemIds'].map(String) : [];
  if (ids.length === 0 || ids.length > 20) return failed(400, 'redeemIds must hold 1 to 20 ids');
  const found = ids.flatMap((id) => {
    const person = people.get(Buffer.from(id, 'base64').toString('utf8').split(';')[0] ?? '');
    const known = person ? knownPerson(world, 'cognism', { email: person.email }, spoil) : null;
    return known === null ? [] : [known];
  });
  return {
    status: 200,
    body: { totalResults: found.length, results: found.map(contactOf) },
    charge: found
      .filter(({ person }) => !account.hasPaid('contact', person.key))
      .map(({ person }) => ({ capability: 'contact', personKey: person.key, credits: 1 })),
  };
}

function contactOf(found: KnownPerson): Record<string, unknown> {
  const { person, company, trap } = found;
  const id = redeemIdOf(person);
  const mobile = soldMobileOf(found);
  return {
    redeemId: id.padEnd(Math.ceil(id.length / 4) * 4, '='),
    firstName: person.givenName,
    lastName: person.familyName,
    ...(trap === null && {
      jobTitle: person.title,
      managementLevel: person.seniority,
      linkedinUrl: person.linkedinUrl,
    }),
    email: trap === 'masked' ? { address: null, quality: 'LOW' } : { address: person.email, quality: 'HIGH' },
    mobilePhoneNumbers:
      mobile === null || person.mobile === null ? [] : [{ number: mobile, numberType: 'MOBILE', dnc: false }],
    directPhoneNumbers:
      person.landline === null ? [] : [{ number: person.landline, numberType: 'FIXED_LINE', dnc: true }],
    account: {
      name: company.name,
      domain: company.domain,
      ...(trap === null && { headcount: company.employees, industry: [company.industry] }),
    },
  };
}
