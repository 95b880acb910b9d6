import { emailMarks } from '@penstock/accounts/model/email-address';
import { readPhone } from '@penstock/accounts/model/phone-number';
import { countryCodeInAny } from '@penstock/kernel/country-code';
import { newId } from '@penstock/kernel/ids';
import { emitEvents } from '@penstock/store/outbox';
import type { Store } from '@penstock/store/store';
import { maybeOne, type Tx } from '@penstock/store/tx';
import { parseInput } from '@penstock/workspace/operation';

import { LeadForm } from './form-contract.ts';
import * as sql from './lead-statements.ts';
import { pickFields } from './model/form-input.ts';

const SAME_PERSON_WITHIN_MS = 30 * 86_400_000;
const SAME_SUBMISSION_WITHIN_MS = 10 * 60_000;
const ANSWERS_KEPT = 40;

export type Submission = {
  workspaceId: string;
  formId: string;
  posted: Record<string, unknown>;
  isTest: boolean;
  /** Made by the caller before the first attempt, so that an attempt whose answer was lost can be repeated. */
  leadId: string;
  receivedAt: Date;
};

export type StoredSubmission = { leadId: string; isNew: boolean };

/**
 * Stores what a form sent, durably; nothing else has to work for it. The same submission twice is one submission, the same
 * person twice is one lead with both requests.
 * @throws DomainError `invalid` naming the field
 */
export async function storeSubmission(store: Store, submission: Submission): Promise<StoredSubmission> {
  const fields = parseInput(LeadForm, pickFields(submission.posted));
  return store.inWorkspace(submission.workspaceId, (tx) => storeFields(tx, submission, fields));
}

/** The same inside the caller's transaction. */
export function storeSubmissionIn(tx: Tx, submission: Submission): Promise<StoredSubmission> {
  return storeFields(tx, submission, parseInput(LeadForm, pickFields(submission.posted)));
}

async function storeFields(tx: Tx, submission: Submission, fields: LeadForm): Promise<StoredSubmission> {
  const { formId, receivedAt, isTest } = submission;
  const answers = JSON.stringify(boundedAnswers(submission.posted));
  await tx.rows(sql.lockAddress, fields.email);
  const since = new Date(receivedAt.getTime() - SAME_PERSON_WITHIN_MS);
  const open = await maybeOne(tx, sql.openLeadOf, fields.email, formId, isTest, since);
  if (open) {
    const recently = new Date(receivedAt.getTime() - SAME_SUBMISSION_WITHIN_MS);
    const same = await maybeOne(tx, sql.sameSubmission, open.id, answers, recently);
    if (!same) {
      await tx.rows(sql.insertSubmission, newId(receivedAt), open.id, formId, answers, receivedAt);
      await emitEvents(tx, receivedAt, [{ kind: 'lead.changed', payload: { leadId: open.id } }]);
    }
    return { leadId: open.id, isNew: false };
  }
  await insertNew(tx, submission, fields, answers);
  return { leadId: submission.leadId, isNew: true };
}

async function insertNew(tx: Tx, submission: Submission, fields: LeadForm, answers: string): Promise<void> {
  const { leadId, formId, receivedAt } = submission;
  const country = countryOf(fields.country);
  const phone = fields.phone === '' ? '' : readPhone(fields.phone, country);
  const marks = [...emailMarks(fields.email), ...(phone === null ? ['phone_unreadable'] : [])];
  await tx.rows(
    sql.insertLead,
    leadId,
    formId,
    fields.email,
    fields.givenName,
    fields.familyName,
    fields.company,
    // A number that can't be read is kept as it was typed: a person may still make sense of it.
    phone ?? fields.phone,
    country,
    fields.message,
    marks,
    submission.isTest,
    receivedAt,
    newId(receivedAt),
    answers,
    newId(receivedAt),
  );
  await emitEvents(tx, receivedAt, [{ kind: 'lead.received', payload: { leadId } }]);
}

/** A country by its name or code; two letters more, since some regions with numbers of their own (Ascension, Tristan da Cunha) are no countries. */
const countryOf = (text: string): string =>
  countryCodeInAny(text) ?? (/^[A-Za-z]{2}$/.test(text) ? text.toUpperCase() : '');

/** The answers as they came, bounded; fields whose names begin with an underscore are the product's own. */
function boundedAnswers(posted: Record<string, unknown>): Record<string, string> {
  const kept = Object.entries(posted).filter(([key]) => !key.startsWith('_'));
  return Object.fromEntries(
    // Postgres stores no NUL character in text or JSON.
    kept
      .slice(0, ANSWERS_KEPT)
      .map(([key, value]) => [
        clean(key, 100),
        clean(typeof value === 'string' ? value : JSON.stringify(value ?? ''), 5_000),
      ]),
  );
}

const clean = (text: string, maxLength: number) =>
  text.replaceAll('\u0000', '').slice(0, maxLength).toWellFormed();
