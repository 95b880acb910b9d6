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
