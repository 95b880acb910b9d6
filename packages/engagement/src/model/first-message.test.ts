import { describe, expect, it } from 'vitest';

import { DEFAULT_MESSAGES, draftMessages, unknownVariables } from './first-message.ts';

const facts = { givenName: 'Ann', company: 'Northwind', repName: 'Ana Ruiz', workspaceName: 'Penstock' };
const hiring = { kind: 'hiring', summary: 'Northwind is hiring a head of revenue operations.', topic: '' };
const visit = { kind: 'visit', summary: 'Visited the pricing page', topic: 'pricing' };
const drafts = (signals: (typeof hiring)[], more = {}) =>
  draftMessages(DEFAULT_MESSAGES, signals, { ...facts, ...more });

describe('drafts of a first message', () => {
  it('tell the evidence, and are signed', () => {
    const [first] = drafts([hiring, visit]);
    expect(first?.text).toContain('this caught my eye: Northwind is hiring a head of revenue operations.');
    expect(first?.text).toContain('Hi Ann,');
    expect(first?.text.trimEnd()).toMatch(/Ana Ruiz\nPenstock$/);
  });

  it('never tell that somebody was watched', () => {
    const [first] = drafts([visit]);
    expect(first?.subject).toBe('Pricing, in one page');
    expect(first?.text).toContain('about pricing');
    expect(first?.text).not.toContain('isited');
  });

  it('follow the order of the signals, each template once, and end with the one for any', () => {
    expect(drafts([visit, { ...visit, kind: 'intent' }, hiring]).map(({ key }) => key)).toEqual([
      'topic',
      'hiring',
      'any',
    ]);
    expect(drafts([]).map(({ key }) => key)).toEqual(['any']);
  });

  it('leave no placeholder, whatever is unknown, and let no value add a line', () => {
    const all = draftMessages(DEFAULT_MESSAGES, [hiring, visit], {
      ...facts,
      givenName: '',
      company: 'North\nwind {{repName}}',
    });
    expect(all[0]?.text).toContain('Hi there,');
    expect(all[0]?.subject).toBe('New people at North wind {{repName}}');
    for (const { text, subject } of DEFAULT_MESSAGES)
      expect(unknownVariables(`${subject} ${text}`)).toEqual([]);
    expect(unknownVariables('Hi {{givenname}}')).toEqual(['givenname']);
  });
});
