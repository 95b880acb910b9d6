import type { LineType } from '@penstock/enrichment/provider-port';
import { wordTable } from '@penstock/kernel/word-table';
import { parsePhoneNumberFromString } from 'libphonenumber-js/max';

const MASK = /[*•…]|x{4,}|\[redacted\]|\bhidden\b/i;
const ADDRESS = /^[^\s@"<>(),;:\\]{1,64}@[a-z0-9-]+(\.[a-z0-9-]+)+$/i;

/** Text that says something: not empty, not masked. Vendors send `true` for "we have it, your plan doesn't". */
export function usableText(value: unknown): string | null {
  if (typeof value !== 'string') return null;
  const text = value.trim();
  return text === '' || MASK.test(text) ? null : text;
}

/** A whole address in lower case, or null: masked ones (`j***@x.com`) and fragments are not addresses. */
export function usableEmail(value: unknown): string | null {
  const text = usableText(value)?.toLowerCase() ?? null;
  return text !== null && ADDRESS.test(text) ? text : null;
}

const LINE_TYPE = wordTable<LineType>({
  MOBILE: 'mobile',
  FIXED_LINE: 'landline',
  VOIP: 'voip',
  // North America: the number itself can't tell, so the vendor's word stands.
  FIXED_LINE_OR_MOBILE: 'mobile',
});

const NO_PERSONAL_LINE: ReadonlySet<string> = new Set([
  'TOLL_FREE',
  'PREMIUM_RATE',
  'SHARED_COST',
  'UAN',
  'PAGER',
  'VOICEMAIL',
]);

/**
 * A number that a vendor sold as a mobile, in E.164, with the line type that its digits allow. Null where it is no
 * complete international number, or one that never belongs to a person (toll-free, premium).
 */
export function usablePhone(value: unknown): { e164: string; lineType: LineType } | null {
  const text = usableText(value);
  const phone =
    text === null ? undefined : parsePhoneNumberFromString(text.startsWith('+') ? text : `+${text}`);
  if (phone === undefined || !phone.isPossible()) return null;
  const type = phone.getType();
  if (type !== undefined && NO_PERSONAL_LINE.has(type)) return null;
  return { e164: phone.number, lineType: type === undefined ? 'mobile' : (LINE_TYPE[type] ?? 'unknown') };
}
