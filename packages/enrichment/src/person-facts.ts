import { newId } from '@penstock/kernel/ids';
import { emitEvents } from '@penstock/store/outbox';
import type { Tx } from '@penstock/store/tx';

import type { RecordFacts } from './model/step-condition.ts';
import { insertObservations, rowsOf } from './list-run/insert-observations.ts';
import { writeVisible } from './list-run/write-visible.ts';
import { survivor, withVerdicts, type Survivor } from './model/survivorship.ts';
import { isUsable, timeToLiveDays, type Waterfall } from './model/waterfall.ts';
import type {
  KnownFacts,
  LineType,
  ReportedValue,
  VerificationResult,
  WantedField,
} from './provider-port.ts';
import * as sql from './run-statements.ts';

/** Implemented by scoring: an account's facts have changed, so its fit has. */
export type AccountFactsChanged = (tx: Tx, accountIds: readonly string[], now: Date) => Promise<void>;

const DAY_MS = 86_400_000;

/** The surviving value of each field, judged by the waterfall's policy. */
export function judged(
  observations: readonly sql.ObservationRow[],
  waterfall: Waterfall,
  now: Date,
): Survivor[] {
  const byField = new Map<string, sql.ObservationRow[]>();
  for (const observed of observations) {
    const same = byField.get(observed.field);
    if (same) same.push(observed);
    else byField.set(observed.field, [observed]);
  }
  const survivorOf = (field: string, seniority: string | null) => {
    const days = timeToLiveDays(waterfall, field, seniority);
    const ofField = (byField.get(field) ?? []).map((observed) => standing(observed, waterfall, days, now));
    return survivor(ofField.length > 1 ? withVerdicts(ofField, now) : ofField, now);
  };
  const seniority = byField.has('seniority')
    ? (survivorOf('seniority', null)?.value.toLowerCase() ?? null)
    : null;
  const surviving: Survivor[] = [];
  for (const field of sortedKeys(byField)) {
    const one = survivorOf(field, seniority);
    if (one) surviving.push(one);
  }
  return surviving;
}

/** Of most people one thing is known while they are being asked about. */
function sortedKeys(of: ReadonlyMap<string, unknown>): string[] {
  const keys = [...of.keys()];
  return keys.length > 1 ? keys.toSorted() : keys;
}

/**
 * A value lives as long as was said when it came, and no longer than this version lets it: `days`. Written out, not spread: it is made thrice for every
 * value of a list, of rows that come from different places.
 */
function standing(
  observed: sql.ObservationRow,
  waterfall: Waterfall,
  days: number,
  now: Date,
): sql.ObservationRow & { usable: boolean } {
  const { id, field, value, provider, confidence, verification, lineType, occurredAt } = observed;
  const expiresAt = provider === 'manual' ? observed.expiresAt : endOf(observed, days);
  const known = { id, field, value, provider, confidence, verification, lineType, occurredAt, expiresAt };
  return { ...known, usable: usableNow(known, waterfall, now) };
}

function endOf({ occurredAt, expiresAt }: sql.ObservationRow, days: number): Date {
  const endsMs = occurredAt.getTime() + days * DAY_MS;
  return expiresAt !== null && expiresAt.getTime() <= endsMs ? expiresAt : new Date(endsMs);
}

function usableNow(observed: sql.ObservationRow, waterfall: Waterfall, now: Date): boolean {
  if (observed.expiresAt !== null && observed.expiresAt <= now) return false;
  // Safe: only values of the provider port's unions are ever written.
  const candidate = {
    value: observed.value,
    verification: observed.verification as VerificationResult | null,
    lineType: observed.lineType as LineType | null,
    confidence: observed.confidence,
  };
  return isUsable(observed.field as WantedField, candidate, waterfall.policy);
}

export type NewObservation = Pick<
  ReportedValue,
  'field' | 'value' | 'confidence' | 'verification' | 'lineType'
> & { provider: string };

/** A value with the call that told it, and what that cost. */
export type ToldValue = NewObservation & { ledgerId: string | null; costMicros: number };

/**
 * Adds what was observed and chooses anew what is shown; fills gaps of the account and tells scoring.
 * @param known all values there are of the person, whom the caller holds
 * @returns the new rows
 */
export async function recordObservations(
  tx: Tx,
  about: { personId: string; accountId: string | null },
  known: readonly sql.ObservationRow[],
  told: readonly ToldValue[],
  waterfall: Waterfall,
  now: Date,
  onAccountFacts: AccountFactsChanged,
): Promise<sql.ObservationRow[]> {
  if (told.length === 0) return [];
  const { personId, accountId } = about;
  const values = told.map((value) => ({ ...value, id: newId(now), personId }));
  const rows = rowsOf(values, waterfall, now);
  const surviving = judged([...known, ...rows], waterfall, now);
  const filling = accountId === null ? [] : fillAccount(tx, accountId, surviving, now);
  const [, , , filled] = await Promise.all([
    insertObservations(tx, values, waterfall, now),
    writeVisible(tx, [{ personId, surviving }], now),
    emitEvents(tx, now, [{ kind: 'person.changed', payload: { personId, accountId } }]),
    filling,
  ]);
  const tells = surviving.some(({ field }) => OF_THE_COMPANY.has(field));
  if (accountId !== null && (filled.length > 0 || tells)) await onAccountFacts(tx, [accountId], now);
  return rows;
}

function fillAccount(
  tx: Tx,
  accountId: string,
  surviving: readonly Survivor[],
  now: Date,
): Promise<{ id: string }[]> {
  const valueOf = (field: string) => surviving.find((value) => value.field === field)?.value ?? null;
  const size = valueOf('company_size');
  const employees = size === null ? null : employeeCount(size);
  const industry = valueOf('industry');
  if (employees === null && industry === null) return Promise.resolve([]);
  return tx.rows(sql.fillAccount, accountId, employees, industry, now);
}

/** What is said of a person's company and a profile may ask for. */
const OF_THE_COMPANY: ReadonlySet<string> = new Set(['business_model', 'growth_stage', 'tech_stack']);

/** `1234` → 1234; a band gives its middle (`201-500` → 350, `10001+` → 10001); anything else null. */
export function employeeCount(text: string): number | null {
  const [low, high] = (text.match(/\d+/g) ?? []).map(Number);
  if (low === undefined || !Number.isSafeInteger(low)) return null;
  return high === undefined ? low : Math.round((low + high) / 2);
}

/** What conditions of a waterfall are held against: the record's own facts, filled up by what was observed. */
export function recordFacts(person: sql.PersonToEnrich, surviving: readonly Survivor[]): RecordFacts {
  const valueOf = (field: string) => surviving.find((value) => value.field === field)?.value ?? null;
  const size = valueOf('company_size');
  return {
    country: person.country,
    seniority: valueOf('seniority')?.toLowerCase() ?? null,
    industry: person.industry ?? valueOf('industry'),
    employees: person.employees ?? (size === null ? null : employeeCount(size)),
  };
}

/** What may be told to providers: names, company, and values that survived. */
export function knownFacts(person: sql.PersonToEnrich, surviving: readonly Survivor[]): KnownFacts {
  const valueOf = (field: string) => surviving.find((value) => value.field === field)?.value;
  const email = valueOf('work_email') ?? person.emailKey;
  const linkedinUrl = valueOf('linkedin_url');
  const phone = valueOf('mobile');
  const known: KnownFacts = {};
  if (person.givenName) known.givenName = person.givenName;
  if (person.familyName) known.familyName = person.familyName;
  if (person.companyName) known.companyName = person.companyName;
  if (person.companyDomain) known.companyDomain = person.companyDomain;
  if (email) known.email = email;
  if (linkedinUrl) known.linkedinUrl = linkedinUrl;
  if (phone) known.phone = phone;
  return known;
}
