/** Who gets a lead, and why. Rules are tried in order; the first that finds somebody decides. */

export type RoutingRule =
  | { kind: 'account_owner'; name: string }
  | { kind: 'round_robin'; name: string; countries: string[]; intents: string[]; teamId: string | null };

export type Routing = { rules: RoutingRule[] };

export type RoutingFacts = { intent: string; country: string; accountOwnerId: string | null };

/** Somebody who may get leads; `lastAssignedAt` is null for who never got one from this pool. */
export type Candidate = {
  memberId: string;
  name: string;
  teamId: string | null;
  active: boolean;
  takesLeads: boolean;
  lastAssignedAt: Date | null;
};

export type RoutingDecision = {
  ownerId: string | null;
  ownerName: string;
  rule: string;
  because: string;
  passedOver: string[];
};

/** Decides an owner from the facts. Ties of the round robin go to the lower id, so that a replay decides the same. */
export function route(
  routing: Routing,
  facts: RoutingFacts,
  candidates: readonly Candidate[],
): RoutingDecision {
  const passedOver: string[] = [];
  for (const rule of routing.rules) {
    const decision =
      rule.kind === 'account_owner'
        ? toAccountOwner(rule.name, facts, candidates, passedOver)
        : toNext(rule, facts, candidates, passedOver);
    if (decision) return { ...decision, passedOver };
  }
  return {
    ownerId: null,
    ownerName: '',
    rule: 'fall-back queue',
    because: 'no rule found anybody who takes leads; everybody sees it',
    passedOver,
  };
}

type Found = Omit<RoutingDecision, 'passedOver'>;

function toAccountOwner(
  rule: string,
  facts: RoutingFacts,
  candidates: readonly Candidate[],
  passedOver: string[],
): Found | null {
  if (facts.accountOwnerId === null) {
    passedOver.push(`${rule}: the account has no owner`);
    return null;
  }
  const owner = candidates.find((candidate) => candidate.memberId === facts.accountOwnerId);
  if (!owner?.active) {
    passedOver.push(`${rule}: ${owner?.name ?? 'the owner'} has left`);
    return null;
  }
  return { ownerId: owner.memberId, ownerName: owner.name, rule, because: `${owner.name} owns the account` };
}

function toNext(
  rule: Extract<RoutingRule, { kind: 'round_robin' }>,
  facts: RoutingFacts,
  candidates: readonly Candidate[],
  passedOver: string[],
): Found | null {
  if (rule.countries.length > 0 && !rule.countries.includes(facts.country)) {
    passedOver.push(`${rule.name}: the country is ${facts.country || 'unknown'}`);
    return null;
  }
  if (rule.intents.length > 0 && !rule.intents.includes(facts.intent)) {
    passedOver.push(`${rule.name}: the request is a ${facts.intent}`);
    return null;
  }
  const pool = candidates.filter((candidate) => rule.teamId === null || candidate.teamId === rule.teamId);
  for (const candidate of pool) {
    if (!candidate.active) passedOver.push(`${candidate.name}: has left`);
    else if (!candidate.takesLeads) passedOver.push(`${candidate.name}: takes no leads`);
  }
  const next = pool.filter((candidate) => candidate.active && candidate.takesLeads).toSorted(byTurn)[0];
  if (!next) {
    passedOver.push(`${rule.name}: nobody in it takes leads`);
    return null;
  }
  const since = next.lastAssignedAt === null ? 'had none yet' : 'waited longest';
  return {
    ownerId: next.memberId,
    ownerName: next.name,
    rule: rule.name,
    because: `${next.name} is next in turn (${since})`,
  };
}

function byTurn(a: Candidate, b: Candidate): number {
  const turn = (a.lastAssignedAt?.getTime() ?? 0) - (b.lastAssignedAt?.getTime() ?? 0);
  return turn || (a.memberId < b.memberId ? -1 : 1);
}
