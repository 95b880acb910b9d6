import { findPhrases, fold, type PhraseFinder } from '@penstock/kernel/phrases';

import type { BuyingRole, Seniority } from './buying-role.ts';

/** What titles say about a person's part in buying and their rank: a versioned document of RevOps. */
export type TitleRule = {
  name: string;
  /** Any of these phrases in the title; `*` at an end of a word stands for any ending or beginning. */
  says: readonly string[];
  /** None of these. */
  saysNot: readonly string[];
  /** `none`: no part in buying; null: the rule says nothing of it. */
  role: BuyingRole | 'none' | null;
  /** null: the rule says nothing of it. */
  seniority: Seniority | null;
};

/** In order: the first rule that fits and says something of the part, or of the rank, counts. */
export type TitleRules = { rules: readonly TitleRule[] };

type Said = { rule: string; phrase: string };
export type TitleReading = {
  role: BuyingRole | null;
  seniority: Seniority | null;
  /** The rule that said the part, and its phrase in the title; null: it follows from the rank. */
  roleBy: Said | null;
  /** Null: no rule knows the rank, so it is taken as that of an individual. */
  seniorityBy: Said | null;
};

const UNTITLED: TitleReading = { role: null, seniority: null, roleBy: null, seniorityBy: null };

type Prepared = {
  rules: readonly { rule: TitleRule; says: PhraseFinder; saysNot: PhraseFinder }[];
  /** Titles recur: each is read once. */
  read: Map<string, TitleReading>;
};
const MOST_READ = 20_000;
/** Of a longer title the beginning counts. */
const LONGEST_TITLE = 300;

const prepared = new WeakMap<TitleRules, Prepared>();

function prepare(rules: TitleRules): Prepared {
  const known = prepared.get(rules);
  if (known) return known;
  const made: Prepared = {
    rules: rules.rules.map((rule) => ({
      rule,
      says: findPhrases(rule.says, []),
      saysNot: findPhrases(rule.saysNot, []),
    })),
    read: new Map(),
  };
  prepared.set(rules, made);
  return made;
}

/** Role and seniority by rules, with which of them said so; nothing where there is no title. A person's own correction goes before this. */
export function readTitle(title: string | null, rules: TitleRules): TitleReading {
  const text = fold((title ?? '').slice(0, LONGEST_TITLE));
  if (text.trim() === '') return UNTITLED;
  const { rules: ready, read } = prepare(rules);
  const known = read.get(text);
  if (known) return known;
  const reading = readFolded(text, ready);
  if (read.size >= MOST_READ) read.clear();
  read.set(text, reading);
  return reading;
}

function readFolded(text: string, rules: Prepared['rules']): TitleReading {
  const saying = (aspect: 'role' | 'seniority') => {
    for (const { rule, says, saysNot } of rules) {
      if (rule[aspect] === null) continue;
      const phrase = says(text);
      if (phrase !== null && saysNot(text) === null) return { rule, said: { rule: rule.name, phrase } };
    }
    return null;
  };
  const [part, rank] = [saying('role'), saying('seniority')];
  const seniority = rank?.rule.seniority ?? 'individual';
  const role = part?.rule.role ?? roleOfRank(seniority);
  return {
    role: role === 'none' ? null : role,
    seniority,
    roleBy: part?.said ?? null,
    seniorityBy: rank?.said ?? null,
  };
}

/** Who pays, checks or installs is that before anything else; everybody else is what their rank makes them. */
function roleOfRank(seniority: Seniority): BuyingRole {
  if (seniority === 'chief' || seniority === 'vice_president') return 'executive';
  return seniority === 'individual' ? 'end_user' : 'department_manager';
}

/** A title of which no rule knows anything. */
export const isUnknown = (reading: TitleReading): boolean =>
  reading.roleBy === null && reading.seniorityBy === null;
