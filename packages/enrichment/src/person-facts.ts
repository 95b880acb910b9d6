import { newId } from '@penstock/kernel/ids';
import { emitEvents } from '@penstock/store/outbox';
import type { Tx } from '@penstock/store/tx';

import type { RecordFacts } from './model/step-condition.ts';
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

/** Values that survive for a person, judged by the waterfall's policy. */
export async function survivingValues(
  tx: Tx,
  personId: string,
  waterfall: Waterfall,
  now: Date,
): Promise<Survivor[]> {
  return judged(await tx.rows(sql.readObservations, personId), waterfall, now);
}

/** The surviving value of each field, judged by the waterfall's policy. */
export function judged(
  observations: readonly sql.ObservationRow[],
  waterfall: Waterfall,
  now: Date,
): Survivor[] {
  const fields = [...new Set(observations.map((observed) => observed.field))].toSorted();
  const survivorOf = (field: string, seniority: string | null) => {
    const ofField = observations
      .filter((observed) => observed.field === field)
      .map((observed) => expiringBy(observed, waterfall, seniority));
    return survivor(
      withVerdicts(ofField, now).map((observed) => ({
        ...observed,
        usable: usableNow(observed, waterfall, now),
      })),
      now,
    );
  };
  const seniority = survivorOf('seniority', null)?.value.toLowerCase() ?? null;
  return fields.flatMap((field) => survivorOf(field, seniority) ?? []);
}

/** A value lives as long as was said when it came, and no longer than this version lets it. */
function expiringBy(
  observed: sql.ObservationRow,
  waterfall: Waterfall,
  seniority: string | null,
): sql.ObservationRow {
  if (observed.provider === 'manual') return observed;
  const days = timeToLiveDays(waterfall, observed.field, seniority);
  const endsAt = new Date(observed.occurredAt.getTime() + days * DAY_MS);
  const expiresAt = observed.expiresAt !== null && observed.expiresAt < endsAt ? observed.expiresAt : endsAt;
  return { ...observed, expiresAt };
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

/** Adds observations and chooses anew what is shown; fills gaps of the account and tells scoring. */
export async function recordObservations(
  tx: Tx,
  about: { personId: string; accountId: string | null; ledgerId: string | null; costMicros: number },
  values: readonly NewObservation[],
  waterfall: Waterfall,
  now: Date,
  onAccountFacts: AccountFactsChanged,
): Promise<void> {
  if (values.length === 0) return;
  await tx.rows(
    sql.insertObservations,
    JSON.stringify(values.map((value) => ({ id: newId(now), ...value, line_type: value.lineType }))),
    about.personId,
    about.ledgerId,
    about.costMicros,
    now,
    new Date(now.getTime() + waterfall.timeToLiveDays * DAY_MS),
  );
  const surviving = await survivingValues(tx, about.personId, waterfall, now);
  await tx.rows(
    sql.writeVisible,
    JSON.stringify(
      surviving.map((value) => ({
        ...value,
        observation_id: value.id,
        line_type: value.lineType,
        chosen_because: value.chosenBecause,
        observed_at: value.occurredAt,
        expires_at: value.expiresAt,
      })),
    ),
    about.personId,
    'person',
    now,
  );
  await emitEvents(tx, now, [
    { kind: 'person.changed', payload: { personId: about.personId, accountId: about.accountId } },
  ]);
  await fillAccountFacts(tx, about.accountId, surviving, now, onAccountFacts);
}

async function fillAccountFacts(
  tx: Tx,
  accountId: string | null,
  surviving: readonly Survivor[],
  now: Date,
  changed: AccountFactsChanged,
) {
  if (accountId === null) return;
  const valueOf = (field: string) => surviving.find((value) => value.field === field)?.value ?? null;
  const size = valueOf('company_size');
  const filled = await tx.rows(
    sql.fillAccount,
    accountId,
    size === null ? null : employeeCount(size),
    valueOf('industry'),
    now,
  );
  const tells = surviving.some(({ field }) => OF_THE_COMPANY.has(field));
  if (filled.length > 0 || tells) await changed(tx, [accountId], now);
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
  return {
    ...(person.givenName && { givenName: person.givenName }),
    ...(person.familyName && { familyName: person.familyName }),
    ...(person.companyName && { companyName: person.companyName }),
    ...(person.companyDomain && { companyDomain: person.companyDomain }),
    ...(email && { email }),
    ...(linkedinUrl && { linkedinUrl }),
    ...(phone && { phone }),
  };
}
