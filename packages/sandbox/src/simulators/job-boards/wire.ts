import type { WorldCompany } from '../../world/world.ts';
import { boardNameOf, type PostedJob } from './board-book.ts';

type Page = { from: number; limit: number };

const describe = (company: WorldCompany, job: PostedJob): string =>
  `<h3>${job.title}</h3><p>${company.name} is looking for a ${job.title} in ${job.city}. You&rsquo;ll work with the ${job.department} team &amp; report to its head.</p><ul><li>Three years of experience</li><li>Fluent English</li></ul>`;

const countryName = (code: string): string =>
  new Intl.DisplayNames(['en'], { type: 'region' }).of(code) ?? code;

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

export const greenhouse = (company: WorldCompany, jobs: readonly PostedJob[]): unknown => ({
  jobs: jobs.map((job) => ({
    id: job.id,
    internal_job_id: job.id + 1,
    title: job.title,
    company_name: company.name,
    absolute_url: `https://job-boards.greenhouse.io/${boardNameOf(company)}/jobs/${job.id}`,
    location: { name: `${job.city}, ${countryName(job.country)}` },
    departments: [{ id: 1, name: job.department }],
    offices: [{ id: 1, name: 'HQ', location: `${company.city}, ${countryName(company.country)}` }],
    first_published: job.postedAt.toISOString(),
    updated_at: job.postedAt.toISOString(),
    content: escaped(describe(company, job)),
  })),
  meta: { total: jobs.length },
});

export const lever = (company: WorldCompany, jobs: readonly PostedJob[], page: Page): unknown =>
  jobs.slice(page.from, page.from + page.limit).map((job) => ({
    id: `lever-${job.id}`,
    text: job.title,
    categories: {
      commitment: 'Full-time',
      team: job.department,
      department: job.department,
      location: `${job.city}, ${countryName(job.country)}`,
      allLocations: [`${job.city}, ${countryName(job.country)}`],
    },
    country: job.country,
    workplaceType: 'hybrid',
    createdAt: job.postedAt.getTime(),
    hostedUrl: `https://jobs.lever.co/${boardNameOf(company)}/lever-${job.id}`,
    description: describe(company, job),
    lists: [],
  }));

export const ashby = (company: WorldCompany, jobs: readonly PostedJob[]): unknown => ({
  apiVersion: '1',
  jobs: jobs.map((job) => ({
    id: `ashby-${job.id}`,
    title: job.title,
    department: job.department,
    team: job.department,
    employmentType: 'FullTime',
    location: job.city,
    address: { postalAddress: { addressLocality: job.city, addressCountry: countryName(job.country) } },
    secondaryLocations: [],
    publishedAt: job.postedAt.toISOString(),
    isListed: true,
    isRemote: false,
    jobUrl: `https://jobs.ashbyhq.com/${boardNameOf(company)}/ashby-${job.id}`,
    descriptionHtml: describe(company, job),
  })),
});

export const smartRecruiters = (company: WorldCompany, jobs: readonly PostedJob[], page: Page): unknown => ({
  offset: page.from,
  limit: page.limit,
  totalFound: jobs.length,
  content: jobs.slice(page.from, page.from + page.limit).map((job) => ({
    id: String(job.id),
    name: job.title,
    company: { identifier: boardNameOf(company), name: company.name },
    releasedDate: job.postedAt.toISOString(),
    location: { city: job.city, country: job.country.toLowerCase(), remote: false },
    department: { label: job.department },
    function: { label: job.department },
    typeOfEmployment: { label: 'Full-time' },
    visibility: 'PUBLIC',
  })),
});

export const workable = (company: WorldCompany, jobs: readonly PostedJob[]): unknown => ({
  name: company.name,
  description: null,
  jobs: jobs.map((job) => ({
    title: job.title,
    shortcode: `W${job.id}`,
    department: job.department,
    telecommuting: false,
    url: `https://apply.workable.com/j/W${job.id}`,
    published_on: job.postedAt.toISOString().slice(0, 10),
    created_at: job.postedAt.toISOString().slice(0, 10),
    country: countryName(job.country),
    city: job.city,
    state: '',
    locations: [
      {
        country: countryName(job.country),
        countryCode: job.country,
        city: job.city,
        region: null,
        hidden: false,
      },
    ],
    description: describe(company, job),
  })),
});

export const recruitee = (company: WorldCompany, jobs: readonly PostedJob[]): unknown => ({
  offers: jobs.map((job) => ({
    id: job.id,
    title: job.title,
    status: 'published',
    department: job.department,
    company_name: company.name,
    city: job.city,
    country_code: job.country,
    country: countryName(job.country),
    published_at: `${job.postedAt.toISOString().slice(0, 19).replace('T', ' ')} UTC`,
    careers_url: `https://${boardNameOf(company)}.recruitee.com/o/${job.id}`,
    description: describe(company, job),
    requirements: '<p>Three years of experience</p>',
    remote: false,
  })),
});
