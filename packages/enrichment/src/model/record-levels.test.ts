import { describe, expect, it } from 'vitest';

import { levelsOf } from './record-levels.ts';
import type { Survivor } from './survivorship.ts';

const value = (field: string, more: Partial<Survivor> = {}): Survivor => ({
  id: field,
  field,
  value: `some ${field}`,
  provider: 'hunter',
  confidence: null,
  verification: null,
  lineType: null,
  usable: true,
  occurredAt: new Date('2026-11-01T00:00:00Z'),
  expiresAt: null,
  chosenBecause: 'the only value',
  ...more,
});
const NOTHING = { found: false, verified: false, usable: false };

describe('how far a record has come', () => {
  it('is told by the ways of reaching the person, not by what is known of the company', () => {
    const known = [value('company_size'), value('industry')];
    expect(levelsOf(known, ['work_email', 'company_size', 'industry'])).toEqual(NOTHING);
    const email = value('work_email', { usable: false });
    expect(levelsOf([...known, email], ['work_email', 'company_size'])).toEqual({ ...NOTHING, found: true });
  });

  it('is usable without the company where the ways of reaching the person are', () => {
    const email = value('work_email', { verification: 'valid' });
    expect(levelsOf([email], ['work_email', 'company_size'])).toEqual({
      found: true,
      verified: true,
      usable: true,
    });
  });

  it('takes every wanted way for usable, any of them for found and verified', () => {
    const mobile = value('mobile', { verification: 'valid' });
    expect(levelsOf([mobile], ['work_email', 'mobile'])).toEqual({
      found: true,
      verified: true,
      usable: false,
    });
  });

  it('does not count an address that was known before, nor a way that nobody wanted', () => {
    expect(levelsOf([value('work_email', { provider: 'form', usable: false })], ['work_email'])).toEqual(
      NOTHING,
    );
    expect(levelsOf([value('work_email', { verification: 'valid' })], ['mobile'])).toEqual(NOTHING);
  });

  it('goes by all that is wanted where no way of reaching the person is', () => {
    expect(levelsOf([value('title')], ['title', 'seniority'])).toEqual({ ...NOTHING, found: true });
    expect(levelsOf([value('title'), value('seniority')], ['title', 'seniority']).usable).toBe(true);
  });
});
