import { expect, it } from 'vitest';

import { readCompanySite, type CompanySite } from './read-company-site.ts';
import { SourceError, type SourceFault } from './source-port.ts';

type Page = string | number | SourceFault;

/** A site by the addresses of its pages: HTML, where it redirects to, a status, or a fault. */
function siteOf(pages: Readonly<Record<string, Page>>): CompanySite & { asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    page({ host, path }) {
      asked.push(host + path);
      const page = pages[host + path] ?? 404;
      if (typeof page === 'number') return Promise.resolve({ status: page, body: '' });
      if (page.startsWith('<')) return Promise.resolve({ status: 200, body: page });
      if (page.startsWith('http')) return Promise.resolve({ status: 302, body: '', leadsTo: new URL(page) });
      return Promise.reject(new SourceError('company-sites', page as SourceFault, 'as told'));
    },
  };
}
const HOME = '<a href="/careers">Careers</a><a href="/jobs">Jobs</a><a href="/team/jobs">All jobs</a>';
const LEVER = '<a href="https://jobs.lever.co/acme">Openings</a>';
const read = (pages: Readonly<Record<string, Page>>) => readCompanySite(siteOf(pages), 'acme.example');

it('finds a board on the page that the start page calls careers, and says where', async () => {
  const site = siteOf({ 'acme.example/': HOME, 'acme.example/careers': LEVER });
  expect(await readCompanySite(site, 'acme.example')).toEqual({
    outcome: 'read',
    boards: [
      { source: 'board/lever', board: 'acme', foundOn: 'acme.example/careers', isOnCareersPage: true },
    ],
  });
  expect(site.asked).toEqual(['acme.example/', 'acme.example/careers', 'acme.example/jobs']);
});

it('tells a site without a board from one that could not be read', async () => {
  expect(await read({ 'acme.example/': HOME })).toEqual({ outcome: 'read', boards: [] });
  await expect(read({ 'acme.example/': HOME, 'acme.example/careers': 503 })).rejects.toThrow(/unavailable/);
  await expect(read({ 'acme.example/': HOME, 'acme.example/jobs': 'too_large' })).rejects.toThrow(
    /too_large/,
  );
  await expect(read({ 'acme.example/': 404 })).rejects.toThrow(/HTTP 404/);
  expect(await read({ 'acme.example/': LEVER + HOME, 'acme.example/careers': 503 })).toMatchObject({
    boards: [{ board: 'acme', foundOn: 'acme.example', isOnCareersPage: false }],
  });
});

it('keeps out where the site does not want to be read', async () => {
  expect(await read({ 'acme.example/': 'forbidden' })).toMatchObject({ outcome: 'forbidden' });
  expect(await read({ 'acme.example/': 403 })).toMatchObject({ outcome: 'forbidden' });
  expect(await read({ 'acme.example/': HOME, 'acme.example/careers': 'forbidden' })).toMatchObject({
    outcome: 'forbidden',
  });
});

it('asks below www. where the bare domain does not answer', async () => {
  expect(await read({ 'acme.example/': 'unreachable', 'www.acme.example/': LEVER })).toMatchObject({
    boards: [{ foundOn: 'www.acme.example' }],
  });
  await expect(
    read({ 'acme.example/': 'unreachable', 'www.acme.example/': 'unreachable' }),
  ).rejects.toThrow();
});

it('takes a page of openings that redirects to a vendor for that board', async () => {
  const site = siteOf({
    'acme.example/': HOME,
    'acme.example/careers': 'https://boards.greenhouse.io/acme?gh_src=site',
  });
  expect(await readCompanySite(site, 'acme.example')).toEqual({
    outcome: 'read',
    boards: [
      { source: 'board/greenhouse', board: 'acme', foundOn: 'acme.example/careers', isOnCareersPage: true },
    ],
  });
  expect(site.asked.filter((address) => !address.startsWith('acme.example'))).toEqual([]);
});

it('follows a redirect to another host of the company, and none from there', async () => {
  const pages = {
    'acme.example/': HOME,
    'acme.example/careers': 'http://careers.acme.example/all',
    'careers.acme.example/all': LEVER,
  };
  expect(await read(pages)).toMatchObject({ boards: [{ foundOn: 'careers.acme.example/all' }] });
  const circle = { ...pages, 'careers.acme.example/all': 'https://acme.example/careers' };
  await expect(read(circle)).rejects.toThrow(/circles/);
});

it.each(['https://acme.wd1.myworkdayjobs.example/jobs', 'http://10.0.0.1/careers', 'https://127.0.0.1/'])(
  'goes nowhere else: %s',
  async (elsewhere) => {
    const site = siteOf({ 'acme.example/': HOME, 'acme.example/careers': elsewhere });
    expect(await readCompanySite(site, 'acme.example')).toEqual({ outcome: 'read', boards: [] });
    expect(site.asked).toEqual(['acme.example/', 'acme.example/careers', 'acme.example/jobs']);
  },
);

it('takes a site that redirects as a whole for an outage', async () => {
  await expect(read({ 'acme.example/': 'https://other.example/' })).rejects.toThrow(/another host/);
});
