type Words = readonly [string, ...string[]];

const split = (text: string): Words => {
  const [first = '', ...rest] = text.trim().split(/\s+/);
  return [first, ...rest];
};

export const COMPANY_FIRST = split(`
  Brightwater Northmill Larkspur Cedarline Quillstone Harborlight Fernhill Ironbridge Mapleton Copperfield Silverbirch
  Windrose Stonewell Oakhaven Riverbend Bluefinch Greyfell Sundale Westmarch Eastgate Highmoor Lowfield Thornbury Ashdown
  Marlowe Pinecrest Redwick Saltmarsh Tidewell Underhill Valeford Wrenfield Yarrow Zephyr Amberley Birchwood Coldharbour
  Dunmore Elmstead Foxglove Gullwing Hazelmere`);

export const COMPANY_SECOND = split(`
  Analytics Systems Logistics Robotics Health Energy Payments Security Learning Materials Networks Foods Mobility
  Insurance Studios Biotech Devices Software Freight Retail`);

export const INDUSTRY_OF: Record<string, string> = {
  Analytics: 'computer software',
  Systems: 'information technology and services',
  Logistics: 'logistics and supply chain',
  Robotics: 'industrial automation',
  Health: 'hospital & health care',
  Energy: 'renewables & environment',
  Payments: 'financial services',
  Security: 'computer & network security',
  Learning: 'e-learning',
  Materials: 'chemicals',
  Networks: 'telecommunications',
  Foods: 'food production',
  Mobility: 'automotive',
  Insurance: 'insurance',
  Studios: 'computer games',
  Biotech: 'biotechnology',
  Devices: 'medical devices',
  Software: 'computer software',
  Freight: 'transportation/trucking/railroad',
  Retail: 'retail',
};

export const GIVEN = split(`
  Ada Bruno Carmen Dmitri Elif Farah Goran Hanna Idris Jolene Kwame Lucía Mateo Nadia Oscar Priya Quentin Rosa Samir Tova
  Umar Vera Wanda Xavier Yuki Zoë Aisha Björn Chloé Dara Emeka Fiona Gustav Hye-jin Ines Javier Katarzyna Liam Maya Noor
  Olga Pedro Renée Stefan Thandi Uma Viktor Wen Yara Zane Alice Benjamin Clara Daniel Emma Frank Grace Henry Irene James
  Kate Laura Martin Nora Oliver Paula Robert Sarah Thomas William`);

export const FAMILY = split(`
  Okafor Lindqvist Moreau Tanaka Petrov Haddad Kowalski O'Brien Nakamura Silva Fischer Rossi Novák Andersen Mbeki Castillo
  Dubois Eriksen Farouk García Hughes Ibrahim Jansen Kim Larsen Müller Ndiaye Olsen Park Quinn Reyes Sato Torres Ueda
  Varga Weiss Xu Yilmaz Zhang Ahmed Brandt Costa Diaz Ekström Ferrari Grant Hoffmann Ivanov Jovanović Khan Lopez Marsh
  Nguyen Osei Pires Rahman Schmidt Thorne Unger Voss Walsh Young Zimmer Abbott Bishop Carver Doyle Ellis Foster Gould
  Hale Irwin Joyce Kerr Lowe Mercer Nash Orr Pike Reed Shaw Tate Vance Webb York St-Pierre`);

export type Role = { role: string; titles: readonly [string, ...string[]] };

/** By seniority, as vendors name it; the world has many more of the later ones. */
export const ROLES: Record<'cxo' | 'vp' | 'director' | 'manager' | 'entry', readonly [Role, ...Role[]]> = {
  cxo: [
    { role: 'operations', titles: ['Chief Executive Officer', 'Chief Operating Officer'] },
    { role: 'finance', titles: ['Chief Financial Officer'] },
    { role: 'engineering', titles: ['Chief Technology Officer'] },
    { role: 'sales', titles: ['Chief Revenue Officer'] },
  ],
  vp: [
    { role: 'sales', titles: ['VP Sales', 'VP Revenue Operations'] },
    { role: 'marketing', titles: ['VP Marketing', 'VP Growth'] },
    { role: 'engineering', titles: ['VP Engineering', 'VP Product'] },
  ],
  director: [
    { role: 'sales', titles: ['Director of Sales', 'Director of Sales Operations'] },
    { role: 'marketing', titles: ['Director of Demand Generation'] },
    { role: 'operations', titles: ['Director of Operations', 'Head of Procurement'] },
    { role: 'engineering', titles: ['Head of Data', 'Director of Engineering'] },
  ],
  manager: [
    { role: 'sales', titles: ['Sales Manager', 'Revenue Operations Manager'] },
    { role: 'marketing', titles: ['Marketing Manager'] },
    { role: 'operations', titles: ['Operations Manager', 'Office Manager'] },
    { role: 'engineering', titles: ['Engineering Manager', 'Data Platform Manager'] },
  ],
  entry: [
    { role: 'sales', titles: ['Account Executive', 'Sales Development Representative'] },
    { role: 'marketing', titles: ['Marketing Associate'] },
    { role: 'engineering', titles: ['Software Engineer', 'Data Analyst'] },
    { role: 'operations', titles: ['Operations Analyst', 'Buyer'] },
  ],
};

/** Cities with EDGAR's state code where there is one. */
export const PLACES: Record<Country, readonly [Place, ...Place[]]> = {
  US: [
    { city: 'Boston', region: 'MA' },
    { city: 'Austin', region: 'TX' },
    { city: 'Denver', region: 'CO' },
    { city: 'Chicago', region: 'IL' },
    { city: 'Seattle', region: 'WA' },
    { city: 'Atlanta', region: 'GA' },
    { city: 'San Francisco', region: 'CA' },
    { city: 'New York', region: 'NY' },
  ],
  CA: [
    { city: 'Toronto', region: 'ON' },
    { city: 'Montréal', region: 'QC' },
  ],
  GB: [
    { city: 'London', region: 'England' },
    { city: 'Leeds', region: 'England' },
  ],
  SE: [{ city: 'Stockholm', region: 'Stockholm' }],
  DE: [{ city: 'Berlin', region: 'Berlin' }],
};

export type Country = 'US' | 'CA' | 'GB' | 'SE' | 'DE';
export type Place = { city: string; region: string };
