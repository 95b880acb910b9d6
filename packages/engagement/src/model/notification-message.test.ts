import { describe, expect, it } from 'vitest';

import { digestMail, slackText } from './notification-message.ts';
import { wordsOf, type Told } from './notification-words.ts';

const told = (more: Partial<Told>): Told => ({
  kind: 'signal',
  subjectId: 'one',
  facts: {},
  accountName: 'Northmill',
  signalKind: 'funding',
  summary: 'Northmill raised $5M.',
  departureSignalId: null,
  personName: null,
  alert: null,
  isOver: false,
  ...more,
});
const ORIGIN = 'https://penstock.example';

describe('the words of a notification', () => {
  it.each([
    [{}, { title: 'Northmill raised $5M.', detail: 'Funding · Northmill', path: '/signals/one' }],
    [
      { kind: 'departure', personName: 'Ada Okafor', departureSignalId: 's' },
      { title: 'Ada Okafor has left Northmill', path: '/signals/s' },
    ],
    [
      { kind: 'departure', personName: 'Ada Okafor', isOver: true },
      { title: 'It is not so that Ada Okafor has left Northmill' },
    ],
    [
      { kind: 'service_level', facts: { queue: 'Inbound now', minutes: 5 } },
      {
        title: 'Northmill has waited for more than 5 min',
        detail: 'Queue “Inbound now”',
        path: '/queue/one',
      },
    ],
    [
      { kind: 'service_level', facts: { minutes: 2_880 } },
      { title: 'Northmill has waited for more than 2 days' },
    ],
    [
      {
        kind: 'alert',
        alert: { kind: 'provider_failing', about: { provider: 'people-data-labs' }, figures: {}, name: null },
      },
      { title: expect.stringContaining('People Data Labs does not work'), path: '/enrichment/alerts' },
    ],
    [{ kind: 'alert' }, { title: 'An alert that is gone' }],
  ] as [Partial<Told>, object][])('%j', (more, words) => {
    expect(wordsOf(told(more))).toMatchObject(words);
  });
});

describe('a message', () => {
  it('names no person, for a mailbox can’t be erased', () => {
    const parts = [told({ kind: 'departure', personName: 'Ada Okafor' })];
    expect(digestMail(parts, ORIGIN)).toMatchObject({ subject: 'A champion of ours has left Northmill' });
    expect(digestMail(parts, ORIGIN).text + slackText(parts, ORIGIN)).not.toContain('Ada');
  });

  it('says how much more there is, and where', () => {
    const parts = Array.from({ length: 60 }, () => told({}));
    const mail = digestMail(parts, ORIGIN);
    expect(mail.subject).toBe('Northmill raised $5M. and 59 more');
    expect(mail.text).toContain(`and 10 more: ${ORIGIN}/notifications`);
    expect(slackText(parts, ORIGIN).split('\n')).toHaveLength(21);
  });

  it('lets nobody make marks of Slack', () => {
    expect(slackText([told({ summary: 'A <!channel> & |x|\n<https://evil.example|y>' })], ORIGIN)).toBe(
      `• <${ORIGIN}/signals/one|A &lt;!channel&gt; &amp; ¦x¦ &lt;https://evil.example¦y&gt;> · Funding · Northmill`,
    );
  });
});
