import type {
  KnownFacts,
  LineType,
  ProviderAdapter,
  ProviderAnswer,
  ProviderReply,
} from '@penstock/enrichment/provider-port';
import { ProviderError } from '@penstock/kernel/provider-error';
import { wordTable } from '@penstock/kernel/word-table';

import { failWith, faultOfStatus, jsonOf, readAs } from '../reply-reading.ts';
import { syncCalls } from '../vendor-calls.ts';
import { FORMAT, LINE_TYPE, TWILIO_LOOKUP_ID, twilioLookupManifest } from './manifest.ts';
import { ErrorReply, LookupReply } from './reply.ts';
import { formatRequest, lineTypeRequest } from './request.ts';

/** No balance here: the account's lies at another host, for which this key need not be allowed. */
export const twilioLookup: ProviderAdapter = {
  manifest: twilioLookupManifest,
  ...syncCalls(TWILIO_LOOKUP_ID, refuseFaults, {
    [LINE_TYPE]: { build: lineTypeRequest, read: (reply, asked) => readLine(reply, asked, 1) },
    [FORMAT]: { build: formatRequest, read: (reply, asked) => readLine(reply, asked, 0) },
  }),
};

/** A number that can't be one is a 404 of its own code. */
const NO_NUMBER = 20_404;

const isNoNumber = (reply: ProviderReply): boolean => {
  const parsed = ErrorReply.safeParse(jsonOf(reply));
  return reply.status === 404 && parsed.success && parsed.data.code === NO_NUMBER;
};

function refuseFaults(reply: ProviderReply): void {
  const fault = isNoNumber(reply) ? undefined : faultOfStatus(reply.status);
  if (fault !== undefined) failWith(TWILIO_LOOKUP_ID, fault, reply);
}

const LINES = wordTable<LineType>({
  mobile: 'mobile',
  landline: 'landline',
  fixedVoip: 'voip',
  nonFixedVoip: 'voip',
});

function readLine(reply: ProviderReply, asked: KnownFacts, credits: number): ProviderAnswer {
  if (isNoNumber(reply))
    return { outcome: 'line', valid: false, lineType: 'unknown', detail: 'no number', vendorCredits: 0 };
  const {
    valid,
    phone_number,
    validation_errors,
    line_type_intelligence: line,
  } = readAs(TWILIO_LOOKUP_ID, LookupReply, reply);
  if (valid && phone_number && asked.phone && phone_number !== asked.phone)
    throw new ProviderError(TWILIO_LOOKUP_ID, 'malformed');
  if (!valid) {
    const detail = validation_errors?.join(', ') ?? 'not valid';
    return { outcome: 'line', valid, lineType: 'unknown', detail, vendorCredits: 0 };
  }
  // A package that failed, as for Canada without approval, is not charged.
  if (line?.error_code != null)
    return {
      outcome: 'line',
      valid,
      lineType: 'unknown',
      detail: `error ${line.error_code}`,
      vendorCredits: 0,
    };
  const type = line?.type ?? '';
  return {
    outcome: 'line',
    valid,
    lineType: LINES[type] ?? 'unknown',
    detail: type === '' ? 'valid' : type,
    vendorCredits: credits,
  };
}
