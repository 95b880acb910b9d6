/** Which news of boards counts for a workspace: a versioned document of RevOps. */
export type JobRule = {
  name: string;
  /** Any of these phrases in the title; `*` at the end of a word stands for any ending. */
  titles: readonly string[];
  /** None of these. */
  notTitles: readonly string[];
  /** Any of these words in department or team; empty: any department. */
  departments: readonly string[];
  /** ISO countries; empty: anywhere. */
  countries: readonly string[];
  seniority: 'any' | 'lead';
  /** 0–1 */
  strength: number;
};

export type WatchRules = {
  jobs: readonly JobRule[];
  /** Openings of these titles make the team whose growth and shrinking is told. */
  team: { name: string; titles: readonly string[] };
};

/** Phrases for one thing, so that a rule names it once. */
const SYNONYMS: readonly (readonly string[])[] = [
  ['sales operations', 'sales ops', 'salesops'],
  ['revenue operations', 'revenue ops', 'revops', 'rev ops', 'rev-ops'],
  ['go to market', 'gtm', 'go-to-market'],
  ['account executive', 'ae'],
  ['sales development representative', 'sdr', 'sales development rep'],
  ['business development representative', 'bdr', 'business development rep'],
  ['chief revenue officer', 'cro'],
  ['vice president', 'vp', 'v.p.'],
  ['customer relationship management', 'crm'],
];

const LEADS =
  /\b(head|lead|leader|director|vp|v\.p\.|vice president|chief|svp|evp|cro|cmo|ceo|cfo|coo|manager of managers|principal|president)\b/i;

/** R021 and R029: who hires for sales operations, or grows the sales organisation. */
export const DEFAULT_WATCH_RULES: WatchRules = {
  jobs: [
    {
      name: 'Sales operations',
      titles: [
        'sales operations',
        'revenue operations',
        'go to market operations',
        'sales enablement',
        'sales systems',
        'crm administrator',
        'crm manager',
        'salesforce administrator',
        'hubspot administrator',
        'deal desk',
      ],
      notTitles: ['intern', 'internship', 'working student', 'werkstudent'],
      departments: [],
      countries: [],
      seniority: 'any',
      strength: 0.6,
    },
    {
      name: 'Sales leadership',
      titles: ['sales', 'revenue', 'commercial'],
      notTitles: ['intern', 'assistant', 'engineer', 'engineering'],
      departments: [],
      countries: [],
      seniority: 'lead',
      strength: 0.5,
    },
  ],
  team: {
    name: 'Sales',
    titles: [
      'account executive',
      'sales development representative',
      'business development representative',
      'account manager',
      'sales manager',
      'sales representative',
      'inside sales',
      'sales engineer',
      'sales executive',
      'sales',
    ],
  },
};

const fold = (text: string): string =>
  ` ${text
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}*]+/gu, ' ')
    .trim()} `;

/** True if the phrase, or one that means the same, stands in the text as whole words. */
export function saysPhrase(text: string, phrase: string): boolean {
  const folded = fold(text);
  return variantsOf(phrase).some((variant) => {
    const words = fold(variant);
    if (!words.includes('*')) return words.trim() !== '' && folded.includes(words);
    return words.trim() !== '*' && new RegExp(words.replaceAll('*', '[\\p{L}\\p{N}]*'), 'u').test(folded);
  });
}

function variantsOf(phrase: string): string[] {
  const folded = fold(phrase);
  const variants = new Set([phrase]);
  for (const group of SYNONYMS) {
    const named = group.find((one) => folded.includes(fold(one)));
    if (named !== undefined)
      for (const other of group) variants.add(folded.replace(fold(named), ` ${other} `).trim());
  }
  return [...variants];
}

export type JudgedOpening = {
  title: string;
  department: string | null;
  team?: string | null;
  countries: readonly string[];
};

/** The first rule that an opening fits; null if none does. */
export function ruleOf(rules: WatchRules, opening: JudgedOpening): JobRule | null {
  return rules.jobs.find((rule) => fits(rule, opening)) ?? null;
}

/** True for openings of the team whose size is watched. */
export const isOfTeam = (rules: WatchRules, opening: JudgedOpening): boolean =>
  rules.team.titles.some((phrase) => saysPhrase(opening.title, phrase));

function fits(rule: JobRule, opening: JudgedOpening): boolean {
  const place = `${opening.department ?? ''} ${opening.team ?? ''}`;
  return (
    rule.titles.some((phrase) => saysPhrase(opening.title, phrase)) &&
    !rule.notTitles.some((phrase) => saysPhrase(opening.title, phrase)) &&
    (rule.departments.length === 0 || rule.departments.some((word) => saysPhrase(place, word))) &&
    (rule.countries.length === 0 || opening.countries.some((country) => rule.countries.includes(country))) &&
    (rule.seniority === 'any' || LEADS.test(opening.title))
  );
}
