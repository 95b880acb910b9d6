import { describe, expect, it } from 'vitest';

import { providerAdapters } from '../registry.ts';
import { json } from './cases.ts';
import {
  jobChangeCases,
  jobChangeStates,
  jobDetected,
  jobFound,
  personJobCases,
  personJobStates,
} from './job-cases.ts';

const read = (cases: typeof personJobCases, reply: ReturnType<typeof json>) =>
  providerAdapters.get(cases.provider)?.parseReply(cases.capability, reply, cases.asked);

describe('where somebody works', () => {
  it.each(personJobStates)('by People Data Labs: one who %s', (_name, changes, state) => {
    expect(read(personJobCases, jobFound(changes))).toMatchObject({
      outcome: 'employment',
      employment: { state },
      vendorCredits: 1,
    });
  });

  it.each(jobChangeStates)('by LeadMagic: one who %s', (_name, changes, state) => {
    expect(read(jobChangeCases, jobDetected(changes))).toMatchObject({
      outcome: 'employment',
      employment: { state },
      vendorCredits: 3,
    });
  });

  it('is told with the new place, since when, and the profile that it was read from', () => {
    const place = { company: 'harbourline', title: 'Chief Revenue Officer', since: '2026-09-01' };
    expect(read(personJobCases, jobFound({}))).toMatchObject({
      employment: {
        ...place,
        domain: 'harbourline.example',
        profile: 'profiles.example/in/ada-okafor',
        mark: 'qEnOZ5Oh0poWnQ1luFBfVw_0000@35.1',
      },
    });
    expect(read(jobChangeCases, jobDetected({}))).toMatchObject({
      employment: { ...place, company: 'Harbourline', profile: 'profiles.example/in/ada-okafor', mark: null },
    });
  });
});

describe('the free changelog of People Data Labs', () => {
  const looks = providerAdapters.get('people-data-labs')?.changes;
  const mark = 'abc_0000@35.2';
  const data = (lists: Record<string, unknown>) =>
    json(200, {
      status: 200,
      data: { type: 'updated', origin_version: '35.2', current_version: '36.0', ...lists },
    });
  const updated = (...fields_updated: string[]) =>
    data({ updated: [{ id: 'abc_0000', additional_metadata: { fields_updated } }] });

  it('is asked from one release to the next', () => {
    expect(looks?.request(mark)).toMatchObject({
      path: '/v5/person/changelog',
      body: { origin_version: '35.2', current_version: '36.0', ids: ['abc_0000'] },
    });
    expect(looks?.request('abc_0000@35.0')).toMatchObject({ body: { current_version: '35.1' } });
    expect(looks?.request('nonsense')).toBeNull();
    expect(looks?.request('abc_0000@35.7')).toBeNull();
  });

  it.each([
    ['nothing of the record', data({}), { outcome: 'unchanged', mark: 'abc_0000@36.0' }],
    ['another record', data({ updated: [{ id: 'x' }] }), { outcome: 'unchanged', mark: 'abc_0000@36.0' }],
    ['a skill', updated('skills'), { outcome: 'unchanged', mark: 'abc_0000@36.0' }],
    ['the job', updated('skills', 'job_company_website'), { outcome: 'changed' }],
    ['the experience', updated('experience'), { outcome: 'changed' }],
    ['a merger', data({ merged: [{ id: 'abc_0000' }] }), { outcome: 'changed' }],
    ['an objection', data({ opted_out: [{ id: 'abc_0000' }] }), { outcome: 'gone' }],
    ['its end', data({ deleted: [{ id: 'abc_0000' }] }), { outcome: 'gone' }],
    ['no release yet', json(400, { status: 400, error: { type: 'x' } }), { outcome: 'unchanged', mark }],
  ])('says %s', (_name, reply, expected) => {
    expect(looks?.parse(reply, mark)).toMatchObject(expected);
  });

  it('says nothing where it can’t be read', () => {
    expect(() => looks?.parse(json(200, []), mark)).toThrow(/malformed/);
    expect(() => looks?.parse(json(429, {}), mark)).toThrow(/rate_limited/);
  });
});
