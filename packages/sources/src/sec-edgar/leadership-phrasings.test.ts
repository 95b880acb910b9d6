import { expect, it } from 'vitest';

import { readLeadershipMoves } from './leadership-moves.ts';

/** Ways in which filings say it; people and companies are invented. */
const told = (text: string) =>
  readLeadershipMoves(text)
    .map(({ direction, name }) => `${direction} ${name}`)
    .toSorted();

it.each([
  [
    'On March 14, 2022, Margaret L. Hensley, Chief Accounting Officer of Torvane Systems, Inc. (the “Company”), informed the Company of her intention to retire effective June 30, 2022.',
    ['leaves Margaret L. Hensley'],
  ],
  [
    'Effective as of the close of business on May 2, 2023, Daniel Okonkwo ceased to serve as the Company’s Executive Vice President and Chief Operating Officer.',
    ['leaves Daniel Okonkwo'],
  ],
  [
    'The Board has appointed Thomas R. Greer, age 52, to serve as the Company’s Chief Executive Officer, succeeding Linda Park, effective April 1, 2022.',
    ['arrives Thomas R. Greer', 'leaves Linda Park'],
  ],
  [
    'Mr. Greer succeeds William T. Voss, who is retiring from the Company.',
    ['arrives Greer', 'leaves William T. Voss'],
  ],
  [
    'On November 9, 2020, Jonathan Reyes and the Company mutually agreed that Mr. Reyes would depart from his role as Chief Marketing Officer, effective November 30, 2020.',
    ['leaves Jonathan Reyes'],
  ],
  [
    'On August 3, 2021, the Company entered into a Separation Agreement with Carl M. Benedetti in connection with his departure as Senior Vice President and General Counsel.',
    ['leaves Carl M. Benedetti'],
  ],
  ['Paul Winters’ last day of employment with the Company will be July 15, 2022.', ['leaves Paul Winters']],
  [
    'On February 17, 2022, Ellen Fairchild resigned from the Board of Directors of the Company. Ms. Fairchild’s resignation was not the result of any disagreement with the Company on any matter relating to its operations, policies or practices.',
    ['leaves Ellen Fairchild'],
  ],
  [
    'On February 17, 2022, the Company received notice from Ellen Fairchild of her decision not to stand for reelection to the Board at the 2022 annual meeting.',
    ['leaves Ellen Fairchild'],
  ],
  [
    'Kevin Liu, the Company’s Chief Technology Officer, has been terminated effective October 1, 2019.',
    ['leaves Kevin Liu'],
  ],
  [
    'Kevin Liu and Anna Petrov each resigned from the Board, effective October 1, 2019.',
    ['leaves Anna Petrov', 'leaves Kevin Liu'],
  ],
  [
    'In connection with Mr. Hale’s departure, David Moreau, the Company’s current Controller, will serve as interim Chief Financial Officer until a permanent successor is identified.',
    ['arrives David Moreau', 'leaves Hale'],
  ],
  [
    'The Company and Robert J. Kline, Vice President of Sales, have agreed that Mr. Kline will separate from the Company on March 31, 2017.',
    ['leaves Robert J. Kline'],
  ],
  ['Robert J. Kline will be leaving the Company to pursue other opportunities.', ['leaves Robert J. Kline']],
  [
    'Robert J. Kline’s position as Vice President of Sales was eliminated effective March 31, 2017.',
    ['leaves Robert J. Kline'],
  ],
  [
    'On March 2, 2020, Mr. James O’Connor was relieved of his duties as President and Chief Operating Officer.',
    ['leaves James O’Connor'],
  ],
  [
    'It is with deep sadness that the Company announces the death of its Chairman, Harold F. Bishop, on January 3, 2020.',
    ['leaves Harold F. Bishop'],
  ],
  ['Harold F. Bishop, Chairman of the Board, passed away on January 3, 2020.', ['leaves Harold F. Bishop']],
  [
    'Effective January 1, 2024, Priya Raman will transition from her role as Chief Product Officer to a senior advisor role through June 30, 2024.',
    ['leaves Priya Raman'],
  ],
  [
    'The Board of Directors of Ostler Bancorp has named Gregory P. Hunt as the successor to Walter Lang as President and Chief Executive Officer, effective upon Mr. Lang’s retirement on December 31, 2021.',
    ['arrives Gregory P. Hunt', 'leaves Walter Lang'],
  ],
  [
    'Mr. Lang will remain employed with the Company as an advisor following his retirement as Chief Executive Officer on December 31, 2021.',
    ['leaves Lang'],
  ],
  [
    'On June 30, 2016, Michael Thorne (age 58) tendered to the Board his resignation as Chief Executive Officer, President and director, effective immediately.',
    ['leaves Michael Thorne'],
  ],
  [
    'On June 30, 2016, Michael Thorne delivered notice of resignation to Norvik Inc.',
    ['leaves Michael Thorne'],
  ],
  [
    'The Company accepted the resignation of Michael Thorne as its Chief Executive Officer.',
    ['leaves Michael Thorne'],
  ],
  [
    'Mr. Michael Thorne has elected to take early retirement and will leave the Company on July 1, 2016.',
    ['leaves Michael Thorne'],
  ],
  [
    'LISA M. CHANDLER, the Chief Human Resources Officer, resigned effective July 1, 2016.',
    ['leaves LISA M. CHANDLER'],
  ],
  ['Ms. Chandler’s employment with the Company terminated on July 1, 2016.', ['leaves Chandler']],
  [
    'On July 1, 2016, the Company terminated the employment of Lisa Chandler, its Chief Human Resources Officer.',
    ['leaves Lisa Chandler'],
  ],
  [
    'On July 1, 2016, the employment of Lisa Chandler as Chief Human Resources Officer was terminated.',
    ['leaves Lisa Chandler'],
  ],
  [
    'The Board has begun a search for a new Chief Financial Officer following the departure of Lisa Chandler.',
    ['leaves Lisa Chandler'],
  ],
  [
    'Lisa Chandler, who has served as our Chief Financial Officer since 2012, will be succeeded by Omar Haddad on August 1, 2016.',
    ['arrives Omar Haddad', 'leaves Lisa Chandler'],
  ],
  [
    'Omar Haddad will replace Lisa Chandler as Chief Financial Officer.',
    ['arrives Omar Haddad', 'leaves Lisa Chandler'],
  ],
  [
    'On March 1, 2019, Northgate Energy Partners, L.P. announced that Stephen D. Walsh, President and Chief Executive Officer of its general partner, will retire on April 30, 2019 and that Laura Kim, currently Chief Operating Officer, will succeed him.',
    ['arrives Laura Kim', 'leaves Stephen D. Walsh'],
  ],
  [
    'On October 18, 2021, Aaron P. Feld, a member of the Board of Directors of Castor Labs, Inc., passed away unexpectedly.',
    ['leaves Aaron P. Feld'],
  ],
  [
    'On October 18, 2021, the Board accepted Aaron P. Feld’s resignation as a director.',
    ['leaves Aaron P. Feld'],
  ],
  [
    'On October 18, 2021, Aaron Feld stepped down from his position as Chairman, but will remain a director.',
    ['leaves Aaron Feld'],
  ],
  [
    'Michael J. McAllister, Sr. has informed the Bank that he intends to retire as Chief Lending Officer at the end of 2018.',
    ['leaves Michael J. McAllister'],
  ],
  [
    'The Bank and Mr. Michael McAllister entered into a consulting agreement to begin after his retirement as Chief Lending Officer on January 2, 2019.',
    ['leaves Michael McAllister'],
  ],
  [
    'On May 7, 2020, the Company eliminated the position of Chief Commercial Officer held by Tara Nolan, and her employment ended on that date.',
    ['leaves Tara Nolan'],
  ],
  [
    'On May 7, 2020, Tara Nolan’s employment as Chief Commercial Officer of the Company ended.',
    ['leaves Tara Nolan'],
  ],
  ['Tara Nolan is no longer serving as Chief Commercial Officer.', ['leaves Tara Nolan']],
  ['Tara Nolan is no longer with the Company.', ['leaves Tara Nolan']],
  ['Tara Nolan will not be standing for re-election.', ['leaves Tara Nolan']],
  [
    'The Board of Directors has determined not to renominate Tara Nolan for election at the 2021 annual meeting.',
    ['leaves Tara Nolan'],
  ],
  [
    'Mr. George Hanover was replaced as Chief Executive Officer by Tara Nolan.',
    ['arrives Tara Nolan', 'leaves George Hanover'],
  ],
  [
    'On July 27, 2021, the Company and JAMES R. HOLT entered into a Transition and Separation Agreement under which Mr. Holt will step down as Chief Financial Officer on August 31, 2021.',
    ['leaves JAMES R. HOLT'],
  ],
  [
    'James Holt, the Executive Chairman of the Board of the Company, was removed as Executive Chairman on July 27, 2021, without cause.',
    ['leaves James Holt'],
  ],
  [
    'Ryan Cho and the Company have mutually agreed to end his employment as Chief Information Security Officer effective July 27, 2021.',
    ['leaves Ryan Cho'],
  ],
  [
    'Ryan Cho tendered, and the Board accepted, his resignation as Chief Information Security Officer.',
    ['leaves Ryan Cho'],
  ],
])('who leaves: %s', (text, expected) => {
  expect(told(text)).toEqual(expected.toSorted());
});

it.each([
  [
    'On January 5, 2021, the Board of Directors (the “Board”) of the Company increased the size of the Board from eight to nine directors and appointed Susan B. Whitfield to fill the resulting vacancy.',
    ['arrives Susan B. Whitfield'],
  ],
  [
    'On June 1, 2023, the shareholders elected Maria Gomez, Peter Smythe and John H. Adler to the Board of Directors.',
    ['arrives John H. Adler', 'arrives Maria Gomez', 'arrives Peter Smythe'],
  ],
  [
    'The Board appointed each of Maria Gomez and Peter Smythe as a Class II director, effective immediately.',
    ['arrives Maria Gomez', 'arrives Peter Smythe'],
  ],
  [
    'On April 20, 2022, the Company announced that Rebecca Stone would be joining the Company as its Chief Financial Officer, effective May 16, 2022.',
    ['arrives Rebecca Stone'],
  ],
  [
    'On April 20, 2022, the Company announced that it has hired Rebecca Stone to be its new Chief Financial Officer.',
    ['arrives Rebecca Stone'],
  ],
  [
    'Rebecca Stone has been appointed Chief Financial Officer and will also serve as the Company’s principal financial officer.',
    ['arrives Rebecca Stone'],
  ],
  [
    'On September 30, 2018, Dr. Ingrid Solberg assumed the role of Chief Medical Officer.',
    ['arrives Ingrid Solberg'],
  ],
  [
    'Effective January 1, 2024, Priya Raman, formerly our Senior Vice President of Engineering, was promoted to Chief Technology Officer.',
    ['arrives Priya Raman'],
  ],
  [
    'Omar Haddad has accepted the position of Chief Financial Officer with the Company, with an expected start date of August 1, 2016.',
    ['arrives Omar Haddad'],
  ],
  [
    'The Company extended an offer of employment to Omar Haddad to serve as Chief Financial Officer, which he accepted on July 20, 2016.',
    ['arrives Omar Haddad'],
  ],
  [
    'On March 1, 2019, the Company issued a press release announcing the appointment of Laura Kim as President.',
    ['arrives Laura Kim'],
  ],
  [
    'Effective October 18, 2021, Nora Bright, who currently serves as Chief Legal Officer, will assume the additional role of Corporate Secretary.',
    ['arrives Nora Bright'],
  ],
  [
    'On December 2, 2016, the independent directors designated Carla Diaz as Lead Independent Director.',
    ['arrives Carla Diaz'],
  ],
  [
    'On December 2, 2016, Samuel Ortiz-Vega and Beth van Houten, Ph.D. were elected to the Board by the stockholders of the Company.',
    ['arrives Beth van Houten', 'arrives Samuel Ortiz-Vega'],
  ],
  [
    'On May 7, 2020, the Company promoted Tara Nolan, 44, from Senior Vice President to Executive Vice President and Chief Commercial Officer.',
    ['arrives Tara Nolan'],
  ],
  [
    'The Company today announced that Tara Nolan has rejoined the Company as Chief Commercial Officer.',
    ['arrives Tara Nolan'],
  ],
  ['On May 7, 2020, Tara Nolan joined the Company as Chief Commercial Officer.', ['arrives Tara Nolan']],
  [
    'Tara Nolan commenced employment as the Company’s Chief Commercial Officer on May 7, 2020.',
    ['arrives Tara Nolan'],
  ],
  [
    'The Company entered into an offer letter with Tara Nolan, pursuant to which she will serve as Chief Commercial Officer beginning May 7, 2020.',
    ['arrives Tara Nolan'],
  ],
  ['Tara Nolan will begin serving as Chief Commercial Officer on May 7, 2020.', ['arrives Tara Nolan']],
  [
    'On June 3, 2022, the Company’s Board of Directors, upon the recommendation of the Nominating and Corporate Governance Committee, elected Dr. Olu Adebayo as a director to serve until the 2023 annual meeting.',
    ['arrives Olu Adebayo'],
  ],
  [
    'Ryan Cho has taken a leave of absence for medical reasons; Dana West will serve as acting Chief Information Security Officer.',
    ['arrives Dana West'],
  ],
])('who arrives: %s', (text, expected) => {
  expect(told(text)).toEqual(expected.toSorted());
});

it.each([
  'On May 11, 2022, the Compensation Committee approved an annual base salary of $450,000 and a target bonus of 60% for Gregory P. Hunt, President and Chief Executive Officer.',
  'On May 11, 2022, at the annual meeting the stockholders approved the 2022 Omnibus Incentive Plan, under which officers including John Marsh may receive awards.',
  'The Company entered into retention agreements with Frank Doyle, Chief Financial Officer, and Ann Lee, General Counsel, which provide for payments if they remain employed through 2024.',
  'Ms. Stone, age 47, served as Chief Financial Officer of Halden Corp. from 2015 until she resigned in 2021.',
  'In the event Ms. Stone resigns for Good Reason or is terminated without Cause, she will be entitled to severance equal to one year of base salary.',
  'Mr. Doyle will continue to serve as Chief Financial Officer of the Company.',
  'On June 5, 2022, Frank Doyle was re-elected as a director at the annual meeting.',
  'The Company’s Board amended the Bylaws to provide that directors may be removed with or without cause.',
  'Effective June 1, 2022, the annual base salary of Frank Doyle, who was appointed Chief Financial Officer in 2019, was increased to $500,000.',
  'In addition, on March 1, 2019, the Board appointed Laura Kim as a member of the Audit Committee of the Board.',
  'Ms. Kim, 49, joined the Company in 2011 and has served as Chief Operating Officer since 2016.',
  'Ms. Kim was previously Vice President of Operations at Brightwell Inc., where she was promoted to Chief Operating Officer in 2012.',
  'Before joining Brightwell, Ms. Kim was appointed Chief Financial Officer of Olden Corp. in 2003.',
  'The employment agreement provides that if Ms. Kim’s employment is terminated by the Company without cause, she will receive 12 months of salary.',
  'Ms. Kim’s employment agreement has an initial term of three years, after which it will terminate unless renewed.',
  'Under the Separation Agreement, Mr. Walsh will receive a lump sum of $1,200,000 following his separation.',
  'Mr. Walsh’s outstanding stock options will vest upon his retirement.',
  'Mr. Feld had no disagreements with the Company.',
  'Mr. Feld’s decision to resign was not due to any disagreement with the Company.',
  'Dr. Adebayo will receive the standard compensation paid to non-employee directors, and will be granted restricted stock units on his appointment.',
  'There is no arrangement between Dr. Adebayo and any other person pursuant to which he was elected as a director.',
  'The Compensation Committee granted Mr. Hanover a retention bonus payable if he does not resign before December 31, 2022.',
  'Mr. Hanover’s base salary was increased from $400,000 to $425,000 effective March 1, 2022.',
  'The stockholders elected each of the nominees, including George Hanover, to serve until the next annual meeting.',
  'Mr. James Holt will serve as a consultant to the Company until December 31, 2021.',
  'Ryan Cho was granted a leave of absence from his duties as Chief Information Security Officer, effective immediately.',
])('nobody: %s', (text) => {
  expect(told(text)).toEqual([]);
});

it('the office is the one that is left or taken, not the one before or of somebody else', () => {
  const roles = (text: string) => readLeadershipMoves(text).map(({ name, role }) => [name, role]);
  expect(
    roles(
      'In connection with Mr. Hale’s departure, David Moreau, the Company’s current Controller, will serve as interim Chief Financial Officer.',
    ),
  ).toEqual([
    ['Hale', null],
    ['David Moreau', 'Chief Financial Officer'],
  ]);
  expect(
    roles(
      'On May 7, 2020, the Company promoted Tara Nolan, 44, from Senior Vice President to Executive Vice President and Chief Commercial Officer.',
    ),
  ).toEqual([['Tara Nolan', 'Executive Vice President and Chief Commercial Officer']]);
  expect(
    roles(
      'Stephen D. Walsh, President and Chief Executive Officer, will retire on April 30, 2019 and Laura Kim, currently Chief Operating Officer, will succeed him.',
    ),
  ).toEqual([
    ['Stephen D. Walsh', 'President and Chief Executive Officer'],
    ['Laura Kim', 'President and Chief Executive Officer'],
  ]);
});

it('a text without sentences is read in a moment', () => {
  for (const text of [
    'Mr. ',
    'Aa ',
    'A',
    '(',
    'John Smith, Chief Executive Officer, ',
    'employment of John Smith ',
  ])
    expect(told(text.repeat(20_000))).toEqual([]);
});
