/** What an adapter of an enrichment vendor is: pure translation, in both directions. It never retries, sleeps, reads the
 * environment or sees a credential; `@penstock/http` adds the credential as the request leaves. */

/** Facts about a person that a waterfall can be asked for. */
export type WantedField = 'work_email' | 'mobile' | 'title' | 'linkedin_url' | 'company_size' | 'industry';

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

export type ProviderAnswer =
  | { outcome: 'hit'; reported: ReportedValue[]; vendorCredits: number | null }
  | { outcome: 'miss'; reason: string; vendorCredits: number | null }
  | { outcome: 'verified'; result: VerificationResult; detail: string; vendorCredits: number | null };

export type ProviderRequest = {
  method: 'GET' | 'POST';
  /** Path and query below the vendor's origin, starting with `/`. */
  path: string;
  headers?: Record<string, string>;
  /** Sent as JSON. */
  body?: unknown;
};

export type ProviderReply = { status: number; headers: Record<string, string>; body: string };

/** One thing that a vendor sells. */
export type Capability = {
  id: string;
  kind: 'find' | 'verify_email';
  gives: readonly WantedField[];
  /** Alternatives: at least one list must be known completely. */
  needs: readonly (readonly (keyof KnownFacts)[])[];
  price: {
    credits: number;
    microsPerCredit: number;
    /** `on_hit`: a miss is free. `on_call`: every answered call is charged. */
    charged: 'on_hit' | 'on_call';
    /** Date on which the price was read, ISO. */
    readOn: string;
  };
  timeoutMs: number;
};

export type ProviderManifest = {
  id: string;
  name: string;
  host: string;
  /** Where the credential goes. */
  credential: { in: 'header' | 'query'; name: string };
  capabilities: readonly Capability[];
  /** Published limits per credential, configuration rather than law. */
  limits: readonly { requests: number; windowMs: number }[];
  region: 'us' | 'eu' | 'global';
};

export type ProviderAdapter = {
  readonly manifest: ProviderManifest;
  /** Builds the request of a capability; the caller has checked `needs`. */
  buildRequest(capabilityId: string, known: KnownFacts): ProviderRequest;
  /** Reads a reply. Throws `ProviderError` for every fault; a miss is an answer, not a fault. */
  parseReply(capabilityId: string, reply: ProviderReply, asked: KnownFacts): ProviderAnswer;
  /** Free look at the account's credits, where the vendor has one. */
  balance?: { request: ProviderRequest; parse(reply: ProviderReply): { credits: number } };
};
