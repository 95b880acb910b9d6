import type { World } from '../world/world.ts';
import type { VendorAnswer, VendorSimulator } from './vendor.ts';

const error = (status: 401 | 404 | 429, code: number, message: string): VendorAnswer => ({
  status,
  body: { code, message, status },
});

const REFUSALS = {
  bad_key: error(401, 20_003, 'Authenticate (this sandbox takes sandbox_ keys only)'),
  no_credits: error(401, 20_003, 'Account suspended: no balance'),
  rate_limited: error(429, 20_429, 'Too Many Requests'),
};

/** `GET /v2/PhoneNumbers/{E.164}`: free, and a credit with the line type; Canada is not approved. */
export function twilioLookupSimulator(world: World): VendorSimulator {
  const mobiles = new Map(
    world.people.flatMap((person) => (person.mobile ? [[person.mobile, person.key]] : [])),
  );
  const landlines = new Map(
    world.people.flatMap((person) => (person.landline ? [[person.landline, person.key]] : [])),
  );
  const canadian = new Set(
    world.people.flatMap((person) => (person.country === 'CA' ? [person.mobile, person.landline] : [])),
  );
  return {
    vendor: 'twilio-lookup',
    host: 'lookups.twilio.com',
    keyIn: { basic: true },
    limits: [{ requests: 100, windowMs: 1_000 }],
    refuse: (why) => REFUSALS[why],
    answer({ path, query }) {
      const number = decodeURIComponent(path.replace('/v2/PhoneNumbers/', ''));
      if (!path.startsWith('/v2/PhoneNumbers/') || number === '')
        return error(404, 20_404, 'The requested resource was not found');
      const valid = /^\+[1-9]\d{7,14}$/.test(number);
      const base = { phone_number: number, valid, validation_errors: valid ? [] : ['NOT_A_NUMBER'] };
      if (!valid || query.get('Fields') !== 'line_type_intelligence')
        return { status: 200, body: { ...base, line_type_intelligence: null } };
      if (canadian.has(number))
        return { status: 200, body: { ...base, line_type_intelligence: { type: null, error_code: 60_601 } } };
      const type = mobiles.has(number) ? 'mobile' : landlines.has(number) ? 'landline' : 'nonFixedVoip';
      const personKey = mobiles.get(number) ?? landlines.get(number) ?? `number:${number}`;
      return {
        status: 200,
        body: { ...base, line_type_intelligence: { type, error_code: null } },
        charge: { capability: 'line-type', personKey, credits: 1 },
      };
    },
  };
}
