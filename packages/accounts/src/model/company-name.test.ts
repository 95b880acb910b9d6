import { describe, expect, it } from 'vitest';

import { companyNameKey } from './company-name.ts';

describe('companyNameKey', () => {
  it.each([
    ['Notion Labs, Inc.', 'notion labs'],
    ['NOTION LABS', 'notion labs'],
    ['1685 38th REIT, L.L.C.', '1685 38th reit'],
    ["Shepherd's Finance, LLC", 'shepherds finance'],
    ['Müller & Söhne GmbH & Co. KG', 'muller sohne'],
    ['The Acme Company', 'acme'],
    ['Acme S.A.', 'acme'],
    ['Inc', 'inc'],
    ['株式会社トヨタ', 'トヨタ'],
    ['  ', ''],
  ])('%s → %s', (name, key) => {
    expect(companyNameKey(name)).toBe(key);
  });
});
