import { describe, expect, it } from 'vitest';

import { readLeadershipMoves } from './leadership-moves.ts';

const told = (text: string) =>
  readLeadershipMoves(text).map(({ direction, name, role, effectiveOn }) => [
    direction,
    name,
    role,
    effectiveOn,
  ]);

describe('who leaves', () => {
  it.each([
    [
      'On May 4, 2024, John Q. Public notified the Company of his decision to resign as Chief Operating Officer, effective June 1, 2024.',
      ['leaves', 'John Q. Public', 'Chief Operating Officer', '2024-06-01'],
    ],
    [
      'Mary-Ann O’Neil, our Chief Revenue Officer, will retire from the Company on December 31, 2025.',
      ['leaves', 'Mary-Ann O’Neil', 'Chief Revenue Officer', '2025-12-31'],
    ],
    [
      'On January 8, 2025, the Company announced the departure of Lars van der Berg, Chief Technology Officer, effective immediately.',
      ['leaves', 'Lars van der Berg', 'Chief Technology Officer', '2025-01-08'],
    ],
    [
      'On March 3, 2023, Dr. Alan Smithee informed the Board of Directors that he will not stand for re-election as a director at the 2023 Annual Meeting.',
      ['leaves', 'Alan Smithee', 'Director', '2023-03-03'],
    ],
    [
      'On July 9, 2024, the Board removed Robert Paulson from his position as Chief Executive Officer.',
      ['leaves', 'Robert Paulson', 'Chief Executive Officer', '2024-07-09'],
    ],
    [
      'Jane Doe has stepped down as President of the Company, effective as of August 2, 2024.',
      ['leaves', 'Jane Doe', 'President', '2024-08-02'],
    ],
    [
      'On April 2, 2024, Peter Parker tendered his resignation from the Board of Directors of the Company.',
      ['leaves', 'Peter Parker', 'Director', '2024-04-02'],
    ],
    [
      'On February 1, 2022, Thomas A. Anderson, the Chief Information Officer, was terminated without further obligations.',
      ['leaves', 'Thomas A. Anderson', 'Chief Information Officer', '2022-02-01'],
    ],
  ])('%s', (text, expected) => {
    expect(told(text)).toEqual([expected]);
  });
});

describe('who arrives', () => {
  it.each([
    [
      'On May 4, 2024, the Board appointed Wanda J. Maximoff as Chief Marketing Officer, effective May 20, 2024.',
      ['arrives', 'Wanda J. Maximoff', 'Chief Marketing Officer', '2024-05-20'],
    ],
    [
      'Effective September 1, 2024, Bruce Wayne was named Chief Executive Officer and President.',
      ['arrives', 'Bruce Wayne', 'Chief Executive Officer and President', '2024-09-01'],
    ],
    [
      'On June 6, 2025, the Board of Directors elected Diana Prince to serve as a director of the Company.',
      ['arrives', 'Diana Prince', 'Director', '2025-06-06'],
    ],
    [
      'The Company announced the appointment of Clark J. Kent, Jr. as Senior Vice President, Sales, effective October 15, 2024.',
      ['arrives', 'Clark J. Kent', 'Senior Vice President, Sales', '2024-10-15'],
    ],
    [
      'Selina Kyle will join the Company as General Counsel and Corporate Secretary on November 4, 2024.',
      ['arrives', 'Selina Kyle', 'General Counsel and Corporate Secretary', '2024-11-04'],
    ],
    [
      'On August 12, 2024, Barry Allen was promoted to Chief Financial Officer.',
      ['arrives', 'Barry Allen', 'Chief Financial Officer', '2024-08-12'],
    ],
  ])('%s', (text, expected) => {
    expect(told(text)).toEqual([expected]);
  });

  it('names both who leaves and who follows, in one sentence or two', () => {
    expect(
      told(
        'On July 1, 2024, Hal Jordan resigned as Chief Financial Officer of Acme Corp. On the same day the Board appointed John Stewart as interim Chief Financial Officer, effective July 2, 2024.',
      ),
    ).toEqual([
      ['leaves', 'Hal Jordan', 'Chief Financial Officer', '2024-07-01'],
      ['arrives', 'John Stewart', expect.stringContaining('Chief Financial Officer'), '2024-07-02'],
    ]);
    expect(
      told('The Board appointed Arthur Curry to succeed Victor Stone as Chief Product Officer.'),
    ).toContainEqual(['arrives', 'Arthur Curry', 'Chief Product Officer', null]);
  });

  it('a surname with a title is the person named before', () => {
    const text =
      'Departure of Oliver Queen\nMr. Queen will retire as Chief Operating Officer, effective March 31, 2024.';
    expect(told(text)).toEqual([['leaves', 'Oliver Queen', 'Chief Operating Officer', '2024-03-31']]);
  });

  it('who was with the company before arrives from within', () => {
    const [move] = readLeadershipMoves(
      'On March 1, 2024, the Board appointed Kate Kane as Chief Financial Officer. Ms. Kane joined the Company in 2018 as Controller.',
    );
    expect(move).toMatchObject({ direction: 'arrives', isInternal: true });
  });
});

describe('what says nothing of a move', () => {
  it.each([
    'On March 1, 2023, the Compensation Committee approved base salaries for Erik B. Nordstrom, Chief Executive Officer, and Peter E. Nordstrom, President.',
    'If Mr. Hetzel’s employment is terminated without cause, or he resigns for good reason, he will receive twelve months of base salary.',
    'The Company granted Jane Roe, Chief Financial Officer, 20,000 restricted stock units under the 2020 Equity Incentive Plan.',
    'Prior to joining the Company, Mr. Smith served as Chief Executive Officer of Widget Inc. and was appointed to its board in 2015.',
    'The 2024 Annual Incentive Plan was approved by the stockholders at the Annual Meeting of Stockholders.',
    'There are no arrangements or understandings between Ms. Lane and any other person pursuant to which she was appointed.',
    'The Company entered into an amended employment agreement with John Doe, its Chief Executive Officer, that extends its term to 2027.',
    'Upon a termination of the executive by the Company, the Executive Severance Plan provides for continued salary.',
    'The Board increased the annual retainer of its non-employee directors to $80,000.',
  ])('%s', (text) => {
    expect(told(text)).toEqual([]);
  });
});
