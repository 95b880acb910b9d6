import type { Tx } from '@penstock/store/tx';

/** Where somebody works by a vendor's word. */
export type EmploymentWord = {
  state: 'same' | 'elsewhere' | 'unclear';
  company: string | null;
  domain: string | null;
  title: string | null;
  /** ISO date. */
  since: string | null;
  /** The public profile that the vendor read: vendors that read one profile are one witness. */
  profile: string | null;
  mark: string | null;
};

export type CheckOutcome =
  /** Nobody was asked. */
  | { kind: 'held'; because: string }
  | { kind: 'told'; employment: EmploymentWord; costMicros: number }
  | { kind: 'unchanged'; mark: string }
  /** The vendor has dropped them, or they want no look-ups there: it is not asked again. */
  | { kind: 'gone'; because: string }
  | { kind: 'nothing'; because: string; costMicros: number }
  | { kind: 'failed'; because: string; isUnknown: boolean; retryAfterMs: number | null };

export type JobVendor = { provider: string; name: string; priceMicros: number };

/** Who is asked whether somebody still works where we know them, and pays for it: enrichment, with its ledger. */
export type JobChangePort = {
  /** Vendors of which the workspace has a key. */
  vendors(tx: Tx): Promise<JobVendor[]>;
  /** @param keep writes the outcome down in the transaction that settles the call */
  check(
    workspaceId: string,
    check: {
      personId: string;
      provider: string;
      mark: string | null;
      paidSince: Date;
      budget: { period: string; limitMicros: number };
    },
    keep: (tx: Tx, outcome: CheckOutcome) => Promise<void>,
  ): Promise<CheckOutcome>;
};
