import type { PublishedFiling, ReleaseBook } from '../simulators/sec-edgar/release-book.ts';
import type { Outbox, SunkMail } from '../smtp-sink/outbox.ts';
import type { SmtpScript, SmtpScripts } from '../smtp-sink/smtp-script.ts';
import type { BoardBook, JobWish } from '../simulators/job-boards/board-book.ts';
import type { Happening, HappeningBook } from '../simulators/happenings.ts';
import type { MoveBook } from '../simulators/move-book.ts';
import type { SiteBook, ToldSite } from '../simulators/company-sites.ts';
import type { DnsBook } from '../simulators/open-web.ts';
import type { SlackBook, SlackMessage } from '../simulators/slack.ts';
import type { SunkWebhook, WebhookSink } from '../simulators/webhook-sink.ts';
import type { World } from '../world/world.ts';
import type { ArrivalBook, Arrivals } from './arrival-book.ts';
import type { ChargeBook, ChargeSummary } from './charge-book.ts';
import type { ScriptBook, VendorScript } from './script-book.ts';

export type FilingListing = Pick<
  PublishedFiling,
  'key' | 'accession' | 'form' | 'cik' | 'name' | 'origin'
> & {
  publishedAt: string | null;
};

/** What tests, chaos runs and the console's sandbox page may ask of the sandbox. */
export type SandboxControl = {
  script(script: VendorScript): void;
  charges(): ChargeSummary;
  /** When calls came in, by vendor and credential, with the fullest window of that length in milliseconds. */
  arrivals(windowMs: number): Arrivals[];
  /** Publishes a filing now; `next`, `notion`, `fund`, `amendment` or another key. Null if it is out already. */
  releaseFiling(which?: string): FilingListing | null;
  filings(): FilingListing[];
  /** Posts an opening on a company's board (`domain` of the company) now; null for a company nobody knows. */
  postJob(domain: string, job: JobWish): { title: string; company: string } | null;
  /** Takes every opening of a company's board down. */
  closeBoard(domain: string): boolean;
  /** Somebody (by their address) works at another company (by its domain) from now on, as vendors know. False for people or companies nobody knows. */
  movePerson(email: string, domain: string): boolean;
  /** Something happens at a company (by its domain), and every vendor of news knows it. False for a company nobody knows. */
  happen(domain: string, happening: Happening): boolean;
  outbox(): SunkMail[];
  scriptSmtp(script: SmtpScript): void;
  /** What a name answers from now on in the sandbox's DNS. */
  setDns(name: string, type: string, records: string[]): void;
  /** Nobody answers for any name, or everybody again. */
  breakDns(down: boolean): void;
  /** What the site of a host shows from now on. */
  setSite(host: string, site: ToldSite): void;
  /** What programs of the workspace were told, latest first. */
  webhooks(): SunkWebhook[];
  /** How the next deliveries are answered; 204 afterwards. */
  answerWebhooks(...statuses: number[]): void;
  /** What was written in Slack, latest first. */
  slack(): SlackMessage[];
  /** The next calls to Slack fail with these errors, HTTP 200 as there. */
  failSlack(...errors: string[]): void;
  /** Scripts, charges, releases and mails: as on the first day. */
  reset(): void;
};

type Parts = {
  scripts: ScriptBook;
  charges: ChargeBook;
  arrivals: ArrivalBook;
  releases: ReleaseBook;
  outbox: Outbox;
  smtpScripts: SmtpScripts;
  boards: BoardBook;
  webhooks: WebhookSink;
  dns: DnsBook;
  sites: SiteBook;
  moves: MoveBook;
  happenings: HappeningBook;
  slack: SlackBook;
};

export function createControl(parts: Parts, world: World): SandboxControl {
  return {
    script: (script) => parts.scripts.add(script),
    charges: () => parts.charges.summary(),
    arrivals: (windowMs) => parts.arrivals.within(windowMs),
    releaseFiling(which) {
      const released = parts.releases.release(which);
      return released === null ? null : listingOf(released);
    },
    filings: () => parts.releases.all().map(listingOf),
    ...happenings(parts, world),
    outbox: () => parts.outbox.list(),
    scriptSmtp: (script) => parts.smtpScripts.add(script),
    setDns: (name, type, records) => parts.dns.set(name, type, records),
    setSite: (host, site) => parts.sites.set(host, site),
    breakDns: (down) => parts.dns.setDown(down),
    webhooks: () => parts.webhooks.taken(),
    slack: () => parts.slack.taken(),
    failSlack: (...errors) => parts.slack.failNext(...errors),
    answerWebhooks: (...statuses) => parts.webhooks.answerNext(...statuses),
    reset() {
      parts.scripts.clear();
      parts.charges.clear();
      parts.arrivals.clear();
      parts.releases.reset();
      parts.boards.reset();
      parts.outbox.clear();
      parts.smtpScripts.clear();
      parts.webhooks.clear();
      parts.dns.clear();
      parts.sites.clear();
      parts.moves.reset();
      parts.happenings.clear();
      parts.slack.clear();
    },
  };
}

/** What happens at the companies of the world. */
function happenings(
  parts: Pick<Parts, 'boards' | 'moves' | 'happenings'>,
  world: World,
): Pick<SandboxControl, 'postJob' | 'closeBoard' | 'movePerson' | 'happen'> {
  return {
    postJob(domain, job) {
      const company = world.companyByDomain.get(domain);
      return company ? { title: parts.boards.post(company, job).title, company: company.name } : null;
    },
    closeBoard(domain) {
      const company = world.companyByDomain.get(domain);
      if (company) parts.boards.closeAll(company);
      return company !== undefined;
    },
    happen(domain, happening) {
      const company = world.companyByDomain.get(domain);
      if (company) parts.happenings.tell(domain, happening);
      return company !== undefined;
    },
    movePerson(email, domain) {
      const person = world.personByEmail.get(email.toLowerCase());
      const company = world.companyByDomain.get(domain);
      if (person && company) parts.moves.move(person, company);
      return person !== undefined && company !== undefined;
    },
  };
}

function listingOf(filing: FilingListing): FilingListing {
  const { key, accession, form, cik, name, origin, publishedAt } = filing;
  return { key, accession, form, cik, name, origin, publishedAt };
}
