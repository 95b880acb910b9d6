/** The person whom the hand-made replies are about; her company's domain is reserved. */
export const ada = {
  givenName: 'Ada',
  familyName: 'Okafor',
  companyName: 'Northmill',
  companyDomain: 'northmill.example',
} as const;

export const ADA_EMAIL = 'ada.okafor@northmill.example';
export const ADA_PROFILE = 'https://profiles.example/in/ada-okafor';
export const ADA_MOBILE = '+12025550142';

/** London, 020 7946 0xxx: a desk phone by its digits, from a range reserved for fiction. */
export const DESK_PHONE = '+442079460123';
