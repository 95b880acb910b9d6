/** A pipeline template: stages a buyer goes through, with what must be proven before a deal leaves one. */

export type StageType = 'open' | 'won' | 'lost' | 'post_sale';

export type Stage = {
  key: string;
  name: string;
  type: StageType;
  /** Default probability to win, 0–1: the middle of the reference's range. */
  probability: number;
  /** Keys of exit criteria; all must be met by evidence. */
  exit: string[];
};

export type PipelineTemplate = { stages: Stage[] };

/** Template A, R060–R065. */
export const TEMPLATE_A: PipelineTemplate = {
  stages: [
    {
      key: 'prospecting',
      name: 'Prospecting',
      type: 'open',
      probability: 0.075,
      exit: ['first_message_sent', 'contact_email_verified'],
    },
    {
      key: 'contacted',
      name: 'Contacted',
      type: 'open',
      probability: 0.125,
      exit: ['positive_reply', 'call_booked'],
    },
    {
      key: 'qualified',
      name: 'Qualified',
      type: 'open',
      probability: 0.3,
      exit: ['budget_confirmed', 'decision_maker_on_call', 'problem_articulated', 'timeline_within_90_days'],
    },
    {
      key: 'proposal',
      name: 'Demo / Proposal',
      type: 'open',
      probability: 0.5,
      exit: ['demo_to_decision_maker', 'proposal_opened'],
    },
    {
      key: 'negotiation',
      name: 'Negotiation',
      type: 'open',
      probability: 0.75,
      exit: ['scope_agreed', 'contract_sent', 'contract_signed'],
    },
    { key: 'won', name: 'Closed won', type: 'won', probability: 1, exit: [] },
    { key: 'lost', name: 'Closed lost', type: 'lost', probability: 0, exit: [] },
  ],
};

const SELLER_ACTIVITY =
  /\b(contacted|sent|called|emailed|left voicemail|voicemail|first call|follow(ed)? up|in progress|reached out)\b/i;
const MOST_STAGES = 8;

/** What the linter has to say of a stage: a seller's activity as its name (R087). */
export function stageWarnings(stage: Stage, template: PipelineTemplate): string[] {
  const warnings: string[] = [];
  if (SELLER_ACTIVITY.test(stage.name)) {
    warnings.push(`"${stage.name}" says what the seller did. Name what the buyer has done instead.`);
  }
  const open = template.stages.filter((other) => other.type === 'open').length;
  if (open > MOST_STAGES) warnings.push(`${open} open stages are more than ${MOST_STAGES} (R082).`);
  return warnings;
}

export function stageOf(template: PipelineTemplate, key: string): Stage | null {
  return template.stages.find((stage) => stage.key === key) ?? null;
}

/** Next open or won stage after this one, or null at the end. */
export function nextStage(template: PipelineTemplate, key: string): Stage | null {
  const index = template.stages.findIndex((stage) => stage.key === key);
  const next = index === -1 ? undefined : template.stages[index + 1];
  return next === undefined || next.type === 'lost' ? null : next;
}
