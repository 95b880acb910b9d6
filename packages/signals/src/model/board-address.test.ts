import { expect, it } from 'vitest';

import { boardInUrl, boardsInPage } from './board-address.ts';

it.each([
  ['https://boards.greenhouse.io/acme', 'board/greenhouse', 'acme'],
  ['https://job-boards.greenhouse.io/acme/jobs/123', 'board/greenhouse', 'acme'],
  ['https://boards.greenhouse.io/embed/job_board/js?for=acme', 'board/greenhouse', 'acme'],
  ['https://boards.greenhouse.io/embed/job_app?token=1&for=acme', 'board/greenhouse', 'acme'],
  ['https://jobs.lever.co/acme/3414ba28', 'board/lever', 'acme'],
  ['https://jobs.eu.lever.co/acme', 'board/lever-eu', 'acme'],
  ['https://jobs.ashbyhq.com/acme?utm_source=x', 'board/ashby', 'acme'],
  ['https://careers.smartrecruiters.com/AcmeInc', 'board/smartrecruiters', 'AcmeInc'],
  ['https://apply.workable.com/acme/', 'board/workable', 'acme'],
  ['https://acme.workable.com/', 'board/workable', 'acme'],
  ['https://jobs.ashbyhq.com/Acme%20Works/embed?version=2', 'board/ashby', 'Acme Works'],
  ['https://api.ashbyhq.com/posting-api/job-board/acme', 'board/ashby', 'acme'],
  ['https://api.lever.co/v0/postings/acme?mode=json', 'board/lever', 'acme'],
  ['https://jobs.smartrecruiters.com/oneclick-ui/company/AcmeInc/job/1', 'board/smartrecruiters', 'AcmeInc'],
  ['https://apply.workable.com/api/v1/widget/accounts/acme', 'board/workable', 'acme'],
  ['https://acme.recruitee.com/o/sales', 'board/recruitee', 'acme'],
])('%s', (url, source, board) => {
  expect(boardInUrl(url)).toEqual({ source, board });
});

it.each([
  'https://www.recruitee.com',
  'https://apply.workable.com/j/ABC',
  'https://jobs.lever.co.evil.example/acme',
  'nonsense',
  'https://acme.example/careers',
])('no board: %s', (url) => {
  expect(boardInUrl(url)).toBeNull();
});

it('finds the boards of a careers page, links and scripts alike, each once', () => {
  const page = `<a href="https://jobs.lever.co/acme">Jobs</a><script src="//boards.greenhouse.io/embed/job_board/js?for=acmeco"></script>
    <a href='https://jobs.lever.co/acme/1?a=1&amp;b=2'>AE</a>`;
  expect(boardsInPage(page)).toEqual([
    { source: 'board/lever', board: 'acme' },
    { source: 'board/greenhouse', board: 'acmeco' },
  ]);
});

it.each([
  [
    '<div id="grnhse_app"></div><script src="https://boards.greenhouse.io/embed/job_board/js?for=acme"></script>',
    'board/greenhouse',
    'acme',
  ],
  [
    '<iframe src="https://boards.greenhouse.io/embed/job_board?foo=1&amp;for=acme">',
    'board/greenhouse',
    'acme',
  ],
  ['{"url":"https:\\/\\/job-boards.greenhouse.io\\/acme"}', 'board/greenhouse', 'acme'],
  ['{"url":"https:\\u002F\\u002Fjobs.lever.co\\u002Facme"}', 'board/lever', 'acme'],
  [
    `<script>window.leverJobsOptions = {accountName: 'acme', includeCss: true};</script><script src="https://andreasmb.github.io/lever-jobs-embed/index.js"></script>`,
    'board/lever',
    'acme',
  ],
  ['<script src="https://jobs.ashbyhq.com/acme/embed"></script>', 'board/ashby', 'acme'],
  [
    '<script src="https://www.workable.com/assets/embed.js"></script><script>whr_embed(12345, {detail: "titles"});</script>',
    'board/workable',
    '12345',
  ],
  [
    '<script src="https://static.smartrecruiters.com/job-widget/1.6.9/script/smart_widget.js"></script><script>widget({"company_code": "AcmeInc"})</script>',
    'board/smartrecruiters',
    'AcmeInc',
  ],
])('finds an embedded board: %s', (html, source, board) => {
  expect(boardsInPage(html)).toEqual([{ source, board }]);
});

it('takes no vendor’s own page for a board', () => {
  expect(
    boardsInPage('<a href="https://www.workable.com/">Powered by Workable</a> accountName: "acme"'),
  ).toEqual([]);
});
