import { expect, it } from 'vitest';

import { nextStepOf, readTalk, strengthOfMood, type Utterance } from './conversation.ts';

const TOOLS = [{ name: 'Rivalforce', mentions: ['rival force', 'RF cloud'], records: [] }];
const said = (side: 'us' | 'them', text: string): Utterance => ({ side, personId: null, text });
const kinds = (...talk: Utterance[]) =>
  readTalk(talk, TOOLS, true).map(({ kind, side, quote }) => [kind, side, quote]);

it('finds competitors as whole words, each once', () => {
  expect(
    kinds(
      said('them', 'We also look at Rival Force. Their price is lower. Rivalforce is nice.'),
      said('us', 'The rivalforces of nature are strong.'),
    ),
  ).toEqual([['competitor', 'them', 'We also look at Rival Force.']]);
});

it('finds what both sides promise, and what the other side asks', () => {
  expect(
    kinds(
      said('us', 'I’ll send you the security paper tomorrow. We will win. Shall I send it?'),
      said(
        'them',
        'Let me check with finance. How does it work with our single sign-on? Really? Can you hear me now okay?',
      ),
      said('us', 'What would you like to see in the demo?'),
    ),
  ).toEqual([
    ['commitment', 'us', 'I’ll send you the security paper tomorrow.'],
    ['commitment', 'them', 'Let me check with finance.'],
    ['question', 'them', 'How does it work with our single sign-on?'],
  ]);
});

it('keeps a long talk short', () => {
  const points = readTalk(
    Array.from({ length: 500 }, (_, at) => said('them', `What about the matter number ${at}?`)),
    TOOLS,
    true,
  );
  expect(points).toHaveLength(20);
});

it('reads the moods of the other side, with the sentence that shows it, unless the sender has measured them', () => {
  const talk = [
    said('us', 'I am very disappointed that we could not help you sooner.'),
    said('them', 'We have four offices. Honestly, we are not happy with how the rollout went.'),
  ];
  expect(readTalk(talk, TOOLS, true)).toMatchObject([
    { kind: 'sentiment', side: 'them', quote: 'Honestly, we are not happy with how the rollout went.' },
  ]);
  expect(readTalk(talk, TOOLS, true)[0]?.mood).toBeLessThan(-0.3);
  expect(readTalk(talk, TOOLS, false)).toEqual([]);
});

it('makes the earliest dated promise of ours the next step', () => {
  const point = (quote: string, side: 'us' | 'them', dueAt: Date | null) => ({
    kind: 'commitment' as const,
    personId: null,
    tool: '',
    mood: null,
    quote,
    side,
    dueAt,
  });
  const points = [
    point('undated', 'us', null),
    point('theirs', 'them', new Date('2026-12-01')),
    point('later', 'us', new Date('2026-12-03')),
    point('sooner', 'us', new Date('2026-12-02')),
  ];
  expect(nextStepOf(points)?.quote).toBe('sooner');
  expect(nextStepOf(points.slice(0, 2))?.quote).toBe('undated');
  expect(nextStepOf([])).toBeNull();
});

it('grows the risk with the mood', () => {
  expect([-0.3, -0.65, -1].map(strengthOfMood)).toEqual([0.4, 0.65, 0.9]);
});
