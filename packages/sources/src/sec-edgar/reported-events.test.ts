import { describe, expect, it } from 'vitest';

import { readAcquisition, readExitCosts } from './reported-events.ts';

/** Ways in which filings say it; the companies are invented. */
describe('lay-offs', () => {
  it.each<[string, number | null, number | null]>([
    [
      'On January 9, 2023, the Company announced a plan to reduce its workforce by approximately 12% of the Company’s global workforce.',
      12,
      null,
    ],
    ['The Company will reduce its workforce by approximately 250 employees, or approximately 12%.', 12, 250],
    [
      'On May 2, 2022, the Board approved a restructuring plan that includes the elimination of approximately 1,200 positions, representing about 8 percent of total headcount.',
      8,
      1200,
    ],
    ['The plan includes a reduction of approximately one-third of the Company’s employees.', 33, null],
    [
      'As part of the plan, the Company is terminating approximately 85 full-time equivalent employees, representing roughly 20% of its workforce.',
      20,
      85,
    ],
    ['The reduction in force affects approximately 40 of the Company’s employees.', null, 40],
    [
      'The Company expects to close its facility in Toledo, Ohio, affecting approximately 130 manufacturing and administrative positions.',
      null,
      130,
    ],
    [
      'The workforce reduction is expected to impact approximately 15% of the Company’s employees and to result in charges of $4.0 million to $5.0 million for severance.',
      15,
      null,
    ],
    [
      'The Company estimates that it will incur approximately $12 million in severance costs for employees under the plan to exit its lease.',
      null,
      null,
    ],
    ['The reduction is expected to affect between 300 and 350 employees.', null, 350],
    [
      'We decided to reduce the size of our team by about 700 people, or 11% of our global headcount.',
      11,
      700,
    ],
    ['The Company will lay off sixty-two employees at its Austin site.', null, 62],
    ['The Plan will result in the elimination of up to 5.5% of the Company’s roles.', 5.5, null],
    [
      'On October 3, 2024, the Company committed to a plan to wind down its subsidiary in Spain. In 2023 employees received bonuses.',
      null,
      null,
    ],
  ])('%s', (text, share, people) => {
    expect(readExitCosts(text)?.facts ?? { workforcePercent: null, people: null }).toEqual({
      workforcePercent: share,
      people,
    });
  });
});

describe('acquisitions', () => {
  it.each<[string, string | null]>([
    [
      'On June 1, 2022, Halden Corp. completed its previously announced acquisition of all of the outstanding shares of Wexley Ltd. for $120 million in cash.',
      'acquired',
    ],
    [
      'On June 1, 2022, pursuant to the Merger Agreement, Merger Sub merged with and into the Company, with the Company surviving as a wholly owned subsidiary of Parent.',
      'was_acquired',
    ],
    [
      'On June 1, 2022, the Company completed the sale of its Packaging business to Kestrel Partners for $45 million.',
      'sold',
    ],
    [
      'On June 1, 2022, the Company entered into an agreement to acquire Wexley Ltd.; the transaction is expected to close in the fourth quarter.',
      null,
    ],
    [
      'On June 1, 2022, the Company consummated the transactions contemplated by the Purchase Agreement and acquired substantially all of the assets of Wexley.',
      'acquired',
    ],
    ['The Company completed the previously announced divestiture of Wexley.', 'sold'],
    ['The information set forth in Item 1.01 is incorporated by reference.', null],
    [
      'On June 1, 2022, the Partnership closed on the purchase of an apartment community located in Dallas, Texas.',
      'acquired',
    ],
    [
      'On June 1, 2022, Parent completed the acquisition of the Company. As a result, the Company became a wholly-owned subsidiary of Parent.',
      'was_acquired',
    ],
    [
      'The closing of the acquisition is subject to customary closing conditions and is expected to occur in July.',
      null,
    ],
    [
      'On June 1, 2022, Wexley merged with and into Halden Merger Sub, a subsidiary of the Company, and became a wholly owned subsidiary of the Company.',
      'acquired',
    ],
  ])('%s', (text, direction) => {
    expect(readAcquisition(text)?.facts['direction'] ?? null).toBe(direction);
  });
});
