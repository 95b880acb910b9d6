import { expect, it } from 'vitest';

import { csv } from '../format/csv.ts';
import { refusedFile } from './file-intake.ts';

it('gives refused rows back as they stood, with line and reason, and no cell that a spreadsheet would run', () => {
  const { header, lines } = refusedFile({
    rows: 2,
    good: 0,
    known: 0,
    duplicates: 0,
    refused: 2,
    header: ['E-mail', 'Note'],
    told: [
      {
        line: 2,
        outcome: 'refused',
        reason: '"x" is not an e-mail address',
        cells: ['x', '=HYPERLINK("http://evil.example")'],
      },
      { line: 3, outcome: 'refused', reason: 'has neither', cells: [] },
    ],
  });
  expect(csv(header, lines).split('\r\n')).toEqual([
    'Line,Why it is left out,E-mail,Note',
    `2,"""x"" is not an e-mail address",x,"'=HYPERLINK(""http://evil.example"")"`,
    '3,has neither,,',
  ]);
});
