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

/** Headers as other systems write them, without case, spaces and marks. */
const HEADERS: Readonly<Record<ImportField, readonly string[]>> = {
  email: [
    'email',
    'emailaddress',
    'workemail',
    'businessemail',
    'mail',
    'emailadresse',
    'courriel',
    'correo',
    'primaryemail',
  ],
  given_name: ['firstname', 'givenname', 'forename', 'vorname', 'prenom', 'nombre', 'first'],
  family_name: ['lastname', 'familyname', 'surname', 'nachname', 'nom', 'apellido', 'last'],
  full_name: ['name', 'fullname', 'contact', 'contactname', 'person', 'leadname'],
  company: [
    'company',
    'companyname',
    'account',
    'accountname',
    'organization',
    'organisation',
    'employer',
    'firma',
    'unternehmen',
    'societe',
    'entreprise',
    'empresa',
  ],
  domain: ['domain', 'companydomain', 'website', 'companywebsite', 'url', 'web', 'homepage', 'companyurl'],
  country: ['country', 'countrycode', 'land', 'pays', 'pais', 'companycountry'],
  title: ['title', 'jobtitle', 'position', 'role', 'headline', 'funktion', 'poste', 'cargo'],
  phone: [
    'phone',
    'mobile',
    'mobilephone',
    'phonenumber',
    'cell',
    'cellphone',
    'telefon',
    'telephone',
    'telefono',
    'handy',
    'directphone',
    'mobilenumber',
  ],
  linkedin_url: ['linkedin', 'linkedinurl', 'linkedinprofile', 'personlinkedinurl', 'linkedinprofileurl'],
};

export const headerKey = (header: string): string =>
  header
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]/g, '');

/**
 * What each column most likely holds: as somebody chose it for the same header before, else by its name. No field is given twice; of two
 * columns that may be it, the first has it.
 */
export function guessColumns(
  headers: readonly string[],
  remembered: Readonly<Record<string, string>>,
): (ImportField | null)[] {
  const given = new Set<ImportField>();
  return headers.map((header) => {
    const key = headerKey(header);
    const chosen = remembered[key];
    const guessed = IMPORT_FIELDS.find((field) =>
      chosen === undefined ? HEADERS[field].includes(key) : field === chosen,
    );
    if (guessed === undefined || given.has(guessed)) return null;
    given.add(guessed);
    return guessed;
  });
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
