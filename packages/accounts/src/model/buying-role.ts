/** What a title says about a person's part in buying (R013) and their rank. English, German and French titles. */

export const BUYING_ROLES = [
  'executive',
  'department_manager',
  'end_user',
  'it',
  'finance',
  'procurement',
] as const;
export type BuyingRole = (typeof BUYING_ROLES)[number];
export type Seniority = 'chief' | 'vice_president' | 'director' | 'manager' | 'individual';

export const ROLE_LABELS: Record<BuyingRole, string> = {
  executive: 'Executive',
  department_manager: 'Department manager',
  end_user: 'End user',
  it: 'IT',
  finance: 'Finance',
  procurement: 'Procurement',
};

/** Most senior first; the first that fits counts, so "vice president" is read before "president". */
const RANKS: readonly [Seniority, RegExp][] = [
  ['individual', /\b(assistant|assistenz|intern|trainee) (to|of|der|des)\b|\bexecutive assistant\b/],
  ['vice_president', /\b(vice[ -]president|[se]?vp)\b/],
  [
    'chief',
    /\b(chief|c[efotrimps]o|ciso|founder|co-?founder|owner|president|managing director|geschäftsführer(in)?|vorstand|président|directeur général)\b/,
  ],
  ['director', /\b(director|head|leiter(in)?|directeur|directrice)\b/],
  ['manager', /\b(manager(in)?|lead|supervisor|team ?leader|responsable)\b/],
];

/** What somebody does; whoever pays, checks or installs is that before anything else. */
const FUNCTIONS: readonly [BuyingRole, RegExp][] = [
  ['procurement', /\b(procurement|purchasing|sourcing|buyer|einkauf|einkäufer(in)?|achats)\b/],
  ['finance', /\b(financ\w*|finanz\w*|cfo|controll\w+|account(ant|ing)|treasur\w+|payroll|buchhalt\w+)\b/],
  [
    'it',
    /\b(it|ciso|cio|cto|information (technology|security)|security (engineer|officer)|infosec|devops|software|engineering|engineer|developer|data|platform|technology|crm admin\w*|systems? admin\w*|informatique)\b/,
  ],
];

export type TitleReading = { role: BuyingRole | null; seniority: Seniority | null };

/** Role and seniority by rules; nothing where there is no title. A person's own correction goes before this. */
export function readTitle(title: string | null): TitleReading {
  const text = (title ?? '').toLowerCase().trim();
  if (text === '') return { role: null, seniority: null };
  const seniority = RANKS.find(([, pattern]) => pattern.test(text))?.[0] ?? 'individual';
  const functional = FUNCTIONS.find(([, pattern]) => pattern.test(text))?.[0];
  return { role: functional ?? roleOfRank(seniority), seniority };
}

function roleOfRank(seniority: Seniority): BuyingRole {
  if (seniority === 'chief' || seniority === 'vice_president') return 'executive';
  return seniority === 'individual' ? 'end_user' : 'department_manager';
}

const ORDER: readonly Seniority[] = ['chief', 'vice_president', 'director', 'manager', 'individual'];
/** 0 for the highest; unknown ranks last. */
export const rankOf = (seniority: Seniority | null): number =>
  seniority === null ? ORDER.length : ORDER.indexOf(seniority);
