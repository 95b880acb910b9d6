import { expect, it } from 'vitest';

import { readHeadline } from './headline.ts';

/** As newspapers and press wires (every word with a capital) write them; people and companies are invented. */
it.each<[string, string | null]>([
  ['Larkspur Dynamics Raises $12.5 Million in Series B Funding', 'funding/Larkspur Dynamics'],
  ['Larkspur Dynamics Announces $30M Series C Led by Northwind Ventures', 'funding/Larkspur Dynamics'],
  ['Larkspur Secures $8.2M in Seed Funding to Expand AI Platform', 'funding/Larkspur'],
  ['Fintech startup Quillstone nabs $45m from Harbor Capital', 'funding/Quillstone'],
  ['Quillstone Closes $100 Million Growth Equity Investment', 'funding/Quillstone'],
  ['Quillstone pulls in $20M Series A', 'funding/Quillstone'],
  ['Quillstone, a payments startup, raises $20M', 'funding/Quillstone'],
  ['Northwind leads $20M round in Quillstone', 'funding/Quillstone'],
  ['Quillstone Receives $15 Million Investment from Harbor Capital', 'funding/Quillstone'],
  ['Quillstone raises $20 million in venture debt', 'funding/Quillstone'],
  ['Quillstone valued at $1.2 billion after $150 million Series D', 'funding/Quillstone'],
  ['Quillstone grabs €7.5m to take on incumbents', 'funding/Quillstone'],
  ['Quillstone scores $9M', 'funding/Quillstone'],
  ['Quillstone Completes $50,000,000 Series B Financing', 'funding/Quillstone'],
  ['Quillstone in talks to raise $50M', null],
  ['Quillstone seeks to raise $50M', null],
  ['Quillstone fails to raise $50M', null],
  ['Quillstone could raise $50M, sources say', null],
  ['Quillstone raises full-year revenue guidance to $50 million', null],
  ['Quillstone Raises $50,000 for Local Food Bank', null],
  ['Quillstone Foundation Raises $2 Million for Children’s Hospital', null],
  ['Quillstone raises $1.5 billion in IPO', 'funding/Quillstone'],
  ['Ninefold Labs to Acquire Feedwell Systems for $20 Million', 'acquisition/Ninefold Labs'],
  ['Ninefold Labs Completes Acquisition of Feedwell Systems', 'acquisition/Ninefold Labs'],
  ['Ninefold Labs Acquires Feedwell Systems', 'acquisition/Ninefold Labs'],
  ['Ninefold Labs Announces Acquisition of Feedwell', 'acquisition/Ninefold Labs'],
  ['Ninefold Labs agrees to buy Feedwell for $2bn', 'acquisition/Ninefold Labs'],
  ['Ninefold Labs signs definitive agreement to acquire Feedwell', 'acquisition/Ninefold Labs'],
  ['Feedwell Systems to be acquired by Ninefold Labs', 'acquisition/Feedwell Systems'],
  ['Feedwell Systems Enters Into Agreement to Be Acquired by Ninefold Labs', 'acquisition/Feedwell Systems'],
  ['Ninefold Labs abandons plan to acquire Feedwell', null],
  ['Ninefold Labs denies it is to acquire Feedwell', null],
  ['Ninefold Labs acquires 5% stake in Feedwell', null],
  ['Ninefold Labs acquires new customers in record quarter', null],
  ['Acme Robotics Lays Off 15% of Staff', 'budget_cut/Acme Robotics'],
  ['Acme Robotics to Cut 1,200 Jobs', 'budget_cut/Acme Robotics'],
  ['Acme Robotics Announces Layoffs Affecting 200 Employees', 'budget_cut/Acme Robotics'],
  ['Acme Robotics slashes a third of its workforce', 'budget_cut/Acme Robotics'],
  ['Acme Robotics reduces workforce by 12%', 'budget_cut/Acme Robotics'],
  ['Layoffs hit Acme Robotics as 200 lose jobs', 'budget_cut/Acme Robotics'],
  ['Acme Robotics laying off 90 people in Austin', 'budget_cut/Acme Robotics'],
  ['Acme Robotics will lay off 300 workers', 'budget_cut/Acme Robotics'],
  ['Acme Robotics denies it will lay off 300 workers', null],
  ['Acme Robotics adds 300 workers', null],
  ['Acme Robotics Appoints Jane Roe as Chief Financial Officer', 'executive_hire/Acme Robotics'],
  ['Acme Robotics Names Jane Roe CEO', 'executive_hire/Acme Robotics'],
  ['Acme Robotics Names Jane Roe Chief Revenue Officer', 'executive_hire/Acme Robotics'],
  [
    'Acme Robotics Announces Appointment of Jane Roe as Chief Technology Officer',
    'executive_hire/Acme Robotics',
  ],
  ['Jane Roe Joins Acme Robotics as Chief Marketing Officer', 'executive_hire/Acme Robotics'],
  ['Jane Roe named CEO of Acme Robotics', 'executive_hire/Acme Robotics'],
  ['Acme Robotics hires former Widget exec Jane Roe as CRO', 'executive_hire/Acme Robotics'],
  ['Acme Robotics promotes Jane Roe to VP of Sales', 'executive_hire/Acme Robotics'],
  ['Acme Robotics Taps Jane Roe to Lead Sales', null],
  ['Acme Robotics Appoints Jane Roe to Board of Directors', null],
  ['Acme Robotics CEO Jane Roe to Step Down', 'leadership_change/Acme Robotics'],
  ['Acme Robotics CEO resigns amid probe', 'leadership_change/Acme Robotics'],
  ['Acme Robotics Announces Departure of Chief Financial Officer', 'leadership_change/Acme Robotics'],
  ['Jane Roe steps down as CEO of Acme Robotics', 'leadership_change/Acme Robotics'],
  ['Acme Robotics’ CFO Jane Roe is leaving', 'leadership_change/Acme Robotics'],
  ['Acme Robotics CEO says he will not step down', null],
  ['Acme Robotics Opens New Office in London', null],
  ['Acme Robotics Expands to Germany', 'expansion/Acme Robotics'],
  ['Acme Robotics Launches in Japan', 'expansion/Acme Robotics'],
  ['Acme Robotics expands into France with Paris office', 'expansion/Acme Robotics'],
  ['Acme Robotics Enters the German Market', 'expansion/Acme Robotics'],
  ['Acme Robotics opens Singapore headquarters', 'expansion/Acme Robotics'],
  ['Acme Robotics Expands Operations in Canada', 'expansion/Acme Robotics'],
  ['Acme Robotics pulls out of Germany', null],
  ['Quillstone Raises $8.2M Seed Round to Fuel Expansion', 'funding/Quillstone'],
  ['Quillstone Raises $8.2M to Fund Its First Factory', 'funding/Quillstone'],
  ['Acme raises revenue forecast to $5 billion', null],
  ['Acme Announces $500 Million Share Repurchase Program', null],
  ['Acme Announces $50M Investment in Texas Plant', null],
  ['Harbor Capital Closes $300M Fund III', null],
  ['Acme Wins $20M Series B', 'funding/Acme'],
  ['Acme wins $20m NHS contract', null],
  ['Boston-Based Acme Lands £3.5m Seed', 'funding/Acme'],
  ['AI Startup Quillstone Nabs $45M Series B', 'funding/Quillstone'],
  ['Acme Bank Names Jane Roe as SVP, Commercial Lending', 'executive_hire/Acme Bank'],
])('%s', (title, told) => {
  const claim = readHeadline(title);
  expect(claim && `${claim.kind}/${claim.company}`).toBe(told);
});

it('reads share, people, part, amount and country of them', () => {
  const facts = (title: string) => readHeadline(title)?.facts;
  expect(facts('Acme Robotics Lays Off 15% of Staff')).toMatchObject({ workforcePercent: 15, people: null });
  expect(facts('Acme Robotics slashes a third of its workforce')).toMatchObject({ workforcePercent: 33 });
  expect(facts('Layoffs hit Acme Robotics as 1,200 lose jobs')).toMatchObject({ people: 1_200 });
  expect(facts('Quillstone Completes $50,000,000 Series B Financing')).toMatchObject({
    amountUsd: 50_000_000,
  });
  expect(facts('Quillstone valued at $1.2 billion after $150 million Series D')).toMatchObject({
    amountUsd: 150_000_000,
  });
  expect(facts('Acme Robotics Enters the German Market')).toMatchObject({ country: 'DE' });
  expect(facts('Acme Robotics Expands Operations in Canada With New Plant')).toMatchObject({ country: 'CA' });
});

it('reads a hostile headline in a moment', () => {
  for (const text of ['Aa ', 'Aa, ', 'A', 'Raises $5 ', 'Acme, xx, '])
    expect(readHeadline(text.repeat(20_000))).toBeNull();
});
