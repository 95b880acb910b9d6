/** What an adapter of a signal source is: which request lists what is new, which fetches one item, and how both are read. */

export type SourceRequest = {
  method?: 'GET' | 'POST';
  path: string;
  headers?: Record<string, string>;
  /** Sent as JSON. */
  body?: unknown;
};
export type SourceReply = { status: number; headers: Record<string, string>; body: string };

export type ListedItem = {
  /** The source's own identity of the item (EDGAR: accession number with dashes). */
  key: string;
  title: string;
  /** When the source published it, ISO with zone; empty where it does not say: then it is news of the moment when it was seen. */
  publishedAt: string;
  /** Which document to fetch, and where a person can read it. */
  documentPath: string;
  publicUrl: string;
  /** The whole item, where the list tells it: then no document is fetched. */
  body?: string;
};

/** What makes a source that a workspace added. */
export type SourceSettings =
  | { kind: 'press'; url: string }
  /** `region`: the state whose notices they are, two letters. */
  | { kind: 'warn'; url: string; region: string }
  | DescribedSettings;

/** Where a secret stands in a request. */
export type SecretPlace = { in: 'header'; name: string } | { in: 'query'; name: string } | { in: 'bearer' };

/** A key that goes with a request, encrypted until it leaves. */
export type SealedSecret = { place: SecretPlace; sealed: string };

/** How the next page of a list is asked for, at most `most` of them in a look. `as` empty: where the body of the request says so. */
export type DescribedPages = { most: number } &
  /** The reply holds the address of the next page; an empty pointer stands for the header `Link`. */
  (
    | { by: 'link'; at: string }
    | { by: 'cursor'; at: string; as: string }
    | { by: 'number'; as: string; first: number }
    | { by: 'offset'; as: string; size: number }
  );

/** A source that RevOps describes: JSON over HTTP, read by JSON pointers. */
export type DescribedSettings = {
  kind: 'described';
  url: string;
  headers: Record<string, string>;
  /** Null for a source that wants no key. */
  secret: SecretPlace | null;
  /** GET where nothing else is said. */
  method?: 'GET' | 'POST' | undefined;
  /** JSON that a POST sends, with `{{page}}`, `{{offset}}` and `{{cursor}}` where they belong. */
  body?: string | undefined;
  /** Left out for a list of one page. */
  pages?: DescribedPages | null | undefined;
  everyMinutes: number;
  /** Where the list of items is; empty for a reply that is the list. */
  items: string;
  /** Where each item says what; seen from the item. */
  at: {
    key?: string | undefined;
    company?: string | undefined;
    domain?: string | undefined;
    cik?: string | undefined;
    kind?: string | undefined;
    title: string;
    date?: string | undefined;
    link?: string | undefined;
  };
  /** What an item tells: by the word at `at.kind`, in lower case, else always the same; null leaves out other words. */
  tells: { byWord: Record<string, SignalKind>; always: SignalKind | null };
  strength: number;
};

/** A company as a source names it. */
export type NamedCompany = {
  name: string;
  formerNames: string[];
  /** External ids, e.g. `{ system: 'sec', kind: 'cik', value: '0001781814' }`. */
  ids: { system: string; kind: string; value: string }[];
  domain: string | null;
  city: string | null;
  region: string | null;
  country: string | null;
};

export type SignalKind =
  | 'funding'
  | 'hiring'
  | 'hiring_growth'
  | 'expansion'
  | 'technology_adoption'
  | 'executive_hire'
  | 'acquisition'
  | 'intent'
  | 'content_spike'
  | 'competitor_research'
  | 'category_search'
  | 'visit'
  | 'inbound_request'
  | 'leadership_change'
  | 'competitive_install'
  | 'champion_departure'
  | 'budget_cut'
  | 'competitive_evaluation'
  | 'hiring_freeze'
  | 'negative_sentiment';

export type Finding = {
  kind: SignalKind;
  /** Same event, same key: a second report of it is not a second signal. */
  eventKey: string;
  company: NamedCompany;
  /**
   * Set where the name alone says which company is meant: an account of that name counts only if this text names its domain or place,
   * else a person decides; companies that are no accounts are left out.
   */
  corroboration?: string;
  occurredAt: string;
  /** Names of people who have left their office and the company, as published: compared with the workspace's champions, never kept. */
  leavers?: string[];
  /** 0–1: how much such an event says; decays with the kind's half-life. */
  strength: number;
  /** One sentence for a rep, no personal data. */
  summary: string;
  /** Small typed facts, shown as they are. Amounts in whole US dollars. */
  facts: Record<string, string | number | boolean | null>;
  evidence: {
    url: string;
    /** Literal text of the document that carries the claim, and where it starts (characters). */
    quote: string;
    quoteStart: number;
    /** Text around the quote, for documents that people don't read as they are sent (HTML). */
    context?: string;
  };
};

/** What headlines say of companies, as far as it is acted on. */
export type NewsKind = Extract<
  SignalKind,
  'funding' | 'acquisition' | 'expansion' | 'executive_hire' | 'leadership_change' | 'budget_cut'
>;

/** What a headline says of a company, by its verb. */
export type NewsClaim = {
  kind: NewsKind;
  /** As the headline names it. */
  company: string;
  /** 0–1 */
  strength: number;
  /** Continues the company's name. */
  told: string;
  facts: Record<string, string | number | null>;
};

/** An article of the press, as its source shows it: rules decide whether it counts. */
export type PressItem = {
  /** Its identity at the source. */
  key: string;
  /** The same article, the same key: it is told once. */
  eventKey: string;
  title: string;
  /** The beginning of what the source shows besides. */
  text: string;
  url: string;
  /** Host of who has published it. */
  publisher: string;
  /** ISO 639; null where it is not known. */
  language: string | null;
  /** ISO; empty where the source does not say. */
  publishedAt: string;
  claim: NewsClaim | null;
  /** Companies that the title names, the one that the claim is about first; then those that only the text names. */
  named: readonly string[];
  mentioned: readonly string[];
};

export type ItemReading =
  | { outcome: 'signal'; finding: Finding }
  | { outcome: 'article'; article: PressItem }
  /** A document that says several things. One that amends another corrects what was told before and tells the rest. */
  | { outcome: 'signals'; findings: [Finding, ...Finding[]]; amends: boolean }
  | { outcome: 'no_signal'; reason: string }
  /** A correction of something that was reported before: updates, never adds. */
  | { outcome: 'correction'; finding: Finding };

export type SourceManifest = {
  id: string;
  name: string;
  host: string;
  pollEverySeconds: number;
  limits: readonly { requests: number; windowMs: number }[];
  /** Of a reply, decompressed; left out, as much as the largest boards need. */
  maxBodyBytes?: number;
  licence: string;
  cost: string;
  canKnow: string;
  cannotKnow: string;
};

/** Faults of a source. `malformed` and `empty` are outages: never "nothing happened". */
export type SourceFault =
  | 'unreachable'
  | 'unavailable'
  | 'rate_limited'
  | 'forbidden'
  | 'malformed'
  | 'empty'
  | 'too_large'
  /** Not the source's: the workspace's own limit of the day is reached. */
  | 'day_limit';

export class SourceError extends Error {
  override readonly name = 'SourceError';
  readonly source: string;
  readonly fault: SourceFault;
  readonly detail: string;
  constructor(source: string, fault: SourceFault, detail: string, options: { cause?: unknown } = {}) {
    super(`${source}: ${fault} (${detail})`, options);
    this.source = source;
    this.fault = fault;
    this.detail = detail;
  }
}

/** A company as the press is asked about it. */
export type PressCompany = { name: string; domain: string | null; city: string | null };
export type PressArticle = {
  url: string;
  title: string;
  /** ISO */
  at: string;
  language: string | null;
};

/** A source of press that is asked about one company at a time. */
export type CompanyPress = {
  readonly manifest: SourceManifest;
  /**
   * Null where nothing would tell this company from others of its name.
   * @param languages ISO 639, of the articles that are wanted
   */
  request(company: PressCompany, since: Date, now: Date, languages: readonly string[]): SourceRequest | null;
  /** Throws `SourceError`; an empty list is an answer. */
  parse(reply: SourceReply): PressArticle[];
  /** What an article says; it names the company in its title, else only mentions it. */
  read(article: PressArticle, company: PressCompany): PressItem;
};

export type SourceAdapter = {
  readonly manifest: SourceManifest;
  /**
   * Every look shows what is newest, and so something of what the look before showed (feeds, files). A list that shows nothing of it and
   * is not newer is somebody else's, or has changed its keys.
   */
  readonly isWindow?: true;
  /** Lists what is new since `cursor` (opaque to the caller; null at first sight). One or several pages. */
  listRequest(cursor: string | null, page: number, now: Date): SourceRequest | null;
  /** What follows a page that was read, for lists whose replies say it; null at the end. `page` counts from 0. */
  nextRequest?(reply: SourceReply, asked: SourceRequest, page: number): SourceRequest | null;
  /** Pages that are read of such a list at most. */
  readonly mostPages?: number;
  /** `cut`: set where the reply may have ended too early, what it ends with; it counts once two looks end alike. */
  parseList(reply: SourceReply, request: SourceRequest): { items: ListedItem[]; cut?: string };
  nextCursor(cursor: string | null, items: ListedItem[], now: Date): string | null;
  itemRequest(item: ListedItem): SourceRequest;
  /** Of press: what is listed as an article, to be kept also where it was there before the watching began. */
  articleOf?(item: ListedItem): PressItem;
  parseItem(item: ListedItem, reply: SourceReply): ItemReading;
};
