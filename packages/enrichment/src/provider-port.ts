/** What an adapter of an enrichment vendor is: pure translation, in both directions. It never retries, sleeps, reads the
 * environment or sees a credential; `@penstock/http` adds the credential as the request leaves. Why it is cut this way:
 * docs/decisions/0011-provider-port.md. */

/** Facts that a waterfall can be asked for, in the order in which they are offered. */
export const WANTED_FIELDS = [
  'work_email',
  'mobile',
  'direct_dial',
  'title',
  'seniority',
  'linkedin_url',
  'reporting_line',
  'company_size',
  'industry',
  'revenue_range',
  'business_model',
  'growth_stage',
  'location',
  'hierarchy',
  'tech_stack',
] as const;
export type WantedField = (typeof WANTED_FIELDS)[number];

export type VerificationResult = 'valid' | 'invalid' | 'catch_all' | 'unknown' | 'disposable' | 'do_not_mail';
export type LineType = 'mobile' | 'landline' | 'voip' | 'unknown';

/** What is known of the person when a provider is asked. Every value is optional; a capability says what it needs. */
export type KnownFacts = {
  givenName?: string;
  familyName?: string;
  companyName?: string;
  companyDomain?: string;
  email?: string;
  linkedinUrl?: string;
  /** E.164. */
  phone?: string;
  /** Job titles that are looked for, separated by `|`; for `search_people` alone. */
  titles?: string;
  /** Only what is newer, ISO; for `watch_company` alone. */
  since?: string;
  /** Which page of it, from 0. */
  page?: string;
};

export type ReportedValue = {
  field: WantedField;
  value: string;
  /** 0–1, the vendor's own; null where it gives none. */
  confidence: number | null;
  lineType: LineType | null;
  /** Vendor's verdict on an address, if it gives one; never a substitute for our own verification step. */
  verification: VerificationResult | null;
};

/** Somebody whom a people search names; what it costs to learn more is the waterfall's business. */
export type FoundPerson = {
  /** The vendor's own id, by which it can be asked for the rest. */
  vendorRef: string | null;
  givenName: string;
  /** Null where the vendor keeps it back until it is paid. */
  familyName: string | null;
  title: string | null;
  linkedinUrl: string | null;
  email: string | null;
};

/** What news is about; the words of the signals' vocabulary. */
export type NewsKind =
  | 'funding'
  | 'acquisition'
  | 'expansion'
  | 'budget_cut'
  | 'executive_hire'
  | 'leadership_change'
  | 'hiring_growth';

/** Something that a vendor tells of a company; names of people only in what is quoted. */
export type CompanyEvent = {
  /** The vendor's own identity of it. */
  ref: string;
  /** Where a person can read it; empty where the vendor names no place. */
  url: string;
  /** When it happened or was first seen, ISO. */
  at: string;
  /** Literal words of the vendor. */
  quote: string;
} & (
  | {
      what: 'opening';
      title: string;
      department: string | null;
      countries: string[];
      place: string | null;
    }
  | { what: 'technology'; name: string; change: 'adopted' | 'dropped' }
  | {
      what: 'news';
      kind: NewsKind;
      /** Continues the company's name. */
      told: string;
      facts: Record<string, string | number | null>;
      /** 0–1, the vendor's own; null where it gives none. */
      confidence: number | null;
    }
);

/** Where somebody works by a vendor's word, held against the company that was asked about. */
export type Employment = {
  /** `unclear`: two jobs at once, no dates, no job at all, or never at that company; nothing follows from it. */
  state: 'same' | 'elsewhere' | 'unclear';
  company: string | null;
  domain: string | null;
  title: string | null;
  /** Since when they are there, ISO date. */
  since: string | null;
  /** The public profile that it was read from. */
  profile: string | null;
  /** By which the vendor tells for free whether anything has changed since; null where it can't. */
  mark: string | null;
};

export type ProviderAnswer =
  | { outcome: 'hit'; reported: ReportedValue[]; vendorCredits: number | null }
  /** `absent`: the vendor has no such record at all, so that it can't have charged for one. */
  | { outcome: 'miss'; reason: string; vendorCredits: number | null; absent?: true }
  | { outcome: 'verified'; result: VerificationResult; detail: string; vendorCredits: number | null }
  /** What a phone number is; `valid` false means that nobody can be called on it. */
  | { outcome: 'line'; valid: boolean; lineType: LineType; detail: string; vendorCredits: number | null }
  | { outcome: 'people'; people: FoundPerson[]; total: number | null; vendorCredits: number | null }
  | { outcome: 'employment'; employment: Employment; vendorCredits: number | null }
  /** `more`: the page is full, another one costs again. */
  | { outcome: 'events'; events: CompanyEvent[]; more: boolean; vendorCredits: number | null };

export type ProviderRequest = {
  method: 'GET' | 'POST';
  /** Path and query below the vendor's origin, starting with `/`. */
  path: string;
  headers?: Record<string, string>;
  /** Sent as JSON. */
  body?: unknown;
};

export type ProviderReply = { status: number; headers: Record<string, string>; body: string };

/** `on_hit`: a miss is free. `on_call`: every answered call is charged. `on_submit_refund`: taken as it is handed in, given
 * back for what was not found. `on_reveal`: looking is free, having is charged. */
export type ChargeRule = 'on_hit' | 'on_call' | 'on_submit_refund' | 'on_reveal';

/** Answers that a vendor bills; `unknown` and `catch_all` are billed by some and free at others. */
export type BilledAnswer = 'hit' | 'catch_all' | 'unknown' | 'invalid' | 'miss';

export type Price = {
  credits: number;
  microsPerCredit: number;
  charged: ChargeRule;
  bills: readonly BilledAnswer[];
  /** What asking again for the same costs; `days` is the window in which it is free. */
  again: 'charged' | 'free' | { freeForDays: number };
  /** Date on which the price was read, ISO. */
  readOn: string;
};

export type CapabilityKind =
  | 'find_person'
  | 'find_company'
  | 'verify_email'
  | 'lookup_phone'
  | 'search_people'
  /** Whether somebody still works where we know them. */
  | 'check_employment'
  /** What is new at a company. */
  | 'watch_company';

/** `sync`: one request, one answer. `submit_poll`: a ticket, asked about later. `webhook`: a ticket, answered by callback.
 * `preview_redeem`: a free look at what there is, then paid for by its id. */
export type CallMode = 'sync' | 'submit_poll' | 'webhook' | 'preview_redeem';

/** One thing that a vendor sells. */
export type Capability = {
  id: string;
  kind: CapabilityKind;
  mode: CallMode;
  /** Most records in one request; 1 where there is no bulk. */
  batchMax: number;
  gives: readonly WantedField[];
  /** Alternatives: at least one list must be known completely. */
  needs: readonly (readonly (keyof KnownFacts)[])[];
  price: Price;
  /** For one exchange; an answer that comes later is waited for by whoever parked the record. */
  timeoutMs: number;
  /** Of `watch_company` alone. */
  watch?: WatchTerms;
  /** Of `search_people` alone: people are named whatever their position, which is looked at afterwards. */
  namesEverybody?: true;
};

/** What a paid source of news is good for. */
export type WatchTerms = {
  name: string;
  /** How often asking about one company makes sense. */
  everyDays: number;
  licence: string;
  canKnow: string;
  cannotKnow: string;
};

/** Where a stored secret goes. Two-part secrets (`basic`, `oauth2`) are stored as `first:second`. */
export type CredentialPlacement =
  | { in: 'header'; name: string }
  | { in: 'query'; name: string }
  | { in: 'bearer' }
  | { in: 'basic' }
  /** Client credentials: exchanged at `tokenPath` for a token that lives as long as the vendor says. */
  | { in: 'oauth2'; tokenPath: string }
  | { in: 'none' };

/** A published limit, configuration rather than law. `endpoint` limits count each of the vendor's paths by itself. */
export type RateLimit = {
  requests: number;
  windowMs: number;
  window: 'rolling' | 'fixed';
  scope: 'credential' | 'endpoint';
  /** Capabilities that it counts; left out where it counts all of them. */
  capabilities?: readonly string[];
  /** `records` where each record of a bulk counts by itself. */
  counts: 'requests' | 'records';
};

export type ProviderManifest = {
  id: string;
  name: string;
  host: string;
  credential: CredentialPlacement;
  capabilities: readonly Capability[];
  limits: readonly RateLimit[];
  region: 'us' | 'eu' | 'global';
  /** What the vendor's terms and the law ask of whoever uses its data, in a sentence. */
  lawfulUse: string;
  /** Days after which values must be looked up again or dropped; null where the vendor sets no term. */
  retentionDays: number | null;
  /** What bites: said on the providers page. */
  notes: readonly string[];
};

/** One record of a bulk; `ref` is ours, and comes back with the answer. */
export type AskedRecord = { ref: string; known: KnownFacts };
export type RecordAnswer = { ref: string; answer: ProviderAnswer };

/** Many records in one request. `parse` answers for every record that was asked, in any order. */
export type BatchCalls = {
  build(capabilityId: string, asked: readonly AskedRecord[]): ProviderRequest;
  parse(capabilityId: string, reply: ProviderReply, asked: readonly AskedRecord[]): RecordAnswer[];
};

/** Answers are `waiting` for those that come later, with the ticket by which they are asked for. */
export type LaterState =
  | { state: 'waiting'; ticket: string; pollAfterMs: number; sofar: RecordAnswer[] }
  | { state: 'done'; answers: RecordAnswer[] };

/** Calls of the modes `submit_poll` and `webhook`. A vendor may answer at once all the same. */
export type LaterCalls = {
  submit(capabilityId: string, asked: readonly AskedRecord[], callbackUrl: string | null): ProviderRequest;
  parseSubmitted(capabilityId: string, reply: ProviderReply, asked: readonly AskedRecord[]): LaterState;
  /** Left out where the vendor only calls back. */
  poll?: {
    request(capabilityId: string, ticket: string): ProviderRequest;
    parse(
      capabilityId: string,
      reply: ProviderReply,
      asked: readonly AskedRecord[],
      ticket: string,
    ): LaterState;
  };
  callback?: Callback;
};

export type CallbackMessage = { headers: Record<string, string>; body: string };

export type Callback = {
  /** `hmac`: signed with a secret shared with the vendor. `secret_url`: unsigned, so only an address that nobody can guess. */
  authentication: 'hmac' | 'secret_url';
  /** True if the message is the vendor's; constant time. Without a signature it is the address that tells. */
  verify(message: CallbackMessage, secret: string): boolean;
  /** Which submission it answers; null if it can't be told. */
  ticketOf(message: CallbackMessage): string | null;
  parse(capabilityId: string, message: CallbackMessage, asked: readonly AskedRecord[]): LaterState;
};

/** A free look, then the paid one by the vendor's id. */
export type PreviewCalls = {
  preview(capabilityId: string, known: KnownFacts): ProviderRequest;
  parsePreview(
    capabilityId: string,
    reply: ProviderReply,
    asked: KnownFacts,
  ): { outcome: 'seen'; vendorRef: string; has: WantedField[] } | { outcome: 'miss'; reason: string };
  redeem(capabilityId: string, asked: readonly (AskedRecord & { vendorRef: string })[]): ProviderRequest;
  parseRedeemed(
    capabilityId: string,
    reply: ProviderReply,
    asked: readonly (AskedRecord & { vendorRef: string })[],
  ): RecordAnswer[];
};

/** A free look at whether a record has changed since the vendor told of it; `mark` is what it told then. */
export type ChangeLook = {
  /** Null where a mark says nothing any more: then it is paid for. */
  request(mark: string): ProviderRequest | null;
  /** `gone`: the person wants no look-ups there, or the vendor has dropped them. */
  parse(
    reply: ProviderReply,
    mark: string,
  ): { outcome: 'unchanged'; mark: string } | { outcome: 'changed' } | { outcome: 'gone'; reason: string };
};

/** What a source that is no vendor may use: names of the domain system, and pages of the company's own site. */
export type OpenWeb = {
  /** Records of a name, `10 mail.example` for MX; empty where there are none. Throws `ProviderError`. */
  resolve(name: string, type: 'MX' | 'TXT' | 'NS' | 'A' | 'AAAA' | 'CNAME' | 'PTR'): Promise<string[]>;
  /** A page of that host over https, redirects within it followed. Throws `ProviderError`. */
  page(host: string, path: string): Promise<ProviderReply>;
};

export type ProviderAdapter = {
  readonly manifest: ProviderManifest;
  /** Builds the request of a `sync` capability; the caller has checked `needs`. Other modes are refused here. */
  buildRequest(capabilityId: string, known: KnownFacts): ProviderRequest;
  /** Reads a reply. Throws `ProviderError` for every fault; a miss is an answer, not a fault. */
  parseReply(capabilityId: string, reply: ProviderReply, asked: KnownFacts): ProviderAnswer;
  batch?: BatchCalls;
  later?: LaterCalls;
  reveal?: PreviewCalls;
  changes?: ChangeLook;
  /** Free sources answer from the open web instead of from one request. */
  answerFromOpenWeb?(capabilityId: string, known: KnownFacts, web: OpenWeb): Promise<ProviderAnswer>;
  /** Free look at the account's credits, where the vendor has one. */
  balance?: { request: ProviderRequest; parse(reply: ProviderReply): { credits: number } };
};
