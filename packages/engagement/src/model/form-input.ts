/** What a form may send, however it names its fields. */
export type FormFields = {
  email: string;
  givenName: string;
  familyName: string;
  company: string;
  phone: string;
  country: string;
  message: string;
};

const NAMES: Record<keyof FormFields | 'fullName', readonly string[]> = {
  email: ['email', 'e-mail', 'work_email', 'workemail', 'emailaddress', 'email_address'],
  givenName: ['givenname', 'given_name', 'firstname', 'first_name', 'first name'],
  familyName: ['familyname', 'family_name', 'lastname', 'last_name', 'last name'],
  fullName: ['name', 'fullname', 'full_name', 'your name'],
  company: ['company', 'companyname', 'company_name', 'organisation', 'organization'],
  phone: ['phone', 'telephone', 'tel', 'phone_number', 'phonenumber', 'mobile'],
  country: ['country', 'countrycode', 'country_code'],
  message: ['message', 'comment', 'comments', 'how_can_we_help', 'question'],
};

/** Picks the known fields out of whatever was posted; names are compared without case. A full name is split at its last space. */
export function pickFields(posted: Record<string, unknown>): FormFields {
  const byName = new Map(Object.entries(posted).map(([key, value]) => [key.trim().toLowerCase(), value]));
  const pick = (field: keyof typeof NAMES): string => {
    for (const name of NAMES[field]) {
      const value = byName.get(name);
      if (typeof value === 'string' && value.trim() !== '') return value;
      if (typeof value === 'number') return String(value);
    }
    return '';
  };
  const fullName = pick('fullName').trim();
  const split = fullName.lastIndexOf(' ');
  return {
    email: pick('email'),
    givenName: pick('givenName') || (split > 0 ? fullName.slice(0, split) : fullName),
    familyName: pick('familyName') || (split > 0 ? fullName.slice(split + 1) : ''),
    company: pick('company'),
    phone: pick('phone'),
    country: pick('country'),
    message: pick('message'),
  };
}
