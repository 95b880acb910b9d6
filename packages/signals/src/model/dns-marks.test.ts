import fc from 'fast-check';
import { expect, it } from 'vitest';

import { compareLook, linesOf, showsSameTools, toolsIn, type DnsMemory } from './dns-marks.ts';

const RIVAL = [{ name: 'Rivalforce', mentions: [], records: ['include:mail.rivalforce.com'] }];

it('reads tools from records, as they come from resolvers', () => {
  const lines = linesOf([
    { type: 'MX', name: '@', records: ['1 ASPMX.L.Google.com.'] },
    {
      type: 'TXT',
      name: '@',
      records: ['"v=spf1 include:sendgrid.net  include:mail.rivalforce.com ~all"', 'hello'],
    },
    { type: 'CNAME', name: 'support', records: ['acme.zendesk.com.'] },
  ]);
  expect(lines).toEqual([
    'cname support acme.zendesk.com',
    'mx 1 aspmx.l.google.com',
    'txt hello',
    'txt v=spf1 include:sendgrid.net include:mail.rivalforce.com ~all',
  ]);
  expect(toolsIn(lines, RIVAL).map(({ tool, competes }) => [tool, competes])).toEqual([
    ['Rivalforce', true],
    ['Google Workspace', false],
    ['SendGrid', false],
    ['Zendesk', false],
  ]);
  expect(toolsIn(['mx 5 mx.notgoogle.com.evil.example', 'txt my google.com'], [])).toEqual([]);
});

const memory = (...lines: string[]): DnsMemory => ({ standing: lines, lastLook: lines });
const changes = (known: DnsMemory, look: string[], rules = RIVAL) =>
  compareLook(known, look, rules).news.map(({ tool, change }) => `${tool} ${change}`);

it('tells what is adopted after two looks that show it, and what is dropped after two without it', () => {
  const spf = 'txt v=spf1 include:sendgrid.net ~all';
  const seen = compareLook(memory(), [spf], RIVAL);
  expect(seen.news).toEqual([]);
  expect(changes(seen.memory, [])).toEqual([]);
  expect(changes(seen.memory, [spf])).toEqual(['SendGrid adopted']);
  const first = compareLook(memory(spf), [], RIVAL);
  expect(first.news).toEqual([]);
  expect(changes(first.memory, [])).toEqual(['SendGrid dropped']);
  expect(changes(first.memory, [spf])).toEqual([]);
});

it('makes no news of what was there when a rule is new, nor of a record that is written differently', () => {
  const spf = 'txt v=spf1 include:mail.rivalforce.com ~all';
  expect(changes(memory(spf), [spf], RIVAL)).toEqual([]);
  const other = 'txt v=spf1 include:mail.rivalforce.com include:sendgrid.net ~all';
  const first = compareLook(memory(spf), [other], RIVAL);
  expect(first.news).toEqual([]);
  expect(changes(first.memory, [other])).toEqual(['SendGrid adopted']);
});

it('whatever is seen, the same look a third time tells nothing, and nothing is both adopted and dropped', () => {
  const line = fc.constantFrom(
    'txt docusign=1',
    'txt stripe-verification=2',
    'mx 1 a.pphosted.com',
    'txt x',
    'cname help a.zendesk.com',
  );
  const look = fc.uniqueArray(line);
  fc.assert(
    fc.property(look, look, look, (standing, lastLook, seen) => {
      const first = compareLook({ standing, lastLook }, seen, []);
      const tools = first.news.map(({ tool }) => tool);
      expect(new Set(tools).size).toBe(tools.length);
      const second = compareLook(first.memory, seen, []);
      const again = second.news.map(({ tool }) => tool);
      expect(new Set(again).size).toBe(again.length);
      expect(compareLook(second.memory, seen, []).news).toEqual([]);
    }),
  );
});

it('knows two looks of one company by the tools they show', () => {
  expect(showsSameTools(['txt docusign=1', 'txt x'], ['txt docusign=2'], [])).toBe(true);
  expect(showsSameTools(['txt docusign=1'], ['txt stripe-verification=1'], [])).toBe(false);
  expect(showsSameTools(['txt docusign=1'], [], [])).toBe(false);
});
