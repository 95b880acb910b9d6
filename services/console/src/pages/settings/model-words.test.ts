import { DEFAULT_INTENT_MODEL } from '@penstock/scoring/model/presets';
import { expect, it } from 'vitest';

import { modelChanges } from './model-words.ts';

const { kinds, risk, priority } = DEFAULT_INTENT_MODEL;
const published = { ...DEFAULT_INTENT_MODEL };

it('says nothing of what is the same, a half-life that is spelled out among it', () => {
  const spelled = { ...kinds, funding: { label: 'Funding', cap: 0.7, saturation: 0.5, halfLifeDays: 90 } };
  expect(modelChanges(published, published)).toEqual([]);
  expect(modelChanges(published, { ...published, kinds: spelled })).toEqual([]);
});

it('names each measure that differs, with both values', () => {
  const { visit: _, ...others } = kinds;
  const draft = {
    kinds: { ...others, funding: { label: 'Funding', cap: 0.5, saturation: 0.5, halfLifeDays: 30 } },
    risk: { ...risk, budget_cut: { label: 'Budget cut', cap: 0.1, saturation: 1 } },
    priority: { ...priority, signal: 0.5, halfValueMinor: { USD: 1_234_500 } },
  };
  const said = modelChanges({ ...published, risk: {}, priority: { ...priority, signal: 0.4 } }, draft);
  expect(said[0]).toEqual({ sign: '−', text: kinds['visit']?.label });
  expect(said[1]).toEqual({
    sign: '±',
    text: 'Funding: at most 70 points → 50 points, counts half after 90 days → 30 days',
  });
  expect(said).toContainEqual({ sign: '+', text: 'risk, Budget cut' });
  expect(said).toContainEqual({ sign: '±', text: 'Priority: weight of signal score 40 % → 50 %' });
  expect(said.at(-1)?.text).toContain('→ 12,345');
});
