import type {
  CompanyEvent,
  KnownFacts,
  ProviderAdapter,
  ProviderAnswer,
  ProviderReply,
} from '@penstock/enrichment/provider-port';
import { z } from 'zod';

import { failWith, faultOfStatus, jsonOf, lenientList, readAs } from '../reply-reading.ts';
import { getRequest, syncCalls } from '../vendor-calls.ts';
import { BUILTWITH_ID, builtWithManifest, TECHNOLOGIES } from './manifest.ts';

/** Moments are milliseconds since 1970. */
const Technology = z.object({
  Name: z.string().min(1),
  Tag: z.string().nullish(),
  FirstDetected: z.number(),
  LastDetected: z.number(),
});
const Reply = z.object({
  Results: z.array(
    z.object({
      Lookup: z.string().nullish(),
      Result: z.object({ Paths: lenientList(z.object({ Technologies: lenientList(Technology) })) }),
    }),
  ),
});
const Errors = z.object({
  Errors: z.array(z.object({ Message: z.string(), Code: z.number().nullish() })).min(1),
});

export const builtWith: ProviderAdapter = {
  manifest: builtWithManifest,
  ...syncCalls(BUILTWITH_ID, refuseFaults, {
    [TECHNOLOGIES]: {
      // Without addresses, names and titles: nothing of people is asked for. `HIDETEXT` would leave out what sort of thing each is.
      build: ({ companyDomain }) =>
        getRequest('/v22/api.json', {
          LOOKUP: companyDomain,
          HIDEDL: 'yes',
          NOMETA: 'yes',
          NOPII: 'yes',
          NOATTR: 'yes',
        }),
      read: readTechnologies,
    },
  }),
};

/** What is wrong is said inside a 200, in words. */
function refuseFaults(reply: ProviderReply): void {
  const fault = faultOfStatus(reply.status);
  if (fault !== undefined) failWith(BUILTWITH_ID, fault, reply);
  const said = Errors.safeParse(jsonOf(reply));
  if (!said.success) return;
  const words = said.data.Errors.map(({ Message }) => Message).join(' ');
  if (/credit/i.test(words)) failWith(BUILTWITH_ID, 'quota_exhausted', reply);
  failWith(
    BUILTWITH_ID,
    /api key|not a valid key|authori[sz]/i.test(words) ? 'unauthorized' : 'rejected',
    reply,
  );
}

const DAY_MS = 86_400_000;
/** A site is looked at every few weeks: what was not seen for so long, while other things were, is gone. */
const GONE_MS = 45 * DAY_MS;

/** What pages are written in and served by: nobody has bought it, and a new theme changes a dozen of them at once. */
const PAGE_PARTS: ReadonlySet<string> = new Set([
  'copyright',
  'css',
  'docinfo',
  'encoding',
  'feeds',
  'framework',
  'javascript',
  'language',
  'link',
  'mobile',
  'parked',
  'robots',
  'seo_headers',
  'seo_meta',
  'seo_title',
  'server',
  'ssl',
  'web server',
]);
const isTool = ({ Tag }: z.output<typeof Technology>): boolean => !PAGE_PARTS.has((Tag ?? '').toLowerCase());

type Sighting = { name: string; first: number; last: number; isTool: boolean };

function readTechnologies(reply: ProviderReply, asked: KnownFacts): ProviderAnswer {
  const { Results } = readAs(BUILTWITH_ID, Reply, reply);
  const sightings = sightingsIn(Results);
  // What pages are made of says when the site was looked at, and is no news itself.
  const looked = Math.max(0, ...sightings.map(({ last }) => last));
  const since = Date.parse(asked.since ?? '') || 0;
  const url = `https://builtwith.com/${asked.companyDomain ?? ''}`;
  const events = sightings
    .filter((one) => one.isTool)
    .flatMap((one) => changeOf(one, { looked, since, url }));
  return { outcome: 'events', events, more: false, vendorCredits: 1 };
}

function sightingsIn(results: z.output<typeof Reply>['Results']): Sighting[] {
  const byName = new Map<string, Sighting>();
  for (const { Result } of results)
    for (const { Technologies } of Result.Paths)
      for (const technology of Technologies) {
        // The same tool on several paths is one tool, from its first sight to its last.
        const { Name, FirstDetected, LastDetected } = technology;
        const known = byName.get(Name.toLowerCase());
        byName.set(Name.toLowerCase(), {
          name: Name,
          first: Math.min(FirstDetected, known?.first ?? FirstDetected),
          last: Math.max(LastDetected, known?.last ?? LastDetected),
          isTool: isTool(technology),
        });
      }
  return [...byName.values()];
}

function changeOf(
  { name, first, last }: Sighting,
  { looked, since, url }: { looked: number; since: number; url: string },
): CompanyEvent[] {
  const at = (ms: number) => new Date(ms).toISOString();
  const shared = { what: 'technology' as const, ref: name.toLowerCase(), url, name };
  if (first > since && last >= looked - GONE_MS)
    return [
      { ...shared, at: at(first), quote: `${name}, first seen ${at(first).slice(0, 10)}`, change: 'adopted' },
    ];
  // Told once: in the look in which it had been missing for long enough.
  const goneAt = last + GONE_MS;
  return goneAt > since && goneAt <= looked && first <= since
    ? [{ ...shared, at: at(last), quote: `${name}, last seen ${at(last).slice(0, 10)}`, change: 'dropped' }]
    : [];
}
