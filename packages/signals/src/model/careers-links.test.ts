import { expect, it } from 'vitest';

import { careersLinks } from './careers-links.ts';

const home = { host: 'acme.example', path: '/' };
const pages = (html: string, most = 5) =>
  careersLinks(html, home, 'acme.example', most).map(({ host, path }) => host + path);

it.each([
  ['<a href="/careers">Careers</a>', '/careers'],
  ['<a class=x href=/company/jobs/ >Open roles</a>', '/company/jobs/'],
  ['<a href="/karriere"><span>Karriere</span></a>', '/karriere'],
  ['<a href="/unternehmen/stellen">Unternehmen</a>', '/unternehmen/stellen'],
  ['<a href="/emplois">Nos emplois</a>', '/emplois'],
  ['<a href="/equipe">Carri&egrave;res</a>', '/equipe'],
  ['<a href="/equipe">Carrières</a>', '/equipe'],
  ['<a href="/carri%C3%A8res">Equipe</a>', '/carri%C3%A8res'],
  ['<a href="/empleo">Empleo</a>', '/empleo'],
  ['<a href="/over-ons/vacatures">Vacatures</a>', '/over-ons/vacatures'],
  ['<a href="/lavora-con-noi">Lavora con noi</a>', '/lavora-con-noi'],
  ['<a href="/about">We&rsquo;re hiring</a>', '/about'],
])('%s', (html, path) => {
  expect(pages(html)).toEqual([`acme.example${path}`]);
});

it('stays on the company’s own domain and below it, and takes the likeliest first', () => {
  const html = `<a href="/blog/2026/01/02/jobs-report">Jobs report</a><a href="/about">Jobs</a><a href="https://jobs.acme.example/">Jobs</a>
    <a href="https://notacme.example/jobs">Jobs</a><a href="https://acme.example.evil.example/jobs">Jobs</a><a href="mailto:jobs@acme.example">Jobs</a>
    <a href="https://acme.example:8443/jobs">Jobs</a><a href="/pricing">Pricing</a><a href="/careers/">Careers</a><a href="/careers">Careers</a><a href="/jobsite-news">News</a>`;
  expect(pages(html)).toEqual(['jobs.acme.example/', 'acme.example/careers/', 'acme.example/about']);
  expect(pages(html, 2)).toHaveLength(2);
});

it('reads a page of nothing but beginnings of links', () => {
  expect(pages('<a href="/jobs" '.repeat(60_000))).toEqual([]);
});
