import type { BoardPage } from '@penstock/signals/board-port';
import { boardAdapters } from '@penstock/sources/boards/registry';
import type { TestContext } from 'vitest';
import { expect, it } from 'vitest';
import { z } from 'zod';

import { referenceJson, referenceText } from './reference.ts';

const Text = z.string().nullish();
const Expected = z.record(
  z.string(),
  z.object({
    n: z.int(),
    listed: z.int().optional(),
    remote: z.int().optional(),
    meta_total: z.int().optional(),
    totalFound: z.int().optional(),
    company: z.string().optional(),
    titles: z.array(z.string()).optional(),
    names: z.array(z.string()).optional(),
    first_titles: z.array(z.string()).optional(),
    departments: z.unknown().optional(),
    'team/department': z.array(z.tuple([Text, Text])).optional(),
    locations: z.array(z.string()).optional(),
    location: z.array(z.string()).optional(),
    first_published: z.array(z.string()).optional(),
    createdAt_ms: z.array(z.number()).optional(),
    published_min: z.string().optional(),
    published_max: z.string().optional(),
  }),
);

function read(context: TestContext, file: string): BoardPage {
  const [vendor = '', name = ''] = file.split('/');
  const adapter = boardAdapters.get(`board/${vendor}`);
  if (!adapter) throw new TypeError(`no adapter for ${vendor}`);
  const body = referenceText(context, `ats/${file}`);
  return adapter.parse({ status: 200, headers: {}, body }, name.replace(/_.*$/, ''));
}

it('every board of the reference data is read as published', (context) => {
  const expected = Expected.parse(referenceJson(context, 'ats/expected_ats.json'));
  for (const [file, answer] of Object.entries(expected)) {
    const page = read(context, file);
    expect(page.listed, file).toBe(answer.n);
    expect(page.total, file).toBe(answer.meta_total ?? answer.totalFound ?? null);
    if (answer.company) expect(page.company, file).toBe(answer.company);
    const titles = answer.titles ?? answer.names ?? answer.first_titles ?? [];
    expect(new Set(page.openings.map(({ title }) => title)), file).toEqual(
      new Set(titles.map((title) => title.replaceAll(/\s+/g, ' '))),
    );
    const places = answer.locations ?? answer.location;
    if (places)
      expect(
        page.openings.map((opening) => opening.places[0]?.text),
        file,
      ).toEqual(places);
    if (Array.isArray(answer.departments))
      expect(
        page.openings.map(({ department }) => [department]),
        file,
      ).toEqual(answer.departments);
    if (answer['team/department'])
      expect(
        page.openings.map(({ team, department }) => [team, department]),
        file,
      ).toEqual(answer['team/department']);
    const published = answer.first_published ?? answer.createdAt_ms;
    if (published)
      expect(
        page.openings.map(({ publishedAt }) => publishedAt),
        file,
      ).toEqual(published.map((at) => new Date(at).toISOString()));
    if (answer.remote !== undefined)
      expect(page.openings.filter(({ isRemote }) => isRemote).length, file).toBe(answer.remote);
  }
});

it('descriptions are readable: no tags, no entities', (context) => {
  const expected = Expected.parse(referenceJson(context, 'ats/expected_ats.json'));
  for (const file of Object.keys(expected)) {
    for (const { text } of read(context, file).openings)
      expect(text, file).not.toMatch(/<\/?[a-z]+[ >]|&[a-z]+;|&#\d+;/i);
  }
});

it('countries are read from how boards word places', (context) => {
  const countries = (file: string) =>
    read(context, file).openings.map((opening) => opening.places.map(({ country }) => country));
  expect(countries('greenhouse/gitlab_2_jobs.json')).toEqual([['IT'], ['US']]);
  expect(countries('greenhouse/amplitude_2_jobs.json')).toEqual([['GB'], ['IN']]);
  expect(countries('lever/matchgroup_2_jobs.json')).toEqual([['US'], ['KR']]);
  expect(countries('workable/widget_accounts.json')).toEqual([['ES', 'PT']]);
  expect(countries('smartrecruiters/knight_postings.json')).toEqual([['US']]);
});
