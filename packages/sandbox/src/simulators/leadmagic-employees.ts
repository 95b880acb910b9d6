import { knowledgeOf } from '../world/knowledge.ts';
import type { World } from '../world/world.ts';
import { findCompany } from './find-person.ts';
import { textIn } from './known-person.ts';
import type { VendorAnswer } from './vendor.ts';

const PAGE = 20;

/** `POST /v1/people/employee-finder`: whoever the vendor knows at a company, a twentieth of a credit each. */
export function findEmployees(world: World, body: Record<string, unknown>): VendorAnswer | null {
  const asked = textIn(body['company_name']);
  if (asked === null) return null;
  const company = findCompany(world, asked);
  const staff = world.people.filter(
    (person) => person.companyKey === company?.key && knowledgeOf('leadmagic', person).email,
  );
  if (!company || staff.length === 0)
    return { status: 200, body: { message: 'No data found for the given company.', credits_consumed: 0 } };
  const page = Math.max(1, Number(body['page'] ?? 1));
  const size = Math.min(50, Number(body['per_page'] ?? PAGE));
  const shown = staff.slice((page - 1) * size, page * size);
  const credits = Math.round(shown.length * 5) / 100;
  return {
    status: 200,
    body: {
      message: 'Data found for the given company.',
      total_count: staff.length,
      returned_count: shown.length,
      credits_consumed: credits,
      data: shown.map(({ givenName, familyName, title }) => ({
        first_name: givenName,
        last_name: familyName,
        title,
        website: `http://www.${company.domain}`,
        company_name: company.name,
      })),
    },
    ...(credits > 0 && { charge: { capability: 'employee-finder', personKey: company.key, credits } }),
  };
}
