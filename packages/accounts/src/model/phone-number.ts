import { isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/max';

/** E.164 of what somebody typed (`+14155550123`), or null if it can't be read without guessing the country. */
export function readPhone(text: string, country: string): string | null {
  const region = country.toUpperCase();
  const parsed = parsePhoneNumberFromString(
    text,
    isSupportedCountry(region) ? { defaultCountry: region } : {},
  );
  return parsed?.isPossible() === true ? parsed.number : null;
}

/** What a number is by its plan, where the plan tells: in North America mobiles and landlines look alike. */
export function lineTypeOf(e164: string): 'mobile' | 'landline' | 'voip' | 'unknown' {
  const type = parsePhoneNumberFromString(e164)?.getType();
  if (type === 'MOBILE') return 'mobile';
  if (type === 'FIXED_LINE') return 'landline';
  return type === 'VOIP' ? 'voip' : 'unknown';
}
