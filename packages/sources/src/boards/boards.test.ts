import { SourceError } from '@penstock/signals/source-port';
import { describe, expect, it } from 'vitest';

import { boardAdapters } from './registry.ts';

const reply = (body: unknown, status = 200) => ({
  status,
  headers: {},
  body: typeof body === 'string' ? body : JSON.stringify(body),
});

function parse(id: string, body: unknown, status = 200) {
  const adapter = boardAdapters.get(`board/${id}`);
  if (!adapter) throw new TypeError(`no board ${id}`);
  return adapter.parse(reply(body, status), 'acme');
}

describe('Greenhouse', () => {
  const job = { id: 1, internal_job_id: 7, title: 'RevOps Lead', absolute_url: 'https://x.example/1' };

  it('reads escaped descriptions that hold entities, and takes the country from the office', () => {
    const [opening] = parse('greenhouse', {
      jobs: [
        {
          ...job,
          location: { name: 'Leeds' },
          offices: [{ name: 'HQ', location: 'Leeds, England, United Kingdom' }],
          content:
            '&lt;p&gt;R&amp;amp;D &amp;nbsp;&lt;b&gt;team&lt;/b&gt;&lt;/p&gt;&lt;script&gt;x()&lt;/script&gt;',
        },
      ],
    }).openings;
    expect(opening).toMatchObject({ text: 'R&D team', publishedAt: null });
    expect(opening?.places.map((place) => place.country)).toContain('GB');
  });

  it('keeps a prospect post apart from openings', () => {
    const { openings } = parse('greenhouse', {
      jobs: [
        { ...job, internal_job_id: null },
        { ...job, id: 2, title: 'General Application' },
        { ...job, id: 3 },
      ],
    });
    expect(openings.map(({ isGeneral }) => isGeneral)).toEqual([true, true, false]);
  });

  it('takes markup out of titles and odd links out of the way', () => {
    const [opening] = parse('greenhouse', {
      jobs: [{ ...job, title: 'Head of <b>Sales &amp; Ops</b>', absolute_url: 'javascript:alert(1)' }],
    }).openings;
    expect(opening).toMatchObject({
      title: 'Head of Sales & Ops',
      url: 'https://job-boards.greenhouse.io/acme',
    });
  });

  it('an empty board is a board; a page in another shape, a proxy page and a missing board are outages', () => {
    expect(parse('greenhouse', { jobs: [] }).openings).toEqual([]);
    for (const body of [
      { data: [] },
      '<html>Service</html>',
      '',
      '[]',
      { jobs: [{ id: 1 }] },
      '{"jobs":[{"id":1,"tit',
    ])
      expect(() => parse('greenhouse', body)).toThrow(SourceError);
    expect(() => parse('greenhouse', { status: 404, error: 'Job not found' }, 404)).toThrow(/unavailable/);
    expect(() => parse('greenhouse', {}, 429)).toThrow(/rate_limited/);
  });
});

describe('Lever', () => {
  it('reads every place and the country of the only one', () => {
    const [one, many] = parse('lever', [
      {
        id: 'a',
        text: 'SDR',
        categories: { location: 'Porto' },
        country: 'PT',
        createdAt: 1_700_000_000_000,
      },
      {
        id: 'b',
        text: 'AE',
        categories: { location: 'Paris', allLocations: ['Paris, France', 'Lyon, France'] },
      },
    ]).openings;
    expect(one).toMatchObject({
      publishedAt: '2023-11-14T22:13:20.000Z',
      places: [{ city: 'Porto', country: 'PT' }],
    });
    expect(many?.places).toHaveLength(2);
  });

  it('reads the not-found answer as an outage', () => {
    expect(() => parse('lever', { ok: false, error: 'Document not found' }, 404)).toThrow(/unavailable/);
    expect(() => parse('lever', { ok: false })).toThrow(/malformed/);
  });
});

describe('Ashby', () => {
  it('leaves out what is not listed and reads the second place', () => {
    const page = parse('ashby', {
      apiVersion: '1',
      jobs: [
        { id: 'x', title: 'Hidden', isListed: false },
        {
          id: 'y',
          title: 'Sales Ops',
          isListed: true,
          location: 'HQ',
          address: { postalAddress: { addressLocality: 'Berlin', addressCountry: 'Germany' } },
          secondaryLocations: [{ location: 'Remote, Spain' }],
        },
      ],
    });
    expect(page.listed).toBe(2);
    expect(page.openings.map((opening) => opening.places.map((place) => place.country))).toEqual([
      ['DE', 'ES'],
    ]);
  });
});

describe('SmartRecruiters', () => {
  it('reads lower-case countries and says how many there are in all', () => {
    const page = parse('smartrecruiters', {
      offset: 0,
      limit: 100,
      totalFound: 240,
      content: [
        { id: '1', name: 'AE', location: { city: 'Lyon', country: 'fr' }, department: { label: 'Sales' } },
        { id: '2', name: 'Secret', visibility: 'INTERNAL' },
      ],
    });
    expect(page).toMatchObject({
      total: 240,
      listed: 2,
      openings: [{ department: 'Sales', places: [{ country: 'FR' }] }],
    });
    expect(boardAdapters.get('board/smartrecruiters')?.request('acme', 100).path).toContain('offset=100');
  });
});

describe('Workable', () => {
  it('joins the rows of one opening', () => {
    const row = { title: 'CSM', shortcode: 'A1', published_on: '2026-08-05' };
    const page = parse('workable', {
      name: 'Acme',
      jobs: [
        { ...row, country: 'Spain', city: 'Madrid' },
        { ...row, country: 'Portugal', city: 'Porto' },
      ],
    });
    expect(page).toMatchObject({ company: 'Acme', listed: 2 });
    expect(page.openings).toHaveLength(1);
    expect(page.openings[0]?.places.map(({ country }) => country)).toEqual(['ES', 'PT']);
  });
});

describe('Recruitee', () => {
  it('reads its dates and leaves out drafts', () => {
    const page = parse('recruitee', {
      offers: [
        {
          id: 1,
          title: 'AE',
          status: 'published',
          published_at: '2026-08-05 10:10:39 UTC',
          country_code: 'DE',
          city: 'Berlin',
        },
        { id: 2, title: 'AE', status: 'internal' },
      ],
    });
    expect(page.openings).toMatchObject([
      { publishedAt: '2026-08-05T10:10:39.000Z', places: [{ country: 'DE' }] },
    ]);
  });
});

it('a board of 3,000 openings is read, and dates of 1900 or the far future are not told', () => {
  const jobs = Array.from({ length: 3_000 }, (_, id) => ({
    id,
    title: `Engineer ${id}`,
    first_published: id % 2 === 0 ? '1900-01-01T00:00:00Z' : '9999-01-01T00:00:00Z',
  }));
  const { openings } = parse('greenhouse', { jobs });
  expect(openings).toHaveLength(3_000);
  expect(openings.every(({ publishedAt }) => publishedAt === null)).toBe(true);
});
