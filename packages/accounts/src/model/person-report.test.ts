import { expect, it } from 'vitest';

import { personReport } from './person-report.ts';

const MADE = new Date('2026-11-23T09:00:00.000Z');
const observation = (field: string, value: string, more: object = {}) => ({
  id: `id-of-${field}`,
  workspace_id: 'w',
  field,
  value,
  provider: 'people-data-labs',
  lawful_basis: 'legitimate_interest',
  occurred_at: '2026-11-20T08:30:00+00:00',
  expires_at: null,
  ...more,
});
const report = (document: Record<string, unknown[]>, purpose: string | null = null) =>
  personReport({ name: 'Ana Novak', workspace: 'Quay Works', madeAt: MADE, purpose, document });

it('lists each value with its source, date and lawful basis, and whether it is shown', () => {
  const html = report({
    observation: [
      observation('work_email', 'ana@quay.example'),
      observation('title', 'CEO', { provider: 'import', lawful_basis: 'not_recorded' }),
    ],
    visible_value: [{ observation_id: 'id-of-work_email', value: 'ana@quay.example' }],
  });
  expect(html).toContain(
    '<tr><td>Work email</td><td>ana@quay.example</td><td>People data labs</td><td>2026-11-20 08:30 UTC</td><td>legitimate interest (Art. 6(1)(f) GDPR)</td><td></td><td>yes</td></tr>',
  );
  expect(html).toContain(
    '<tr><td>Title</td><td>CEO</td><td>a file that was brought in</td><td>2026-11-20 08:30 UTC</td><td>not recorded</td><td></td><td>no</td></tr>',
  );
});

it('tells everything else that is kept in words, without ids, and why', () => {
  const html = report(
    {
      activity: [
        { id: 'x', person_id: 'y', kind: 'call', subject: 'Asked for a demo', body: '', is_test: false },
      ],
      person: [{ id: 'y', given_name: 'Ana', family_name: 'Novak', email_key: 'ana@quay.example' }],
      idempotency_key: [{ response: 'repeats' }],
    },
    'To offer what helps their work.',
  );
  expect(html).toContain('<dt>Subject</dt><dd>Asked for a demo</dd>');
  expect(html).toContain('<dt>Given name</dt><dd>Ana</dd>');
  expect(html).toContain('To offer what helps their work.');
  expect(html.indexOf('Who this is')).toBeLessThan(html.indexOf('Calls, meetings'));
  for (const left of ['person_id', 'Person id', 'repeats', 'Is test']) expect(html).not.toContain(left);
});

it('lets nothing that somebody wrote become markup', () => {
  const html = report({ person: [{ given_name: '<script>alert(1)</script>', note: 'a & "b"' }] });
  expect(html).not.toContain('<script>');
  expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
  expect(html).toContain('a &amp; &quot;b&quot;');
});
