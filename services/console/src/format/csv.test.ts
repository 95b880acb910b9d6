import { expect, it } from 'vitest';

import { csv, csvCell } from './csv.ts';

it.each(['=1+1', '+1', '-1', '@cmd', '\t=1', ' =HYPERLINK("http://x")', '+46701740605+1', '+46 70'])(
  'makes text of %j that a spreadsheet would run as a formula',
  (value) => {
    expect(csvCell(value).replace(/^"/, '')).toMatch(/^'/);
  },
);

it('leaves numbers and plain text as they are, and quotes what needs it', () => {
  expect(
    csv(
      ['a', 'b'],
      [
        [-5, 'x, "y"'],
        [null, 'plain'],
      ],
    ),
  ).toBe('a,b\r\n-5,"x, ""y"""\r\n,plain');
});

it('leaves a phone number as other systems know it', () => {
  expect(csvCell('+46701740605')).toBe('+46701740605');
});
