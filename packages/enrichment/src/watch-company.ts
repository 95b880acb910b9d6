import { faultPoint } from '@penstock/kernel/fault-point';
import { mayHaveBeenCharged, ProviderError } from '@penstock/kernel/provider-error';
import { statement } from '@penstock/store/statement';
import { maybeOne, type Tx } from '@penstock/store/tx';

import { askProvider, type Asked } from './ask-provider.ts';
import type { CheckDeps } from './check-employment.ts';
import { adaptersIn, type Catalogue } from './described-providers.ts';
import { settleCall } from './ledger.ts';
import { keyFor } from './model/keys.ts';
import { priceMicros } from './model/planner.ts';
import { barredBecause } from './model/provider-terms.ts';
import type {
  Capability,
  CompanyEvent,
  ProviderAdapter,
  ProviderAnswer,
  WatchTerms,
} from './provider-port.ts';
import { CHECKER, reserveCheck } from './reserve-check.ts';
import { readCredentials } from './run-statements.ts';
import { chargeOf, describe, toldBy } from './settle-answer.ts';

/** A question to one vendor about what is new at a company. */
export type CompanyLook = {
  accountId: string;
  /** `theirstack/jobs` */
  source: string;
  since: Date;
  page: number;
  budget: { period: string; limitMicros: number };
};

export type CompanyLooked =
  | { kind: 'held'; because: string }
  | { kind: 'told'; events: CompanyEvent[]; more: boolean; costMicros: number }
  | { kind: 'failed'; because: string; isUnknown: boolean; retryAfterMs: number | null };

/** A paid source of news, with what it costs at most a question. */
export type PaidSourceOffer = WatchTerms & {
  source: string;
  provider: string;
  vendor: string;
  priceMicros: number;
};

/** Everything that is sold as news of companies. */
export const paidSourceOffers = (adapters: Iterable<ProviderAdapter>): PaidSourceOffer[] =>
  [...adapters].flatMap(({ manifest }) =>
    manifest.capabilities.flatMap((offered) =>
      offered.watch
        ? [
            {
              ...offered.watch,
              source: `${manifest.id}/${offered.id}`,
              provider: manifest.id,
              vendor: manifest.name,
              priceMicros: priceMicros(offered),
            },
          ]
        : [],
    ),
  );

/** The sources of which this workspace has a key. */
export async function paidSourcesWithKey(tx: Tx, catalogue: Catalogue): Promise<PaidSourceOffer[]> {
  const keys = await tx.rows(readCredentials);
  const offers = paidSourceOffers((await adaptersIn(tx, catalogue)).values());
  return offers.filter((offer) => keys.some(({ provider }) => provider === offer.provider));
}

/** Nothing that is paid for lives shorter: the same question is never paid for again, later ones ask for what is newer. */
const NEVER = new Date(0);

/**
 * Asks a vendor what is new at a company since a moment. Its money is reserved before and settled after; the same question is paid for
 * once for good, and one of unknown charge is not asked again.
 * @param keep writes what came of it down, in the transaction that settles the call
 */
export async function watchCompany(
  deps: CheckDeps,
  workspaceId: string,
  look: CompanyLook,
  keep: (tx: Tx, looked: CompanyLooked) => Promise<void>,
): Promise<CompanyLooked> {
  const held = async (because: string): Promise<CompanyLooked> => {
    await deps.store.inWorkspace(workspaceId, (tx) => keep(tx, { kind: 'held', because }));
    return { kind: 'held', because };
  };
  const asked = await deps.store.inWorkspace(workspaceId, (tx) => askedOf(tx, deps, look));
  if (typeof asked === 'string') return held(asked);
  const { accountId, source, since, page, budget } = look;
  const reservation = await reserveCheck(deps, workspaceId, asked, {
    lockKey: `news:${accountId}:${source}:${since.getTime()}:${page}`,
    subjectId: accountId,
    paidSince: NEVER,
    budget,
  });
  if (typeof reservation === 'string') return held(reservation);
  faultPoint('ledger.reserved');
  const { answer, latencyMs } = await askProvider(deps, { workspaceId }, asked, CHECKER);
  faultPoint('provider.answered');
  return deps.store.inWorkspace(workspaceId, async (tx) => {
    const charge = chargeOf(answer, asked.capability);
    const looked = lookedBy(answer, charge.chargedMicros);
    await keep(tx, looked);
    await settleCall(tx, {
      ...charge,
      ...toldBy(answer),
      ledgerId: reservation.ledgerId,
      outcome: `news: ${describe(answer)}`,
      latencyMs,
      now: deps.clock.now(),
    });
    return looked;
  });
}

function lookedBy(answer: ProviderAnswer | ProviderError, costMicros: number): CompanyLooked {
  if (!(answer instanceof ProviderError))
    return answer.outcome === 'events'
      ? { kind: 'told', events: answer.events, more: answer.more, costMicros }
      : { kind: 'told', events: [], more: false, costMicros };
  const isUnknown = mayHaveBeenCharged(answer.fault);
  const because = isUnknown
    ? 'no answer came: whether it was charged is unknown'
    : answer.fault.replaceAll('_', ' ');
  return { kind: 'failed', because, isUnknown, retryAfterMs: answer.retryAfterMs ?? null };
}

const readCompany = statement<{ name: string; domain: string | null; country: string | null }>(
  'read_company_to_watch',
  `select name, domain, country from account where workspace_id = $1 and id = $2 and state = 'active' and merged_into_id is null`,
);

async function askedOf(tx: Tx, deps: CheckDeps, look: CompanyLook): Promise<Asked | string> {
  const [provider = '', id] = look.source.split('/');
  const adapter = (await adaptersIn(tx, deps)).get(provider);
  const capability: Capability | undefined = adapter?.manifest.capabilities.find(
    (one) => one.id === id && one.kind === 'watch_company',
  );
  if (!adapter || !capability) return 'it is no longer sold';
  const company = await maybeOne(tx, readCompany, look.accountId);
  if (!company?.domain) return 'the account has no domain';
  const credential = keyFor(await tx.rows(readCredentials), provider, look.accountId);
  if (!credential) return 'it has no key';
  const barred = barredBecause(credential, company.country);
  if (barred !== null) return barred;
  const known = {
    companyName: company.name,
    companyDomain: company.domain,
    since: look.since.toISOString(),
    page: String(look.page),
  };
  return { adapter, credential, capability, known, wanted: [] };
}
