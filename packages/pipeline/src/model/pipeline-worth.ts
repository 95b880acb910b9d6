import { dealRisk, IDLE_DAYS, type DealAtRisk } from './deal-risk.ts';

/** What open deals are worth together: by what can close, not by how many there are (R042, R044). */

export type WeighedDeal = DealAtRisk & {
  /** Of all of them, where it stands for several. */
  valueMinor: number;
  currency: string;
  probability: number;
  /** For how many deals it stands that differ in nothing that counts here; one unless said. */
  deals?: number;
};

export type PipelineWorth = {
  currency: string;
  count: number;
  /** Deals that nothing known speaks against closing. */
  closable: number;
  valueMinor: number;
  /** Value times probability of the stage, less the deal's own risk; of what can close only. */
  expectedMinor: number;
};

const DAY_MS = 86_400_000;
const GIVEN_UP_DAYS = 30;
export const LATE_STEP_DAYS = 14;
/** Days in a stage at which what a deal is worth changes, from the fewest on. */
export const WORTH_DAYS: readonly number[] = [...new Set([...IDLE_DAYS, GIVEN_UP_DAYS])].toSorted(
  (a, b) => a - b,
);
const NO_NEWS = { risk: 0, parts: [] };

/** Why an open deal can't close as it stands; null if nothing speaks against it. */
export function whyNotClosable(deal: DealAtRisk, at: Date): string | null {
  if (deal.stageType !== 'open') return null;
  const today = at.toISOString().slice(0, 10);
  const idleDays = Math.floor((at.getTime() - deal.stageEnteredAt.getTime()) / DAY_MS);
  const stepLateDays =
    deal.nextStepDueAt === null ? 0 : (at.getTime() - deal.nextStepDueAt.getTime()) / DAY_MS;
  const adrift = deal.nextStep === '' || stepLateDays > LATE_STEP_DAYS;
  if (!adrift) return null;
  if (deal.expectedCloseOn !== null && deal.expectedCloseOn < today)
    return `Close date ${deal.expectedCloseOn} passed, and no next step is planned`;
  return idleDays >= GIVEN_UP_DAYS ? `${idleDays} days in this stage, and no next step is planned` : null;
}

/** Worth of open deals per currency, the largest expected value first. */
export function pipelineWorth(deals: readonly WeighedDeal[], at: Date): PipelineWorth[] {
  const byCurrency = new Map<string, PipelineWorth>();
  for (const deal of deals) {
    const { currency, valueMinor, deals: alike = 1 } = deal;
    const worth = byCurrency.get(currency) ?? {
      currency,
      count: 0,
      closable: 0,
      valueMinor: 0,
      expectedMinor: 0,
    };
    const closable = whyNotClosable(deal, at) === null;
    const risk = dealRisk(deal, NO_NEWS, at)?.risk ?? 0;
    byCurrency.set(currency, {
      currency,
      count: worth.count + alike,
      closable: worth.closable + (closable ? alike : 0),
      valueMinor: worth.valueMinor + valueMinor,
      expectedMinor: worth.expectedMinor + (closable ? valueMinor * deal.probability * (1 - risk / 100) : 0),
    });
  }
  return [...byCurrency.values()].toSorted(
    (a, b) => b.expectedMinor - a.expectedMinor || (a.currency < b.currency ? -1 : 1),
  );
}
