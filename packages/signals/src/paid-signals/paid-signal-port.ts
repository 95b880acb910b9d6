import type { Tx } from '@penstock/store/tx';

import type { SignalKind } from '../source-port.ts';

/** Something that a vendor tells of a company. */
export type ToldEvent = {
  ref: string;
  url: string;
  /** ISO; empty where the vendor names no moment. */
  at: string;
  quote: string;
} & (
  | { what: 'opening'; title: string; department: string | null; countries: string[]; place: string | null }
  | { what: 'technology'; name: string; change: 'adopted' | 'dropped' }
  | {
      what: 'news';
      kind: Extract<
        SignalKind,
        | 'funding'
        | 'acquisition'
        | 'expansion'
        | 'budget_cut'
        | 'executive_hire'
        | 'leadership_change'
        | 'hiring_growth'
      >;
      told: string;
      facts: Record<string, string | number | null>;
      confidence: number | null;
    }
);

export type LookOutcome =
  /** Nobody was asked. */
  | { kind: 'held'; because: string }
  | { kind: 'told'; events: ToldEvent[]; more: boolean; costMicros: number }
  | { kind: 'failed'; because: string; isUnknown: boolean; retryAfterMs: number | null };

/** Who asks vendors for news of companies and pays for it: enrichment, with its ledger. */
export type PaidSignalPort = {
  /** Sources of which the workspace has a key. */
  sources(tx: Tx): Promise<{ source: string }[]>;
  /** @param keep writes the outcome down in the transaction that settles the call */
  look(
    workspaceId: string,
    look: {
      accountId: string;
      source: string;
      since: Date;
      page: number;
      budget: { period: string; limitMicros: number };
    },
    keep: (tx: Tx, outcome: LookOutcome) => Promise<void>,
  ): Promise<LookOutcome>;
};
