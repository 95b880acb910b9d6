/** A person's part in buying (R013) and their rank; titles are read into them by `title-rules.ts`. */

export const BUYING_ROLES = [
  'executive',
  'department_manager',
  'end_user',
  'it',
  'finance',
  'procurement',
] as const;
export type BuyingRole = (typeof BUYING_ROLES)[number];

/** Most senior first. */
export const SENIORITIES = ['chief', 'vice_president', 'director', 'manager', 'individual'] as const;
export type Seniority = (typeof SENIORITIES)[number];

export const ROLE_LABELS: Record<BuyingRole, string> = {
  executive: 'Executive',
  department_manager: 'Department manager',
  end_user: 'End user',
  it: 'IT',
  finance: 'Finance',
  procurement: 'Procurement',
};

export const SENIORITY_LABELS: Record<Seniority, string> = {
  chief: 'Chief',
  vice_president: 'Vice president',
  director: 'Director',
  manager: 'Manager',
  individual: 'Individual',
};

/** 0 for the highest; unknown ranks last. */
export const rankOf = (seniority: Seniority | null): number =>
  seniority === null ? SENIORITIES.length : SENIORITIES.indexOf(seniority);
