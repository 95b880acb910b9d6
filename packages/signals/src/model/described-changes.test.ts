import { expect, it } from 'vitest';

import type { DescribedSettings } from '../source-port.ts';
import { describedChanges, keepsItsItems } from './described-changes.ts';

const settings: DescribedSettings = {
  kind: 'described',
  url: 'https://api.vendor.example/v1',
  headers: {},
  secret: { in: 'bearer' },
  everyMinutes: 30,
  items: '/data',
  at: { key: '/id', company: '/who', title: '/head' },
  tells: { byWord: {}, always: 'funding' },
  strength: 0.5,
};

it('says line by line what a version changes', () => {
  const after: DescribedSettings = {
    ...settings,
    everyMinutes: 60,
    at: { key: '/id', title: '/headline', domain: '/site' },
    pages: { by: 'offset', as: 'skip', size: 50, most: 3 },
  };
  expect(describedChanges({ name: 'Events', settings }, { name: 'News', settings: after })).toEqual([
    'name: Events → News',
    'everyMinutes: 30 → 60',
    'at.company: − /who',
    'at.title: /head → /headline',
    'at.domain: + /site',
    'pages.by: + offset',
    'pages.as: + skip',
    'pages.size: + 50',
    'pages.most: + 3',
  ]);
  expect(describedChanges({ name: 'a', settings }, { name: 'a', settings })).toEqual([]);
});

it('knows when the items go by other names', () => {
  const without = (at: DescribedSettings['at']): DescribedSettings => ({ ...settings, at });
  expect(keepsItsItems(settings, { ...settings, everyMinutes: 5, strength: 1 })).toBe(true);
  expect(keepsItsItems(settings, without({ ...settings.at, title: '/x' }))).toBe(true);
  expect(keepsItsItems(settings, { ...settings, url: 'https://api.vendor.example/v2' })).toBe(false);
  const nameless = without({ company: '/who', title: '/head' });
  expect(keepsItsItems(nameless, without({ company: '/who', title: '/x' }))).toBe(false);
});
