import { instantInWords as on } from '@penstock/kernel/dates-in-words';
import { wordTable } from '@penstock/kernel/word-table';

/** Exit criteria as predicates over evidence: met with the evidence, or not met with the way to meet it. */

export type Evidence = {
  criterion: string;
  kind: 'call_note' | 'activity' | 'document';
  quote: string;
  value: string;
  by: string;
  occurredAt: Date;
};

/** Facts about a deal that the product itself has seen. */
export type DealFacts = {
  now: Date;
  messageSentAt: Date | null;
  emailVerifiedBy: string | null;
  positiveReplyAt: Date | null;
  callBookedFor: Date | null;
  demoHeldAt: Date | null;
  evidence: readonly Evidence[];
};

export type CriterionStatus = {
  key: string;
  label: string;
  met: boolean;
  explanation: string;
  producedBy: 'product' | 'activity' | 'evidence';
};

type Verdict = { met: boolean; explanation: string };
type Criterion = {
  label: string;
  producedBy: CriterionStatus['producedBy'];
  judge: (facts: DealFacts) => Verdict;
};

const DAY_MS = 86_400_000;
const TIMELINE_DAYS = 90;

function latest(facts: DealFacts, criterion: string): Evidence | null {
  const all = facts.evidence.filter((one) => one.criterion === criterion);
  return all.toSorted((a, b) => b.occurredAt.getTime() - a.occurredAt.getTime())[0] ?? null;
}

function byEvidence(key: string, label: string, how: string): Criterion {
  return {
    label,
    producedBy: 'evidence',
    judge: (facts) => {
      const found = latest(facts, key);
      if (!found) return { met: false, explanation: how };
      return { met: true, explanation: `${found.by}, ${on(found.occurredAt)}: “${found.quote}”` };
    },
  };
}

function byFact(
  label: string,
  producedBy: 'product' | 'activity',
  seen: (facts: DealFacts) => string | null,
  how: string,
): Criterion {
  return {
    label,
    producedBy,
    judge: (facts) => {
      const found = seen(facts);
      return found === null ? { met: false, explanation: how } : { met: true, explanation: found };
    },
  };
}

const CRITERIA = wordTable<Criterion>({
  first_message_sent: byFact(
    'First message sent',
    'activity',
    (facts) => facts.messageSentAt && `Mail sent on ${on(facts.messageSentAt)}`,
    'Send a mail, or record one that you sent.',
  ),
  contact_email_verified: byFact(
    'Contact has a verified e-mail',
    'product',
    (facts) => facts.emailVerifiedBy && `Verified by ${facts.emailVerifiedBy}`,
    'The waterfall verifies it; run it again or ask the contact for another address.',
  ),
  positive_reply: byFact(
    'Positive reply',
    'activity',
    (facts) => facts.positiveReplyAt && `Positive reply on ${on(facts.positiveReplyAt)}`,
    'Record the incoming mail or the call with the outcome "positive".',
  ),
  call_booked: byFact(
    'Call booked',
    'activity',
    (facts) => facts.callBookedFor && `Call booked for ${on(facts.callBookedFor)}`,
    'Record the meeting or call with its date.',
  ),
  budget_confirmed: byEvidence(
    'budget_confirmed',
    'Budget confirmed',
    'Add a note: who confirmed the budget, when, in their words.',
  ),
  decision_maker_on_call: byEvidence(
    'decision_maker_on_call',
    'Decision-maker identified and on a call',
    'Add a note: who decides, and on which call they were.',
  ),
  problem_articulated: byEvidence(
    'problem_articulated',
    'Problem articulated',
    'Add a note with the problem in the buyer’s words.',
  ),
  timeline_within_90_days: {
    label: `Timeline within ${TIMELINE_DAYS} days`,
    producedBy: 'evidence',
    judge(facts) {
      const found = latest(facts, 'timeline_within_90_days');
      if (!found)
        return { met: false, explanation: 'Add a note with the date by which they want to decide.' };
      const date = new Date(`${found.value}T00:00:00Z`);
      if (Number.isNaN(date.getTime()))
        return { met: false, explanation: 'The note has no date. Add one with the date as YYYY-MM-DD.' };
      const days = Math.ceil((date.getTime() - found.occurredAt.getTime()) / DAY_MS);
      if (days < 0)
        return {
          met: false,
          explanation: 'The date had passed when the note was made. Ask for the next one.',
        };
      if (days > TIMELINE_DAYS)
        return {
          met: false,
          explanation: `They decide in ${days} days: more than ${TIMELINE_DAYS}, so this is nurture.`,
        };
      return { met: true, explanation: `${found.by}: decision by ${found.value}, “${found.quote}”` };
    },
  },
  demo_to_decision_maker: byFact(
    'Demo given to the decision-maker',
    'activity',
    (facts) => facts.demoHeldAt && `Demo held on ${on(facts.demoHeldAt)}`,
    'Record the meeting with the outcome "demo".',
  ),
  proposal_opened: byEvidence(
    'proposal_opened',
    'Written proposal sent and opened',
    'Add the proposal’s link and when it was opened.',
  ),
  scope_agreed: byEvidence('scope_agreed', 'Verbal agreement on scope', 'Add a note: who agreed to what.'),
  contract_sent: byEvidence('contract_sent', 'Contract or MSA sent', 'Add the contract’s link or reference.'),
  contract_signed: byEvidence('contract_signed', 'Contract signed', 'Add the signed contract’s reference.'),
});

export const CRITERION_KEYS = Object.keys(CRITERIA);

export function criterionLabel(key: string): string {
  return CRITERIA[key]?.label ?? key;
}

/** True for criteria that a person meets by adding evidence; others are met by what the product sees. */
export function takesEvidence(key: string): boolean {
  return CRITERIA[key]?.producedBy === 'evidence';
}

/** Status of each key. An unknown key is never met: a template can't name what nothing produces. */
export function judgeCriteria(keys: readonly string[], facts: DealFacts): CriterionStatus[] {
  return keys.map((key) => {
    const criterion = CRITERIA[key];
    if (!criterion)
      return {
        key,
        label: key,
        met: false,
        explanation: 'Nothing produces this criterion. Remove it from the stage.',
        producedBy: 'evidence',
      };
    return { key, label: criterion.label, producedBy: criterion.producedBy, ...criterion.judge(facts) };
  });
}
