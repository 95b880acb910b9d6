import { expect, it } from 'vitest';

import { hostOf, isOneOf, pageOf } from './visit-page.ts';

it('keeps of an address neither question nor fragment nor password', () => {
  expect(pageOf('https://u:p@acme.example//pricing/?email=a@b.example#me')).toEqual({
    origin: 'https://acme.example',
    path: '/pricing',
  });
  expect(pageOf('https://acme.example')).toEqual({ origin: 'https://acme.example', path: '/' });
  expect(pageOf('javascript:alert(1)')).toBeNull();
  expect(pageOf('nonsense')).toBeNull();
  expect(hostOf('https://search.example/?q=secret')).toBe('search.example');
});

it.each([
  ['/pricing', ['/pricing'], true],
  ['/Pricing', ['/pricing'], true],
  ['/pricing/teams', ['/pricing'], false],
  ['/pricing/teams', ['/pricing/*'], true],
  ['/de/pricing', ['*/pricing'], true],
  ['/de/pricing-faq', ['*/pricing'], false],
  ['/en/plans/compare/all', ['/*/plans/*/all'], true],
  ['/a', ['/a*a'], false],
  ['/x', [], false],
])('finds %s in %j: %s', (path, patterns, found) => {
  expect(isOneOf(path, patterns)).toBe(found);
});
