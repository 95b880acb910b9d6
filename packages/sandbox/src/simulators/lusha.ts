import type { World } from '../world/world.ts';
import { findCompany } from './find-person.ts';
import type { Happened, HappeningBook } from './happenings.ts';
import { textIn } from './known-person.ts';
import type { VendorAnswer, VendorSimulator } from './vendor.ts';

const problem = (statusCode: 400 | 401 | 402 | 404 | 429, message: string): VendorAnswer => ({
  status: statusCode,
  body: { statusCode, message },
});

/** The kind of signal and the type of event that stand for what happened. */
const TYPES: Readonly<Record<string, readonly [signal: string, eventType: string]>> = {
  receives_financing: ['financialEventsNews', 'Funding Round'],
  acquires: ['corporateStrategyNews', 'M&A'],
  closes_offices_in: ['corporateStrategyNews', 'Facility Closure'],
  expands_offices_in: ['corporateStrategyNews', 'New Location'],
  expands_facilities: ['corporateStrategyNews', 'Facilities Expansion'],
  decreases_headcount_by: ['peopleNews', 'Headcount Decrease'],
  increases_headcount_by: ['peopleNews', 'Headcount Increase'],
  hires: ['peopleNews', 'Executive Hire'],
  leaves: ['peopleNews', 'Executive Departure'],
  attends_event: ['marketIntelligenceNews', 'Event Participation'],
};
const HALF_YEAR_MS = 182 * 86_400_000;
/** Openings at once that are taken for a surge. */
const SURGE = 3;

type News = Extract<Happened, { what: 'news' }>;

/** `signals/companies/search`: a credit for each signal that matches, one at least, whole days only. */
export function lushaSimulator(world: World, happenings: HappeningBook): VendorSimulator {
  return {
    vendor: 'lusha',
    host: 'api.lusha.com',
    keyIn: { header: 'api_key' },
    limits: [{ requests: 50, windowMs: 60_000 }],
    refuse: (why) =>
      ({
        bad_key: problem(401, 'Invalid API key'),
        no_credits: problem(402, 'Insufficient credits for this operation'),
        rate_limited: problem(429, 'Too many requests. Please wait before making another request.'),
      })[why],
    answer(call) {
      if (`${call.method} ${call.path}` !== 'POST /api/signals/companies/search')
        return problem(404, 'Not found');
      return search(world, happenings, call.body, call.nowMs);
    },
  };
}

function search(
  world: World,
  happenings: HappeningBook,
  body: Record<string, unknown>,
  nowMs: number,
): VendorAnswer {
  const [asked] = Array.isArray(body['companies']) ? (body['companies'] as Record<string, unknown>[]) : [];
  const signals = Array.isArray(body['signals']) ? body['signals'].map(String) : [];
  const id = textIn(asked?.['id']);
  if (id === null || signals.length === 0) return problem(400, 'companies and signals are required');
  const startDate = textIn(body['startDate']);
  const from = startDate === null ? new Date(nowMs - HALF_YEAR_MS) : new Date(`${startDate}T00:00:00Z`);
  const most = Number(body['maxResultsPerSignal'] ?? 10);
  const company = findCompany(world, textIn(asked?.['domain']) ?? '');
  const own = company && { companyId: company.key, companyName: company.name, domain: company.domain };
  const found: Record<string, unknown[]> = {};
  if (own) {
    const wanted = newsTypesIn(body);
    // The newest first, as many as are wanted of each kind.
    for (const news of happenings.since(own.domain, 'news', from).toReversed()) {
      const [signal, eventType] = TYPES[news.category] ?? [];
      if (signal === undefined || eventType === undefined || !signals.includes(signal)) continue;
      if (wanted !== null && !wanted.has(eventType.toLowerCase())) continue;
      const list = (found[signal] ??= []);
      if (list.length < most) list.push({ ...own, ...newsOf(news, own.companyName, eventType) });
    }
    const openings = happenings.since(own.domain, 'opening', from);
    const last = openings.at(-1);
    if (signals.includes('surgeInHiring') && last && openings.length >= SURGE)
      found['surgeInHiring'] = [{ ...own, ...surgeOf(openings.length, last.at) }];
  }
  const matched = Object.values(found).reduce((sum, list) => sum + list.length, 0);
  const credits = Math.max(1, matched);
  return {
    status: 200,
    body: {
      companies: own ? { [id]: { ...own, ...found } } : {},
      startDate: from.toISOString().slice(0, 10),
      endDate: new Date(nowMs).toISOString().slice(0, 10),
      creditCharged: credits,
    },
    charge: { capability: 'signals', personKey: `${id}/${signals.join()}/${from.toISOString()}`, credits },
  };
}

/** Values of the filter are not case-sensitive; null where there is none. */
function newsTypesIn(body: Record<string, unknown>): ReadonlySet<string> | null {
  const filters = body['filters'] as { include?: { newsEventTypes?: string[] } } | undefined;
  const types = filters?.include?.newsEventTypes;
  return types === undefined ? null : new Set(types.map((type) => type.toLowerCase()));
}

function newsOf({ id, domain, category, attributes, at }: News, name: string, eventType: string) {
  const day = at.toISOString().slice(0, 10);
  const role = textIn(attributes?.['job_title']);
  const words = `${name} ${category.replaceAll('_', ' ')}${role === null ? '' : ` ${role}`}`;
  return {
    signalId: String(id),
    eventType: eventType.toLowerCase(),
    eventSummary: `${words}.`,
    articlePublishedDate: day,
    articleTitle: words,
    articleHighlight: `${words}, it was announced today.`,
    eventEffectiveDate: day,
    articleUrl: `https://press.example/${domain}/${id}`,
  };
}

const surgeOf = (openings: number, at: Date) => ({
  signalId: `s-${at.getTime()}`,
  signalDate: at.toISOString().slice(0, 10),
  newJobsPostedLastWeek: openings,
  historicalAvg: 1,
  changeRatePercent: (openings - 1) * 100,
});
