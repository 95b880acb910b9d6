/** What a fit is judged by. Null and empty mean that it is not known. */

import type { BuyingRole } from '@penstock/accounts/model/buying-role';
import { readTitle, type TitleRules } from '@penstock/accounts/model/title-rules';

export type Firmographics = {
  employeeCount: number | null;
  annualRevenueUsd: number | null;
  industry: string | null;
  country: string | null;
};

/** Known people, or a number that somebody has said: then it is all there are. */
export type Counted = { count: number; exact: boolean };
export type Dated = { name: string; at: Date };

export type FitProfile = {
  businessModel: readonly string[];
  growthStage: readonly string[];
  techStack: readonly string[];
  painPoints: readonly string[];
  stakeholders: Counted | null;
  departments: Counted | null;
  /** Departments that were hired for, the newest first. */
  growing: readonly Dated[];
};

export const NO_PROFILE: FitProfile = {
  businessModel: [],
  growthStage: [],
  techStack: [],
  painPoints: [],
  stakeholders: null,
  departments: null,
  growing: [],
};

/** `happened`: kinds of signals, each with when the newest of them was. */
export type FitFacts = Firmographics & { profile: FitProfile; happened: readonly Dated[] };

/** Words by trait: `traits` that somebody has set, `reported` by providers (a list separated by commas). */
export type ProfileSource = {
  traits: Readonly<Record<string, readonly string[]>>;
  reported: Readonly<Record<string, string>>;
  titles: readonly (string | null)[];
  roles: readonly (string | null)[];
  growing: readonly Dated[];
};

export function profileOf(source: ProfileSource, rules: TitleRules): FitProfile {
  const { traits, reported, titles, roles, growing } = source;
  const words = (trait: string): readonly string[] =>
    traits[trait] ??
    (reported[trait] ?? '')
      .split(/[,;|]/)
      .map((word) => word.trim())
      .filter(Boolean);
  const parts = titles.flatMap((title, at) => partOf(title, roles[at] ?? null, rules) ?? []);
  return {
    businessModel: words('business_model'),
    growthStage: words('growth_stage'),
    techStack: words('tech_stack'),
    painPoints: words('pain_points'),
    stakeholders: counted(traits['stakeholders'], parts.length),
    departments: counted(traits['departments'], new Set(parts).size),
    growing,
  };
}

/** The part somebody has in buying: as corrected, else by their title; null for none or an unknown one. */
function partOf(
  title: string | null,
  corrected: string | null,
  rules: TitleRules,
): BuyingRole | string | null {
  if (corrected === 'none') return null;
  return corrected ?? readTitle(title, rules).role;
}

function counted(said: readonly string[] | undefined, known: number): Counted | null {
  const number = Number(said?.[0] ?? Number.NaN);
  if (Number.isInteger(number) && number >= 0) return { count: number, exact: true };
  return known === 0 ? null : { count: known, exact: false };
}
