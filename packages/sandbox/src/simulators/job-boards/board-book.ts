import type { Clock } from '@penstock/kernel/clock';

import { randomOf } from '../../world/random.ts';
import type { World, WorldCompany } from '../../world/world.ts';

export type PostedJob = {
  /** Small number, the same for ever. */
  id: number;
  title: string;
  department: string;
  city: string;
  country: string;
  postedAt: Date;
};

export const BOARD_VENDORS = [
  'greenhouse',
  'lever',
  'ashby',
  'smartrecruiters',
  'workable',
  'recruitee',
] as const;
export type BoardVendor = (typeof BOARD_VENDORS)[number];

export type JobWish = {
  title: string;
  department?: string | undefined;
  city?: string | undefined;
  country?: string | undefined;
};

export type BoardBook = {
  /** The company behind a board's name; null where there is no such board at this vendor. */
  companyOf(vendor: BoardVendor, board: string): WorldCompany | null;
  jobsOf(company: WorldCompany): PostedJob[];
  /** Posts an opening now. */
  post(company: WorldCompany, wish: JobWish): PostedJob;
  /** Takes everything down, as before a freeze. */
  closeAll(company: WorldCompany): void;
  reset(): void;
};

/** Something may be posted in each of these; what was posted stays up for some days. */
const SLOT_MS = 5 * 60_000;
const SLOTS_UP = 5 * 24 * 12;
const CHANCE = 0.012;

const JOBS: readonly [readonly [string, string], ...(readonly [string, string])[]] = [
  ['Revenue Operations Manager', 'Revenue'],
  ['Sales Operations Analyst', 'Revenue'],
  ['Account Executive', 'Sales'],
  ['Sales Development Representative', 'Sales'],
  ['Head of Sales', 'Sales'],
  ['CRM Administrator', 'Revenue'],
  ['Software Engineer', 'Engineering'],
  ['Senior Backend Engineer', 'Engineering'],
  ['Product Designer', 'Product'],
  ['Customer Success Manager', 'Customer Success'],
  ['Financial Accountant', 'Finance'],
  ['Office Manager', 'Operations'],
];

export const boardNameOf = (company: Pick<WorldCompany, 'domain'>): string =>
  company.domain.replace('.example', '');

/** Each company hires through one vendor. */
export const boardVendorOf = (world: Pick<World, 'companies'>, company: WorldCompany): BoardVendor =>
  BOARD_VENDORS[world.companies.indexOf(company) % BOARD_VENDORS.length] ?? 'greenhouse';

/** Openings of every invented company, by the clock alone, so that a restart shows the same; and those posted by hand. */
export function createBoardBook(world: World, clock: Clock): BoardBook {
  const byName = new Map(world.companies.map((company) => [boardNameOf(company), company]));
  const posted = new Map<string, PostedJob[]>();
  const closed = new Map<string, Date>();
  const jobsOf = (company: WorldCompany): PostedJob[] => {
    const now = clock.now();
    const since = closed.get(company.key);
    return [...standing(company), ...bySlots(company, now), ...(posted.get(company.key) ?? [])].filter(
      (job) => since === undefined || job.postedAt > since,
    );
  };
  return {
    companyOf(vendor, board) {
      const company = byName.get(board.toLowerCase());
      return company && boardVendorOf(world, company) === vendor ? company : null;
    },
    jobsOf,
    post(company, wish) {
      const known = posted.get(company.key) ?? [];
      const job = {
        id: 900_000 + known.length,
        title: wish.title,
        department: wish.department ?? 'Sales',
        city: wish.city ?? company.city,
        country: wish.country ?? company.country,
        postedAt: clock.now(),
      };
      posted.set(company.key, [...known, job]);
      return job;
    },
    closeAll: (company) => void closed.set(company.key, clock.now()),
    reset() {
      posted.clear();
      closed.clear();
    },
  };
}

/** What was up long before: three to nine openings. */
function standing(company: WorldCompany): PostedJob[] {
  const random = randomOf(`board/${company.key}`);
  return Array.from({ length: 3 + random.int(7) }, (_, id) =>
    jobOf(company, id, new Date('2026-06-01T09:00:00Z')),
  );
}

function bySlots(company: WorldCompany, now: Date): PostedJob[] {
  const slot = Math.floor(now.getTime() / SLOT_MS);
  const jobs: PostedJob[] = [];
  for (let at = slot - SLOTS_UP; at <= slot; at += 1) {
    if (randomOf(`job/${company.key}/${at}`).chance(CHANCE))
      jobs.push(jobOf(company, at, new Date(at * SLOT_MS)));
  }
  return jobs;
}

function jobOf(company: WorldCompany, id: number, postedAt: Date): PostedJob {
  const random = randomOf(`job/${company.key}/${id}/what`);
  const [title, department] = random.pick(JOBS);
  return { id, title, department, city: company.city, country: company.country, postedAt };
}
