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
type Named = keyof FormFields | 'fullName';

/** As `keyOf` leaves them; the more exact first. */
const NAMES: Readonly<Record<Named, readonly string[]>> = {
  email: [
    'workemail',
    'businessemail',
    'companyemail',
    'email',
    'emailaddress',
    'emailadresse',
    'mail',
    'courriel',
    'correo',
    'correoelectronico',
    'replyto',
    'emailid',
  ],
  givenName: ['firstname', 'givenname', 'forename', 'fname', 'vorname', 'prenom', 'nombre', 'voornaam'],
  familyName: [
    'lastname',
    'familyname',
    'surname',
    'lname',
    'nachname',
    'familienname',
    'nom',
    'apellido',
    'apellidos',
    'achternaam',
  ],
  fullName: ['fullname', 'name', 'contactname', 'vollstandigername', 'nomcomplet', 'nombrecompleto'],
  company: [
    'company',
    'companyname',
    'organisation',
    'organization',
    'organisationname',
    'organizationname',
    'business',
    'businessname',
    'employer',
    'firma',
    'firmenname',
    'unternehmen',
    'societe',
    'entreprise',
    'empresa',
    'bedrijf',
  ],
  phone: [
    'phone',
    'phonenumber',
    'mobile',
    'mobilephone',
    'mobilenumber',
    'workphone',
    'businessphone',
    'telephone',
    'tel',
    'telefon',
    'telefonnummer',
    'telefono',
    'telefoon',
    'handy',
    'cell',
  ],
  country: ['country', 'countrycode', 'countryregion', 'countryname', 'land', 'pays', 'pais'],
  message: [
    'message',
    'comment',
    'comments',
    'howcanwehelp',
    'howcanwehelpyou',
    'question',
    'questions',
    'inquiry',
    'enquiry',
    'nachricht',
    'anfrage',
    'mensaje',
    'bericht',
    'details',
    'notes',
  ],
};

const MOST_ANSWERS = 200;
const DEEPEST = 4;

/**
 * A field's name without what builders of forms put around it: `form_fields[email]`, `your-email`, `0-1/email`, `Work Email *` and `email_1`
 * are all about an address.
 */
function keyOf(name: string): string {
  const [last = ''] = name
    .split(/[[\]./]+/)
    .filter((part) => part.trim() !== '')
    .slice(-1);
  return last
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]/g, '')
    .replace(/^your/, '')
    .replace(/\d+$/, '');
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

type Answer = readonly [name: string, value: string];

/** Names and values, from wherever they are: at the top, in an object of fields, or in a list of `{ name, value }` as form services send them. */
function answersIn(posted: unknown, depth = 0): Answer[] {
  if (depth > DEEPEST) return [];
  if (Array.isArray(posted)) return posted.flatMap((item: unknown) => listed(item, depth));
  if (!isRecord(posted)) return [];
  return Object.entries(posted).flatMap(([name, value]): Answer[] => {
    const text = textOf(value);
    return text === null ? answersIn(value, depth + 1) : [[name, text]];
  });
}

function listed(item: unknown, depth: number): Answer[] {
  if (!isRecord(item)) return [];
  const name = [item['name'], item['key'], item['label']].find((one) => typeof one === 'string');
  const value = item['value'] ?? item['values'];
  const text = textOf(Array.isArray(value) ? value[0] : value);
  return typeof name === 'string' && text !== null ? [[name, text]] : answersIn(item, depth + 1);
}

function textOf(value: unknown): string | null {
  if (typeof value === 'string') return value;
  return typeof value === 'number' ? String(value) : null;
}

const ADDRESS = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

/**
 * Picks the known fields out of whatever was posted, by their names in the words of many forms. Where no field is named after an address but
 * one value alone is one, it is taken: a request must not be lost to the name of a field. A full name is split at its last space.
 */
export function pickFields(posted: Record<string, unknown>): FormFields {
  const answers = answersIn(posted).slice(0, MOST_ANSWERS);
  const byKey = new Map<string, string>();
  for (const [name, value] of answers) {
    const key = keyOf(name);
    if (value.trim() !== '' && !byKey.has(key)) byKey.set(key, value);
  }
  const pick = (field: Named): string =>
    NAMES[field].map((name) => byKey.get(name)).find((value) => value !== undefined) ?? '';
  const fullName = pick('fullName').trim();
  const split = fullName.lastIndexOf(' ');
  return {
    email: pick('email') || onlyAddress(answers),
    givenName: pick('givenName') || (split > 0 ? fullName.slice(0, split) : fullName),
    familyName: pick('familyName') || (split > 0 ? fullName.slice(split + 1) : ''),
    company: pick('company'),
    phone: pick('phone'),
    country: pick('country'),
    message: pick('message'),
  };
}

function onlyAddress(answers: readonly Answer[]): string {
  const found = new Set(answers.map(([, value]) => value.trim()).filter((value) => ADDRESS.test(value)));
  return found.size === 1 ? ([...found][0] ?? '') : '';
}
