import { randomOf } from './random.ts';
import type { Random } from './random.ts';
import { COMPANY_FIRST, COMPANY_SECOND, INDUSTRY_OF, PLACES } from './words.ts';
import type { Country } from './words.ts';
import type { WorldCompany } from './world.ts';

export const COMPANY_COUNT = 400;

/** All companies, the first always Brightwater Analytics of Boston. */
export function buildCompanies(): WorldCompany[] {
  const companies: WorldCompany[] = [];
  for (let at = 0; companies.length < COMPANY_COUNT; at += 1) {
    const first = COMPANY_FIRST[at % COMPANY_FIRST.length] ?? '';
    const second = COMPANY_SECOND[(at + Math.floor(at / COMPANY_FIRST.length)) % COMPANY_SECOND.length] ?? '';
    companies.push(companyOf(`${first} ${second}`, second, companies.length));
  }
  return companies;
}

function companyOf(name: string, second: string, index: number): WorldCompany {
  const random = randomOf(`company/${name}`);
  const country = index === 0 ? 'US' : countryOf(random);
  const place = index === 0 ? PLACES.US[0] : random.pick(PLACES[country]);
  // Log-uniform between 8 and 8,000: many small companies, few large ones.
  const employees = Math.round(8 * 1_000 ** random.next());
  return {
    key: `c-${String(index + 1).padStart(4, '0')}`,
    name,
    domain: `${name.toLowerCase().replaceAll(' ', '-')}.example`,
    industry: INDUSTRY_OF[second] ?? 'computer software',
    employees,
    revenueUsd: employees * (90_000 + random.int(160) * 1_000),
    country,
    ...place,
    foundedYear: 1975 + random.int(48),
    isCatchAll: index > 0 && random.chance(0.12),
    // A range that EDGAR has not reached.
    cik: country === 'US' ? String(9_900_000 + index).padStart(10, '0') : null,
  };
}

function countryOf(random: Random): Country {
  const draw = random.next();
  if (draw < 0.62) return 'US';
  if (draw < 0.72) return 'CA';
  if (draw < 0.9) return 'GB';
  return draw < 0.95 ? 'SE' : 'DE';
}
