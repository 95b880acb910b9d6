import { randomOf } from '@penstock/sandbox/world/random';

export type WorldAccount = {
  id: string;
  name: string;
  formerName: string | null;
  country: string;
  region: string;
  city: string;
};

export type NoisyMention = {
  noise: string;
  /** Today's name first. */
  names: string[];
  country: string | null;
  region: string | null;
  city: string | null;
  /** Id of the account that is meant; null for a company that is none. */
  truth: string | null;
};

const SYLLABLES =
  'ba be bo bra bri ca cal cen cor da del dor dra el en fal fen flo gal gen gra hal har hel in jor ka kel kor la len lin lo mar mel mon mor na nel nor o pal per pol quil ra ren ri ro sal sen sol sta sul ta ter tha tor tra u val ven ver vi vol wel win xa yor za zen'.split(
    ' ',
  );
const SECOND =
  'Analytics|Systems|Logistics|Software|Labs|Robotics|Foods|Energy|Health|Partners|Consulting|Therapeutics|Networks|Materials|Retail|Insurance|Holdings|Dynamics|Instruments|Freight|Biologics|Interactive|Security|Payments'.split(
    '|',
  );
const FORMS = ['Inc.', 'Inc', 'LLC', 'Corp.', 'Corporation', 'Ltd.', 'GmbH', 'L.L.C.', 'Co.', 'Limited', ''];
const PLACES = [
  ['US', 'MA', 'Boston'],
  ['US', 'CA', 'San Francisco'],
  ['US', 'TX', 'Austin'],
  ['US', 'NY', 'New York'],
  ['US', 'WA', 'Seattle'],
  ['US', 'IL', 'Chicago'],
  ['GB', 'England', 'London'],
  ['DE', 'Berlin', 'Berlin'],
  ['CA', 'ON', 'Toronto'],
  ['SE', 'Stockholm', 'Stockholm'],
] as const;
const NAMESAKES = 0.02;
const RENAMED = 0.05;

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

function coined(random: ReturnType<typeof randomOf>): string {
  const syllables = Array.from(
    { length: 3 + random.int(2) },
    () => SYLLABLES[random.int(SYLLABLES.length)] ?? '',
  );
  return capital(syllables.join(''));
}

const idOf = (index: number): string => `01900000-0000-7000-c000-${index.toString(16).padStart(12, '0')}`;

/** Invented companies: coined names with a common second word, some renamed, some of the same name in another town. */
export function companyWorld(count: number): WorldAccount[] {
  const random = randomOf('bench/match/world');
  const accounts: WorldAccount[] = [];
  for (let index = 0; index < count; index += 1) {
    const [country, region, city] = PLACES[random.int(PLACES.length)] ?? PLACES[0];
    const twin = random.chance(NAMESAKES) ? accounts[random.int(accounts.length)] : undefined;
    const name = twin?.name ?? `${coined(random)} ${SECOND[random.int(SECOND.length)] ?? ''}`;
    const formerName = random.chance(RENAMED)
      ? `${coined(random)} ${SECOND[random.int(SECOND.length)] ?? ''}`
      : null;
    accounts.push({ id: idOf(index), name, formerName, country, region, city });
  }
  return accounts;
}

/** How sources name companies: three in four are accounts, the others are not, some of them close to one. */
export function mentionsOf(world: readonly WorldAccount[], count: number): NoisyMention[] {
  const random = randomOf('bench/match/mentions');
  const names = new Set(world.map((account) => account.name));
  const unheard = (): string => {
    const name = `${coined(random)} ${SECOND[random.int(SECOND.length)] ?? ''}`;
    return names.has(name) ? unheard() : name;
  };
  return Array.from({ length: count }, () => {
    const account = world[random.int(world.length)];
    if (account === undefined) throw new TypeError('an empty world');
    const placed = random.chance(0.7);
    const place = placed
      ? { country: account.country, region: account.region, city: account.city }
      : { country: account.country, region: null, city: null };
    const form = FORMS[random.int(FORMS.length)] ?? '';
    const known = (noise: string, ...names: string[]): NoisyMention => ({
      noise,
      names,
      ...place,
      truth: account.id,
    });
    const draw = random.next();
    if (draw < 0.3) return known('other legal form', `${account.name} ${form}`.trim());
    if (draw < 0.4) return known('capitals', `${account.name.toUpperCase()} ${form.toUpperCase()}`.trim());
    if (draw < 0.65) return known('typing error', `${mistyped(account.name, random)} ${form}`.trim());
    if (draw < 0.72 && account.formerName !== null) return known('former name', account.formerName);
    if (draw < 0.78)
      return known(
        'renamed by the source',
        `${coined(random)} ${SECOND[random.int(SECOND.length)] ?? ''}`,
        account.name,
      );
    if (draw < 0.89)
      return {
        noise: 'unknown company',
        names: [`${unheard()} ${form}`.trim()],
        ...place,
        truth: null,
      };
    return {
      noise: 'unknown, half alike',
      names: [`${account.name.split(' ')[0] ?? ''} ${coined(random)} ${form}`.trim()],
      ...place,
      truth: null,
    };
  });
}

function mistyped(name: string, random: ReturnType<typeof randomOf>): string {
  const at = 1 + random.int(name.length - 2);
  const letter = String.fromCodePoint(97 + random.int(26));
  return random.pick([
    name.slice(0, at) + name.slice(at + 1),
    name.slice(0, at) + letter + name.slice(at),
    name.slice(0, at) + letter + name.slice(at + 1),
    name.slice(0, at) + (name[at + 1] ?? '') + (name[at] ?? '') + name.slice(at + 2),
  ]);
}
