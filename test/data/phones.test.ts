import { readPhone } from '@penstock/accounts/model/phone-number';
import { usablePhone } from '@penstock/providers/usable';
import { expect, it } from 'vitest';
import { z } from 'zod';

import { referenceJson } from './reference.ts';

it('every country’s example number is read, and known as a mobile', (context) => {
  const examples = z
    .record(z.string(), z.string())
    .parse(referenceJson(context, 'phone/examples.mobile.json'));
  const read = Object.entries(examples).map(([country, text]) => {
    const e164 = readPhone(text, country);
    return { country, e164: e164 !== null, lineType: usablePhone(e164)?.lineType };
  });
  expect(read.length).toBeGreaterThan(200);
  expect(read.filter(({ e164, lineType }) => !e164 || lineType !== 'mobile')).toEqual([]);
});
