import type { OpenWeb } from '@penstock/enrichment/provider-port';
import { ProviderError } from '@penstock/kernel/provider-error';
import { expect, it } from 'vitest';

import { emailCheck } from './adapter.ts';

const RECORDS: Record<string, string[]> = {
  'MX good.example': ['10 mx.good.example'],
  'MX null.example': ['0 .'],
  'A bare.example': ['192.0.2.1'],
};
const web: OpenWeb = {
  resolve: (name, type) => Promise.resolve(RECORDS[`${type} ${name}`] ?? []),
  page: () => Promise.reject(new ProviderError('email-check', 'unreachable')),
};

it.each([
  ['ada@good.example', 'unknown'],
  ['ada@bare.example', 'unknown'],
  ['ada@null.example', 'invalid'],
  ['ada@nowhere.example', 'invalid'],
  ['not an address', 'invalid'],
  ['a..b@good.example', 'invalid'],
  ['ada@mailinator.com', 'disposable'],
  ['ada@eu.mailinator.com', 'disposable'],
  ['info@good.example', 'do_not_mail'],
  ['sales+x@good.example', 'do_not_mail'],
])('%s is %s, for nothing', async (email, result) => {
  expect(await emailCheck.answerFromOpenWeb?.('check', { email }, web)).toMatchObject({
    outcome: 'verified',
    result,
    vendorCredits: 0,
  });
});
