import type { World, WorldCompany } from '../../world/world.ts';
import { formDDocument } from './form-d-document.ts';
import type { InventedFiling } from './form-d-document.ts';
import { realFilings } from './real-filings.ts';

/** A filing that the simulator can serve; its document never changes, only the date in feed and index is the sandbox's. */
export type Filing = {
  /** How a release asks for it. */
  key: string;
  accession: string;
  form: 'D' | 'D/A';
  cik: string;
  name: string;
  xml: string;
  origin: 'real' | 'invented';
  /** `baseline` filings were there before anybody watched. */
  release: 'baseline' | 'on demand';
};

/** All filings, in the order in which `next` releases them: real ones where the reference folder has them. */
export function buildFilings(world: World, referenceDir: string | null, today: Date): Filing[] {
  const issuers = world.companies.filter((company) => company.cik !== null);
  const invented = inventions(issuers, today).map(({ key, release, ...filing }, index): Filing => {
    const accession = accessionOf(filing.cik, index);
    return {
      key,
      accession,
      form: filing.form,
      cik: filing.cik,
      name: filing.name,
      xml: formDDocument(filing),
      origin: 'invented',
      release,
    };
  });
  return [...invented, ...realFilings(referenceDir)];
}

const accessionOf = (cik: string, index: number): string => `${cik}-26-${String(index + 1).padStart(6, '0')}`;

type Invention = InventedFiling & Pick<Filing, 'key' | 'release'>;

type Terms = Partial<Invention> & Pick<Invention, 'key' | 'offered' | 'sold'>;

const FUND = {
  name: 'Tallgrass Harbor Ventures Fund II, L.P.',
  cik: '0009999001',
  city: 'Menlo Park',
  region: 'CA',
  fundType: 'Venture Capital Fund',
};

/** One of every kind that a reader must tell apart, then ordinary rounds of growing size. */
function inventions(issuers: readonly WorldCompany[], today: Date): Invention[] {
  const daysAgo = (days: number): string =>
    new Date(today.getTime() - days * 86_400_000).toISOString().slice(0, 10);
  const of = (index: number, terms: Terms): Invention => ({
    ...ordinary(issuers[index % issuers.length], daysAgo(6)),
    ...terms,
  });
  const old = (index: number, key: string, sold: string, days: number): Invention =>
    of(index, { key, offered: '12000000', sold, release: 'baseline', firstSale: daysAgo(days) });
  // An amendment names the filing that it replaces: the place in this list is part of the accession number.
  const amended = (index: number, place: number): Pick<Invention, 'form' | 'amends'> => ({
    form: 'D/A',
    amends: accessionOf(issuers[index]?.cik ?? '', place),
  });
  return [
    old(20, 'old-1', '4000000', 40),
    old(21, 'old-2', '9500000', 33),
    old(22, 'old-3', '600000', 28),
    of(0, { key: 'first', offered: '18000000', sold: '15250000' }),
    of(0, { key: 'fund', offered: '150000000', sold: '62000000', investors: 41, ...FUND }),
    of(2, { key: 'indefinite', offered: 'Indefinite', sold: '3400000' }),
    of(3, { key: 'yet-to-occur', offered: '7000000', sold: '0', firstSale: 'yet to occur', investors: 0 }),
    of(0, { key: 'amendment', offered: '18000000', sold: '18000000', ...amended(0, 3) }),
    of(20, {
      key: 'old-amendment',
      offered: '12000000',
      sold: '6000000',
      firstSale: daysAgo(40),
      ...amended(20, 0),
    }),
    ...[5, 6, 7, 8, 9, 10].map((index) =>
      of(index, {
        key: `round-${index}`,
        offered: String(index * 4_000_000),
        sold: String(index * 3_100_000),
      }),
    ),
  ];
}

function ordinary(
  company: WorldCompany | undefined,
  firstSale: string,
): Omit<Invention, 'key' | 'offered' | 'sold'> {
  return {
    form: 'D',
    release: 'on demand',
    cik: company?.cik ?? '',
    name: `${company?.name ?? ''}, Inc.`,
    city: company?.city ?? '',
    region: company?.region ?? '',
    firstSale,
    investors: 12,
  };
}
