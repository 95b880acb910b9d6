import type { World } from '../world/world.ts';
import { findCompany } from './find-person.ts';
import type { HappeningBook } from './happenings.ts';
import type { VendorAnswer, VendorSimulator } from './vendor.ts';

/** What is wrong is said inside a 200. */
const said = (Message: string, Code: number): VendorAnswer => ({
  status: 200,
  body: { Results: [], Errors: [{ Lookup: null, Message, Code }] },
});

/** `v22/api.json`: everything that a site was ever seen with, a credit for each look. */
export function builtWithSimulator(world: World, happenings: HappeningBook): VendorSimulator {
  return {
    vendor: 'builtwith',
    host: 'api.builtwith.com',
    keyIn: { query: 'KEY' },
    limits: [{ requests: 8, windowMs: 1_000 }],
    refuse: (why) =>
      ({
        bad_key: said('API Key is not valid', -1),
        no_credits: said('You have insufficient API credits', -3),
        rate_limited: { status: 429, body: { Results: [], Errors: [{ Message: 'Rate limited' }] } } as const,
      })[why],
    answer(call, _spoil, account) {
      const company = findCompany(world, call.query.get('LOOKUP') ?? '');
      if (call.path !== '/v22/api.json' || !company) return said('LOOKUP is not a domain that we know', -2);
      // What sort of thing it is, is left out for whoever asks for no text.
      const isBare = call.query.get('HIDETEXT') === 'yes';
      const tool = (Name: string, first: number, Tag = 'analytics') => ({
        Name,
        ...(!isBare && { Tag, Categories: [] }),
        FirstDetected: first,
        LastDetected: call.nowMs,
      });
      const found = happenings.since(company.domain, 'technology', new Date(0));
      const tools = [
        tool('nginx', Date.UTC(2019, 0, 1), 'Web Server'),
        ...found.flatMap(({ name, at }) => [
          tool(name, at.getTime()),
          // Whoever adds a tool to a page adds what it is made of.
          tool('core-js', at.getTime(), 'javascript'),
          tool('Viewport Meta', at.getTime(), 'mobile'),
        ]),
      ];
      return {
        status: 200,
        headers: { 'x-api-credits-remaining': String(account.creditsLeft - 1) },
        body: {
          Results: [
            {
              Lookup: company.domain,
              // The same tool on two paths, as it is on the wire.
              Result: {
                Paths: [
                  { Domain: company.domain, SubDomain: '', Technologies: tools },
                  { Domain: company.domain, SubDomain: 'blog', Technologies: tools.slice(0, 1) },
                ],
              },
            },
          ],
          Errors: [],
        },
        charge: { capability: 'technologies', personKey: company.domain, credits: 1 },
      };
    },
  };
}
