import { DEFAULT_WATERFALL } from '@penstock/enrichment/model/presets';
import type { Waterfall, WaterfallStep } from '@penstock/enrichment/model/waterfall';
import { throwAwayDataDir } from '@penstock/infra-local/data-folder';
import { startInstance } from '@penstock/infra-local/instance';
import type { Instance } from '@penstock/infra-local/instance-options';
import { withConnection } from '@penstock/infra-local/postgres-connection';
import { buildWorld } from '@penstock/sandbox/world/build-world';
import type { World, WorldPerson } from '@penstock/sandbox/world/world';
import type { AppRouter } from '@penstock/gateway/trpc/app-router';
import type { TRPCClient } from '@trpc/client';

import { adminUrl } from '../walk/admin-url.ts';
import { signInToConsole } from '../walk/console-client.ts';
import { until } from '../walk/waiting.ts';
import type { Benchmark } from './benchmark.ts';
import { cheapestMicros, emailOf, mobileOf } from './coverage-truth.ts';
import { publishWaterfall } from './publish-waterfall.ts';
import { WORKSPACE } from './queue-instance.ts';

const PEOPLE = Number(process.env['BENCH_PEOPLE'] ?? 500);
const RUN_TIMEOUT_MS = 240_000;
const FLOOR = { waterfall: 0.85, single: [0.4, 0.6], wrong: 0.01 } as const;

const step = (provider: string, capability: string, only: WaterfallStep['only'] = null): WaterfallStep => ({
  provider,
  capability,
  only,
  when: [],
});
const CHECKS = [step('zerobounce', 'validate'), step('twilio-lookup', 'line-type')];
/** Each vendor alone, with whatever of an address and a mobile it sells. */
const SINGLES: Readonly<Record<string, WaterfallStep[]>> = {
  'people-data-labs': [step('people-data-labs', 'person-enrich')],
  leadmagic: [step('leadmagic', 'email-finder'), step('leadmagic', 'mobile-finder')],
  hunter: [step('hunter', 'email-finder')],
  apollo: [step('apollo', 'people-match')],
  prospeo: [step('prospeo', 'enrich-person'), step('prospeo', 'enrich-mobile', ['mobile'])],
  findymail: [step('findymail', 'search-name'), step('findymail', 'search-phone')],
  cognism: [step('cognism', 'contact')],
};
const ADDRESSES = ['leadmagic', 'hunter', 'prospeo', 'findymail'].flatMap(
  (vendor) => SINGLES[vendor]?.slice(0, 1) ?? [],
);
const MOBILES = [
  step('leadmagic', 'mobile-finder'),
  step('prospeo', 'enrich-mobile', ['mobile']),
  step('findymail', 'search-phone'),
];
const PROFILES = [step('people-data-labs', 'person-enrich'), step('cognism', 'contact')];
const LAST = [step('fullenrich', 'contact-phone'), step('rocketreach', 'person-lookup-phone', ['mobile'])];
/** Nobody can look up what line a Canadian number is, so none would count: they are not bought. */
const elsewhere = (one: WaterfallStep): WaterfallStep => ({
  ...one,
  only: ['mobile'],
  when: [{ about: 'country', is: 'none_of', values: ['CA'], ifUnknown: true }],
});
/** Addresses and mobiles each from the cheapest on; whole profiles, which cost the same with less in them, for what is left. */
const WATERFALL = [
  ...ADDRESSES,
  ...CHECKS,
  ...[...MOBILES, ...PROFILES.toReversed(), ...LAST].map(elsewhere),
  ...PROFILES,
];
/** Orders that somebody would set without looking at prices, or at who knows whom. */
const FIXED: Readonly<Record<string, WaterfallStep[]>> = {
  'profiles first': [...PROFILES, ...ADDRESSES, ...CHECKS, ...MOBILES, ...LAST],
  'one vendor after the other': [...Object.values(SINGLES).flat(), ...CHECKS, ...LAST],
};

/** Coverage of invented people, whose truth is known, by one vendor and by waterfalls, and what a usable contact costs. */
export const coverage: Benchmark = {
  name: 'coverage',
  about: `${PEOPLE} people of the invented world through each vendor alone and through waterfalls, held against the truth`,
  async run(say) {
    await using instance = await startInstance({
      dataDir: await throwAwayDataDir('bench-coverage'),
      label: 'bench coverage',
      services: ['sandbox', 'gateway', 'worker'],
      seed: true,
      extraEnvironment: { PENSTOCK_LOG_LEVEL: 'warn' },
    });
    const admin = instance.seeded?.signIns.find((one) => one.role === 'admin');
    if (!admin) throw new Error('the sandbox was not seeded');
    const client = await signInToConsole(instance.publicUrl, admin);
    await keys(client);
    const world = buildWorld();
    const stride = Math.max(1, Math.floor(world.people.length / PEOPLE));
    const people = world.people.filter((_, at) => at % stride === 0).slice(0, PEOPLE);
    say('Invented people: nothing here says what a vendor knows of real ones.');
    const arm = async (name: string, steps: WaterfallStep[]): Promise<Arm> => {
      const made = await measure(instance, client, { name, steps, world, people });
      say(line(made));
      return made;
    };
    const singles: Arm[] = [];
    for (const [name, steps] of Object.entries(SINGLES)) singles.push(await arm(name, [...steps, ...CHECKS]));
    const ours = await arm('waterfall', WATERFALL);
    const fixed: Arm[] = [];
    for (const [name, steps] of Object.entries(FIXED)) fixed.push(await arm(name, steps));
    return report(people, world, singles, ours, fixed);
  },
};

/** Shares of those who have one at all; money in micro-dollars. */
type Arm = {
  name: string;
  email: number;
  mobile: number;
  /** Shares of the values taken for usable that are not the person's. */
  wrong: number;
  contacts: number;
  spentMicros: number;
};

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;
const perContact = ({ spentMicros, contacts }: Pick<Arm, 'spentMicros' | 'contacts'>): string =>
  `$${(spentMicros / contacts / 1_000_000).toFixed(3)}`;
const line = (arm: Arm): string =>
  `${arm.name}: usable e-mail ${percent(arm.email)}, mobile ${percent(arm.mobile)}, wrong ${percent(arm.wrong)}, ${perContact(arm)} per usable contact`;

function report(
  people: readonly WorldPerson[],
  world: World,
  singles: readonly Arm[],
  ours: Arm,
  fixed: readonly Arm[],
): Awaited<ReturnType<Benchmark['run']>> {
  const best = Math.max(...singles.map(({ email }) => email));
  const cheapest = fixed.toSorted((a, b) => a.spentMicros / a.contacts - b.spentMicros / b.contacts)[0];
  const bought = people.map((person) => cheapestMicros(world, person)).filter((micros) => micros !== null);
  const clairvoyant = {
    spentMicros: bought.reduce((sum, micros) => sum + micros, 0),
    contacts: bought.length,
  };
  const holds =
    Math.min(ours.email, ours.mobile) >= FLOOR.waterfall &&
    ours.wrong <= FLOOR.wrong &&
    best >= FLOOR.single[0] &&
    best <= FLOOR.single[1];
  return {
    figures: {
      best_single: percent(best),
      email: percent(ours.email),
      mobile: percent(ours.mobile),
      wrong: percent(ours.wrong),
      per_contact: perContact(ours),
      best_fixed: cheapest ? perContact(cheapest) : '',
      clairvoyant: perContact(clairvoyant),
    },
    floor: 'best_single=40-60%,email>=85%,mobile>=85%,wrong<=1%',
    goal: 'the same',
    verdict: holds ? 'ok' : 'below floor',
  };
}

/** Keys without the vendors' limits: what is measured is who is found, not how fast. */
async function keys(client: TRPCClient<AppRouter>): Promise<void> {
  const vendors = [...Object.keys(SINGLES), ...[...CHECKS, ...LAST].map(({ provider }) => provider)];
  for (const provider of new Set(vendors))
    await client.settings.saveCredential.mutate({
      provider,
      label: 'Coverage',
      secret: provider === 'twilio-lookup' ? 'sandbox_coverage:secret' : `sandbox_coverage_${provider}`,
      limits: [{ requests: 500, windowSeconds: 1 }],
    });
}

async function measure(
  instance: Instance,
  client: TRPCClient<AppRouter>,
  arm: { name: string; steps: WaterfallStep[]; world: World; people: readonly WorldPerson[] },
): Promise<Arm> {
  const version: Waterfall = {
    ...DEFAULT_WATERFALL,
    wanted: ['work_email', 'mobile'],
    steps: arm.steps,
    policy: { ...DEFAULT_WATERFALL.policy, acceptCatchAll: true, checkPhones: true },
    ceilingMicros: 5_000_000,
  };
  await publishWaterfall(instance, version);
  const ids = await meet(instance, arm.world, arm.people);
  const { id } = await client.enrichment.startListRun.mutate({
    name: arm.name,
    people: { kind: 'ids', ids },
    budgetMicros: null,
    guard: null,
  });
  await until(
    `the run of ${arm.name} ends`,
    async () => (await client.enrichment.getListRun.query({ id })).state === 'finished',
    RUN_TIMEOUT_MS,
    500,
  );
  return { name: arm.name, ...(await judge(instance, arm.people, ids)) };
}

/** The same people once more, known by name and company alone. */
async function meet(instance: Instance, world: World, people: readonly WorldPerson[]): Promise<string[]> {
  const companies = people.map(({ companyKey }) => world.companyByKey.get(companyKey));
  return withConnection(adminUrl(instance), async (client) => {
    await client.query(
      `insert into account (workspace_id, id, name, domain, country, state, origin, created_at, updated_at)
       select distinct on (c.domain) $1::uuid, gen_random_uuid(), c.name, c.domain, c.country, 'active', 'manual', now(), now()
       from unnest($2::text[], $3::text[], $4::text[]) as c (name, domain, country)
       where not exists (select from account a where a.workspace_id = $1 and a.domain = c.domain)`,
      [
        WORKSPACE,
        companies.map((one) => one?.name),
        companies.map((one) => one?.domain),
        companies.map((one) => one?.country),
      ],
    );
    const ids = people.map(() => crypto.randomUUID());
    await client.query(
      `insert into person (workspace_id, id, account_id, given_name, family_name, origin, created_at, updated_at)
       select $1, p.id, a.id, p.given_name, p.family_name, 'manual', now(), now()
       from unnest($2::uuid[], $3::text[], $4::text[], $5::text[]) as p (id, given_name, family_name, domain)
       join account a on a.workspace_id = $1 and a.domain = p.domain`,
      [
        WORKSPACE,
        ids,
        people.map(({ givenName }) => givenName),
        people.map(({ familyName }) => familyName),
        companies.map((one) => one?.domain),
      ],
    );
    await client.query('analyze person, account');
    return ids;
  });
}

type Found = { email: string | null; mobile: string | null; micros: number };

async function judge(
  instance: Instance,
  people: readonly WorldPerson[],
  ids: readonly string[],
): Promise<Omit<Arm, 'name'>> {
  const found = await withConnection(adminUrl(instance), async (client) => {
    const { rows } = await client.query<Found>(
      `select (select v.value from visible_value v where v.subject_id = p.id and v.field = 'work_email' and v.usable) as email,
         (select v.value from visible_value v where v.subject_id = p.id and v.field = 'mobile' and v.usable) as mobile,
         (select coalesce(sum(l.charged_micros), 0)::float8 from spend_ledger l where l.person_id = p.id) as micros
       from unnest($1::uuid[]) with ordinality as p (id, at) order by p.at`,
      [ids],
    );
    return rows;
  });
  const of = (value: (one: Found) => string | null, truth: (person: WorldPerson) => string | null) => {
    const pairs = people.map((person, at) => ({
      truth: truth(person),
      value: found[at] ? value(found[at]) : null,
    }));
    return {
      right: pairs.filter((pair) => pair.value !== null && pair.value === pair.truth).length,
      wrong: pairs.filter((pair) => pair.value !== null && pair.value !== pair.truth).length,
      possible: pairs.filter((pair) => pair.truth !== null).length,
    };
  };
  const email = of(({ email: value }) => value, emailOf);
  const mobile = of(({ mobile: value }) => value, mobileOf);
  const taken = email.right + email.wrong + mobile.right + mobile.wrong;
  return {
    email: email.right / email.possible,
    mobile: mobile.right / mobile.possible,
    wrong: (email.wrong + mobile.wrong) / taken,
    contacts: email.right,
    spentMicros: found.reduce((sum, { micros }) => sum + micros, 0),
  };
}
