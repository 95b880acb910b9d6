import type { ProviderManifest } from '@penstock/enrichment/provider-port';

export const LEADMAGIC_ID = 'leadmagic';
export const EMAIL_FINDER = 'email-finder';
export const MOBILE_FINDER = 'mobile-finder';
export const EMAIL_VALIDATION = 'email-validation';

/** Basic plan, $0.024 a credit (help.leadmagic.io); 1, 5 and 0.25 credits, nothing for a miss. */
const price = (credits: number) =>
  ({ credits, microsPerCredit: 24_000, charged: 'on_hit', readOn: '2026-11-23' }) as const;

export const leadMagicManifest: ProviderManifest = {
  id: LEADMAGIC_ID,
  name: 'LeadMagic',
  host: 'api.leadmagic.io',
  credential: { in: 'header', name: 'X-API-Key' },
  capabilities: [
    {
      id: EMAIL_FINDER,
      kind: 'find',
      gives: ['work_email', 'company_size', 'industry'],
      needs: [
        ['givenName', 'familyName', 'companyDomain'],
        ['givenName', 'familyName', 'companyName'],
      ],
      price: price(1),
      // It asks the mail server while we wait.
      timeoutMs: 30_000,
    },
    {
      id: MOBILE_FINDER,
      kind: 'find',
      gives: ['mobile'],
      needs: [['linkedinUrl'], ['email']],
      price: price(5),
      timeoutMs: 30_000,
    },
    {
      id: EMAIL_VALIDATION,
      kind: 'verify_email',
      gives: [],
      needs: [['email']],
      price: { ...price(0.25), charged: 'on_call' },
      timeoutMs: 30_000,
    },
  ],
  limits: [{ requests: 300, windowMs: 60_000 }],
  region: 'us',
};
