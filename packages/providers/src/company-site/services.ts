/** What a record of a domain shows to be in use. Own list, of marks that the services document themselves. */
const MARKS: readonly { in: 'MX' | 'TXT' | 'NS'; mark: RegExp; service: string }[] = [
  {
    in: 'MX',
    mark: /\b(aspmx\.l\.google\.com|googlemail\.com|smtp\.google\.com)\.?$/i,
    service: 'Google Workspace',
  },
  { in: 'MX', mark: /\.mail\.protection\.outlook\.com\.?$/i, service: 'Microsoft 365' },
  { in: 'MX', mark: /\.pphosted\.com\.?$/i, service: 'Proofpoint' },
  { in: 'MX', mark: /\.mimecast\.com\.?$/i, service: 'Mimecast' },
  { in: 'MX', mark: /\bmx\d*\.zoho\.(com|eu|in)\.?$/i, service: 'Zoho Mail' },
  { in: 'TXT', mark: /^atlassian-domain-verification=/i, service: 'Atlassian' },
  { in: 'TXT', mark: /^docusign=/i, service: 'Docusign' },
  {
    in: 'TXT',
    mark: /^hubspot-developer-verification=|include:[\w.-]*\bhubspotemail\.net/i,
    service: 'HubSpot',
  },
  { in: 'TXT', mark: /include:[\w.-]*\b_spf\.salesforce\.com/i, service: 'Salesforce' },
  { in: 'TXT', mark: /include:[\w.-]*\bsendgrid\.net/i, service: 'SendGrid' },
  { in: 'TXT', mark: /include:[\w.-]*\bmcsv\.net|include:servers\.mcsv\.net/i, service: 'Mailchimp' },
  { in: 'TXT', mark: /include:[\w.-]*\bmail\.zendesk\.com/i, service: 'Zendesk' },
  { in: 'TXT', mark: /^stripe-verification=/i, service: 'Stripe' },
  { in: 'TXT', mark: /^slack-domain-verification=/i, service: 'Slack' },
  { in: 'TXT', mark: /^zoom-domain-verification=|^ZOOM_verify_/i, service: 'Zoom' },
  { in: 'TXT', mark: /^notion-domain-verification=/i, service: 'Notion' },
  { in: 'NS', mark: /\.ns\.cloudflare\.com\.?$/i, service: 'Cloudflare DNS' },
  { in: 'NS', mark: /\.awsdns-\d+\./i, service: 'Amazon Route 53' },
];

/** Services that a domain's records show, each once, in the order of the list. */
export function servicesIn(records: Record<'MX' | 'TXT' | 'NS', readonly string[]>): string[] {
  const found = MARKS.filter(({ in: type, mark }) =>
    records[type].some((record) => mark.test(record.trim().replace(/^"|"$/g, ''))),
  );
  return [...new Set(found.map(({ service }) => service))];
}
