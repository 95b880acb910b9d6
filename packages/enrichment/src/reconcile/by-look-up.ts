import { ProviderError } from '@penstock/kernel/provider-error';
import { one, type Tx } from '@penstock/store/tx';

import { askProvider, LIST_PATIENCE, type Asked } from '../ask-provider.ts';
import { adaptersIn } from '../described-providers.ts';
import { readLaterAbout, readTicketCredential } from '../later/ticket-statements.ts';
import { loadPeople } from '../load-people.ts';
import type { ProviderAdapter, ProviderAnswer } from '../provider-port.ts';
import { planInputOf } from '../plan-person.ts';
import { keepAnswer } from '../settle-answer.ts';
import { WaterfallBody } from '../waterfall-document.ts';
import { callKeyOf, lockOf, type WaterfallDeps } from '../waterfall-run.ts';
import { LEFT_ALONE_MS } from './by-balance.ts';
import * as sql from './reconcile-statements.ts';
import { settleUnknown } from './settle-unknown.ts';

const AGAIN_MS = 60 * 60_000;
type Taken = {
  id: string;
  callKey: string;
  personId: string;
  credentialId: string;
  provider: string;
  capability: string;
};

/** Capabilities whose vendor asks nothing for what was paid for before, in one request and for good. */
const freeAgain = (adapters: Iterable<ProviderAdapter>): string[] =>
  [...adapters].flatMap(({ manifest }) =>
    manifest.capabilities
      .filter(
        ({ price, mode }) =>
          price.again === 'free' && price.credits > 0 && (mode === 'sync' || mode === 'preview_redeem'),
      )
      .map(({ id }) => `${manifest.id}/${id}`),
  );

/**
 * Asks again for what may have been paid for, where the vendor gives it free if it was: whatever it answers, the call is paid for once.
 * @returns how many were settled
 */
export async function reconcileByLookUp(deps: WaterfallDeps, workspaceId: string): Promise<number> {
  const now = deps.clock.now();
  const { adapters, taken } = await deps.store.inWorkspace(workspaceId, async (tx) => {
    const known = await adaptersIn(tx, deps);
    const before = (ms: number) => new Date(now.getTime() - ms);
    const capabilities = freeAgain(known.values());
    return {
      adapters: known,
      taken: await tx.rows(sql.takeToLookUp, capabilities, before(LEFT_ALONE_MS), before(AGAIN_MS), now),
    };
  });
  let settled = 0;
  for (const call of taken) if (await lookUp(deps, workspaceId, adapters, call)) settled += 1;
  return settled;
}

async function lookUp(
  deps: WaterfallDeps,
  workspaceId: string,
  adapters: ReadonlyMap<string, ProviderAdapter>,
  call: Taken,
): Promise<boolean> {
  const note = (tx: Tx, because: string) => tx.rows(sql.noteCalls, [call.id], because);
  const ready = await deps.store.inWorkspace(workspaceId, async (tx) => {
    const found = await sameQuestion(tx, adapters, call, deps.clock.now());
    if (typeof found === 'string') await note(tx, found);
    return found;
  });
  if (typeof ready === 'string') return false;
  const { asked, waterfall } = ready;
  const caller = { patience: LIST_PATIENCE, urgent: false, held: [] };
  const { answer, latencyMs } = await askProvider(deps, { workspaceId }, asked, caller);
  return deps.store.inWorkspace(workspaceId, async (tx) => {
    const told = judge(answer, asked);
    if (told === null) {
      await note(
        tx,
        `asked again: ${answer instanceof ProviderError ? answer.fault.replaceAll('_', ' ') : 'the answer does not say whether the first was charged'}`,
      );
      return false;
    }
    const { provider } = call;
    if (told.charged) {
      await tx.rows(sql.markLookedUp, call.id);
      await keepAnswer(
        tx,
        deps,
        { personId: call.personId, waterfall },
        {
          ledgerId: call.id,
          provider,
          capability: asked.capability,
          known: asked.known,
          answer: told.answer,
          latencyMs,
        },
      );
    } else
      await settleUnknown(
        tx,
        [call.id],
        false,
        { word: 'by a free look-up: the vendor has no such record', by: 'look_up' },
        deps.clock.now(),
      );
    return true;
  });
}

/** What the answer says of both calls together; null if it leaves it open. */
function judge(
  answer: ProviderAnswer | ProviderError,
  { capability }: Asked,
): { charged: boolean; answer: ProviderAnswer } | null {
  if (answer instanceof ProviderError) return null;
  if (answer.outcome === 'miss') return answer.absent === true ? { charged: false, answer } : null;
  if (answer.outcome !== 'hit') return null;
  // Free, since the first was paid for; or paid for now, since the first was not. Once in either case.
  const { credits } = capability.price;
  return {
    charged: true,
    answer: { ...answer, vendorCredits: answer.vendorCredits === 0 ? credits : answer.vendorCredits },
  };
}

/** The question that was asked, or why it can't be asked again without paying for another one. */
async function sameQuestion(tx: Tx, adapters: ReadonlyMap<string, ProviderAdapter>, call: Taken, now: Date) {
  const adapter = adapters.get(call.provider);
  const capability = adapter?.manifest.capabilities.find(({ id }) => id === call.capability);
  const [credential] = await tx.rows(readTicketCredential, call.credentialId);
  if (!adapter || !capability || !credential) return 'its key is gone';
  const [person] = await loadPeople(tx, [call.personId], now);
  if (!person) return 'the person may not be looked up any more';
  const { body, wanted } = await one(tx, readLaterAbout, call.id);
  const waterfall = WaterfallBody.parse(body);
  const { known } = planInputOf(adapters, { ...person, waterfall }).input;
  if (callKeyOf(lockOf(call.callKey), capability, known) !== call.callKey)
    return 'more is known of the person by now: the same question can’t be asked again';
  const fields = capability.gives.filter((field) => wanted.includes(field));
  const asked: Asked = { adapter, credential, capability, known, wanted: fields };
  return { asked, waterfall };
}
