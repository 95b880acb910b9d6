const WORDS: Readonly<Record<string, string>> = {
  // intents of a form
  demo_request: 'Demo request',
  contact_sales: 'Contact sales',
  webinar: 'Webinar sign-up',
  download: 'Download',
  // roles
  rep: 'Rep',
  manager: 'Manager',
  revops: 'RevOps',
  admin: 'Admin',
  // providers and capabilities
  people_data_labs: 'People Data Labs',
  peopledatalabs: 'People Data Labs',
  pdl: 'People Data Labs',
  leadmagic: 'LeadMagic',
  zerobounce: 'ZeroBounce',
  sec_edgar: 'SEC EDGAR',
  edgar: 'SEC EDGAR',
  'sec_edgar/current_form_d': 'SEC EDGAR, Form D',
  'sec_edgar/daily_index': 'SEC EDGAR, Form D (daily index)',
  'sec_edgar/current_8_k': 'SEC EDGAR, 8-K',
  'sec_edgar/daily_index_8_k': 'SEC EDGAR, 8-K (daily index)',
  dns: 'DNS',
  // fields
  work_email: 'Work e-mail',
  'e_mail verdict': 'E-mail verdict',
  email_verdict: 'E-mail verdict',
  // how vendors answer and charge
  submit_poll: 'Answers later',
  webhook: 'Answers later',
  preview_redeem: 'Looked at before it is paid',
  on_submit_refund: 'On submission, refunded for misses',
  personal_email: 'Private e-mail',
  mobile_phone: 'Mobile',
  linkedin: 'LinkedIn',
  direct_phone: 'Direct phone',
  employee_count: 'Employees',
  annual_revenue_usd: 'Annual revenue',
  linkedin_url: 'LinkedIn',
  not_a_fit: 'Not a fit',
  junk_signal: 'Junk signal',
  post_sale: 'Post-sale',
  icp: 'ICP',
  sec: 'SEC',
  crm: 'CRM',
  abm: 'ABM',
  api_key: 'API key',
};

/** A stored key as a person reads it: `demo_request` → `Demo request`. */
export function words(key: string): string {
  const known = WORDS[key.replaceAll('-', '_')];
  if (known !== undefined) return known;
  const spaced = key.replaceAll(/[_.-]+/g, ' ').trim();
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}

/** The same within a sentence: `work e-mail`, but `LinkedIn`. */
export function wordsWithin(key: string): string {
  const text = words(key);
  return /^.[a-z -]*$/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
}

/** What others wrote in small letters, as a phrase begins: `computer games` → `Computer games`. */
export function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** The name of a country by its two letters, or the letters. */
export function countryName(code: string | null): string | null {
  if (code === null || !/^[A-Za-z]{2}$/.test(code)) return code;
  return new Intl.DisplayNames(['en'], { type: 'region' }).of(code.toUpperCase()) ?? code;
}

export function plural(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en-US')} ${count === 1 ? one : many}`;
}

/** Points of a score: whole numbers read faster, parts need a decimal to add up. */
export function points(value: number, decimals = 0): string {
  return value.toFixed(decimals);
}
