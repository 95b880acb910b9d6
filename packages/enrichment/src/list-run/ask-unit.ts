import { invariant } from '@penstock/kernel/invariant';
import { ProviderError } from '@penstock/kernel/provider-error';

import { askProvider, askTogether } from '../ask-provider.ts';
import type { Caller } from '../call-gate/door.ts';
import { submitLater } from '../later/submit-later.ts';
import type { WaterfallDeps } from '../waterfall-run.ts';
import type { CallUnit } from './call-units.ts';
import type { AnsweredCall, ParkedCall } from './settle-level.ts';

export type UnitAnswers = { answered: AnsweredCall[]; parked: ParkedCall[] };

/** One request, for one record or many, and what came of it for each. */
export function askUnit(
  deps: WaterfallDeps,
  request: { workspaceId: string },
  unit: CallUnit,
  caller: Omit<Caller, 'held'>,
): Promise<UnitAnswers> {
  const held = unit.calls.filter((call) => call.held).map(({ ledgerId }) => ledgerId);
  const ask = { one: askOne, bulk: askBulk, later: askLater }[unit.how];
  return ask(deps, request, unit, { ...caller, held });
}

type Ask = (
  deps: WaterfallDeps,
  request: { workspaceId: string },
  unit: CallUnit,
  caller: Caller,
) => Promise<UnitAnswers>;

const askOne: Ask = async (deps, request, { line, calls }, caller) => {
  const [call] = calls;
  invariant(call && calls.length === 1, 'a unit of one');
  const asked = { ...line, known: call.known, wanted: call.next.wanted };
  return { answered: [{ call, ...(await askProvider(deps, request, asked, caller)) }], parked: [] };
};

const askBulk: Ask = async (deps, request, { line, calls }, caller) => {
  const asked = calls.map(({ ledgerId, known }) => ({ ref: ledgerId, known }));
  const { answer, latencyMs } = await askTogether(deps, request, line, asked, caller);
  if (answer instanceof ProviderError)
    return { answered: calls.map((call) => ({ call, answer, latencyMs })), parked: [] };
  const answerOf = new Map(answer.map(({ ref, answer: one }) => [ref, one]));
  const missing = new ProviderError(line.adapter.manifest.id, 'malformed');
  return {
    answered: calls.map((call) => ({ call, answer: answerOf.get(call.ledgerId) ?? missing, latencyMs })),
    parked: [],
  };
};

const askLater: Ask = async (deps, request, { line, calls }, caller) => {
  const toSubmit = calls.map(({ ledgerId, known, record }) => ({
    ledgerId,
    personId: record.person.id,
    known,
  }));
  const { answers, latencyMs, lookAfterMs } = await submitLater(deps, request, line, toSubmit, caller);
  const taken: UnitAnswers = { answered: [], parked: [] };
  for (const call of calls) {
    const answer = answers.get(call.ledgerId);
    if (answer === undefined) taken.parked.push({ call, lookAfterMs });
    else taken.answered.push({ call, answer, latencyMs });
  }
  return taken;
};
