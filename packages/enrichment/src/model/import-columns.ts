/** What a column of a file of people can hold. */
export const IMPORT_FIELDS = [
  'email',
  'given_name',
  'family_name',
  'full_name',
  'company',
  'domain',
  'country',
  'title',
  'phone',
  'linkedin_url',
] as const;
export type ImportField = (typeof IMPORT_FIELDS)[number];

/**
 * Headers as CRMs, sequencers, address books and data vendors export them, without case, spaces and marks; the more likely first. A
 * person's own line goes before one of the company, a mobile before a desk.
 */
const HEADERS: Readonly<Record<ImportField, readonly string[]>> = {
  email: [
    'workemail',
    'businessemail',
    'email',
    'emailaddress',
    'primaryemail',
    'contactemail',
    'personemailwork',
    'email1value',
    'email1',
    'leademail',
    'emailadresse',
    'mail',
    'mailadresse',
    'courriel',
    'adresseemail',
    'correo',
    'correoelectronico',
    'emailwork',
  ],
  given_name: [
    'firstname',
    'givenname',
    'forename',
    'contactfirstname',
    'personfirstname',
    'leadfirstname',
    'vorname',
    'prenom',
    'nombre',
    'voornaam',
    'nome',
    'first',
  ],
  family_name: [
    'lastname',
    'familyname',
    'surname',
    'contactlastname',
    'personlastname',
    'leadlastname',
    'nachname',
    'familienname',
    'nom',
    'nomdefamille',
    'apellido',
    'apellidos',
    'achternaam',
    'cognome',
    'last',
  ],
  full_name: [
    'fullname',
    'name',
    'contactname',
    'contactfullname',
    'personname',
    'leadname',
    'contact',
    'person',
    'lead',
    'ansprechpartner',
  ],
  company: [
    'company',
    'companyname',
    'companyaccount',
    'account',
    'accountname',
    'associatedcompany',
    'primarycompany',
    'currentcompany',
    'organization',
    'organisation',
    'organizationname',
    'organisationname',
    'organization1name',
    'employer',
    'companynameforemails',
    'firma',
    'unternehmen',
    'societe',
    'entreprise',
    'empresa',
    'bedrijf',
    'azienda',
  ],
  domain: [
    'companydomain',
    'companydomainname',
    'domain',
    'domainname',
    'companywebsite',
    'companywebsiteurl',
    'website',
    'websiteurl',
    'companyurl',
    'accountwebsite',
    'organizationwebsite',
    'webpage',
    'webseite',
    'homepage',
    'siteweb',
    'web',
    'url',
  ],
  country: [
    'country',
    'countrycode',
    'countryregion',
    'personcountry',
    'contactcountry',
    'mailingcountry',
    'businesscountryregion',
    'businesscountry',
    'companycountry',
    'billingcountry',
    'land',
    'pays',
    'pais',
  ],
  title: [
    'jobtitle',
    'title',
    'currenttitle',
    'contacttitle',
    'persontitle',
    'persondesignation',
    'organization1title',
    'position',
    'jobposition',
    'designation',
    'role',
    'jobrole',
    'headline',
    'funktion',
    'berufsbezeichnung',
    'stelle',
    'poste',
    'fonction',
    'cargo',
    'puesto',
  ],
  phone: [
    'mobile',
    'mobilephone',
    'mobilephonenumber',
    'mobilenumber',
    'cell',
    'cellphone',
    'handy',
    'mobil',
    'mobiltelefon',
    'directphone',
    'directphonenumber',
    'directdial',
    'workdirectphone',
    'phone',
    'phonenumber',
    'workphone',
    'personphonework',
    'personphonemobile',
    'phone1value',
    'businessphone',
    'telefon',
    'telefonnummer',
    'telephone',
    'telefono',
  ],
  linkedin_url: [
    'personlinkedinurl',
    'personlinkedin',
    'contactlinkedinurl',
    'linkedincontactprofileurl',
    'linkedinprofileurl',
    'linkedinprofile',
    'linkedinurl',
    'linkedinlink',
    'linkedin',
    'profileurl',
  ],
};

export const headerKey = (header: string): string =>
  header
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]/g, '');

const ADDRESS = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;
const PROFILE = /(?:^|[/.])linkedin\.com\/in\//i;

/** What a column's own values say, whatever it is called: addresses and profiles are told at sight. */
function byValues(values: readonly string[]): ImportField | null {
  const filled = values.map((value) => value.trim()).filter(Boolean);
  const mostly = (shape: RegExp) => filled.filter((value) => shape.test(value)).length * 2 > filled.length;
  if (mostly(PROFILE)) return 'linkedin_url';
  return mostly(ADDRESS) ? 'email' : null;
}

/** Lower is likelier. A header that somebody chose a field for before means that, and nothing else. */
const CHOSEN = -1;
const BY_VALUES = 1_000;

/**
 * What each column most likely holds: as somebody chose it for the same header before, else by its name (unless its values are something
 * else at sight), else by its values. No field is given twice: the likelier column has it, of two alike the first.
 * @param samples cells of some rows
 */
export function guessColumns(
  headers: readonly string[],
  remembered: Readonly<Record<string, string>>,
  samples: readonly (readonly string[])[] = [],
): (ImportField | null)[] {
  const guesses = headers.flatMap((header, column) => {
    const key = headerKey(header);
    const chosen = remembered[key];
    if (chosen !== undefined) {
      const field = IMPORT_FIELDS.find((one) => one === chosen);
      return field ? [{ column, field, likely: CHOSEN }] : [];
    }
    const seen = byValues(samples.map((cells) => cells[column] ?? ''));
    const named = IMPORT_FIELDS.find((field) => HEADERS[field].includes(key));
    if (named !== undefined && (seen === null || seen === named))
      return [{ column, field: named, likely: HEADERS[named].indexOf(key) }];
    return seen === null ? [] : [{ column, field: seen, likely: BY_VALUES }];
  });
  const columns = headers.map((): ImportField | null => null);
  for (const { column, field } of guesses.toSorted((a, b) => a.likely - b.likely || a.column - b.column))
    if (!columns.includes(field)) columns[column] = field;
  return columns;
}

/** Whether a first line names columns: a line with an address or a number in it is a person already. */
export const looksLikeHeader = (cells: readonly string[]): boolean =>
  cells.some((cell) => cell.trim() !== '') && !cells.some((cell) => /@|^\+?[\d\s()-]{5,}$/.test(cell.trim()));

/** Why people can't be made from these columns, or null. */
export function missingColumns(columns: readonly (ImportField | null)[]): string | null {
  const has = (field: ImportField) => columns.includes(field);
  if (has('email') || has('linkedin_url')) return null;
  const named = has('full_name') || has('family_name');
  if (named && (has('company') || has('domain'))) return null;
  return 'Choose the column of the e-mail address, or those of the name and the company: without them nobody can be recognised or looked up.';
}
