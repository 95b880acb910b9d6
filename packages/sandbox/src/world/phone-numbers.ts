import type { Random } from './random.ts';
import type { Country } from './words.ts';

/** Area codes that are in use; 555-0100 to 555-0199 below each is reserved for fiction (NANPA). */
const US_AREAS = [
  '202',
  '206',
  '212',
  '213',
  '214',
  '215',
  '216',
  '217',
  '301',
  '303',
  '305',
  '310',
  '312',
  '313',
  '314',
  '404',
  '407',
  '408',
  '410',
  '412',
  '415',
  '502',
  '503',
  '504',
  '505',
  '512',
  '513',
  '602',
  '603',
  '612',
  '614',
  '615',
  '617',
  '619',
  '702',
  '703',
  '704',
  '713',
  '716',
  '718',
  '801',
  '802',
  '804',
  '808',
  '812',
  '813',
  '816',
  '901',
  '904',
  '916',
  '917',
  '919',
];
const CA_AREAS = ['416', '418', '514', '519', '604', '613', '647', '780', '902', '905'];

export type PhoneBook = {
  /** Each number once; null where the country's reserved range holds no mobiles, or is used up. */
  mobile(country: Country): string | null;
  landline(country: Country): string;
};

/** Numbers from ranges that are reserved for fiction, so that none can ever ring somebody. */
export function createPhoneBook(random: Random): PhoneBook {
  const taken = new Map<string, number>();
  const nextOf = (range: string): number => {
    const next = taken.get(range) ?? 0;
    taken.set(range, next + 1);
    return next;
  };
  const northAmerican = (areas: readonly string[]): string => {
    const at = nextOf(areas[0] ?? '');
    const area = areas[at % areas.length] ?? '202';
    return `+1${area}5550${String(100 + (Math.floor(at / areas.length) % 100))}`;
  };
  return {
    mobile(country) {
      if (country === 'US') return northAmerican(US_AREAS);
      if (country === 'CA') return northAmerican(CA_AREAS);
      // Ofcom, numbers for drama: 07700 900000–900999.
      if (country === 'GB') return numbered('+447700900', 3, nextOf('GB'), 1_000);
      // PTS: 070-174 06 05 to 06 99.
      if (country === 'SE') return numbered('+4670174', 4, 605 + nextOf('SE'), 700);
      return null;
    },
    landline(country) {
      if (country === 'US') return northAmerican(US_AREAS);
      if (country === 'CA') return northAmerican(CA_AREAS);
      // Ofcom: 020 7946 0000–0999. Bundesnetzagentur: (0)30 23125 000–999.
      if (country === 'DE') return `+493023125${String(random.int(1_000)).padStart(3, '0')}`;
      return `+4420794${String(60_000 + random.int(1_000))}`;
    },
  };
}

const numbered = (prefix: string, digits: number, at: number, end: number): string | null =>
  at < end ? prefix + String(at).padStart(digits, '0') : null;
