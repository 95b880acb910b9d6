import type {
  OpenWeb,
  ProviderAdapter,
  ProviderAnswer,
  VerificationResult,
} from '@penstock/enrichment/provider-port';
import { ProviderError } from '@penstock/kernel/provider-error';

import { usableEmail } from '../usable.ts';
import { syncCalls } from '../vendor-calls.ts';
import { DISPOSABLE_DOMAINS, ROLE_NAMES } from './disposable-domains.ts';
import { CHECK, EMAIL_CHECK_ID, emailCheckManifest } from './manifest.ts';

/** What can be known of an address without asking anybody about it. Free. */
export const emailCheck: ProviderAdapter = {
  manifest: emailCheckManifest,
  ...syncCalls(EMAIL_CHECK_ID, () => undefined, {}),
  answerFromOpenWeb(capabilityId, known, web) {
    if (capabilityId !== CHECK) throw new ProviderError(EMAIL_CHECK_ID, 'rejected');
    return checkAddress(known.email ?? '', web);
  },
};

const verdict = (result: VerificationResult, detail: string): ProviderAnswer => ({
  outcome: 'verified',
  result,
  detail,
  vendorCredits: 0,
});

async function checkAddress(text: string, web: OpenWeb): Promise<ProviderAnswer> {
  const email = usableEmail(text);
  if (email === null || hasBadLocalPart(email)) return verdict('invalid', 'not an address');
  const at = email.lastIndexOf('@');
  const domain = email.slice(at + 1);
  if (isDisposable(domain)) return verdict('disposable', 'throw-away domain');
  const detail = await whyUnreachable(domain, web);
  if (detail !== null) return verdict('invalid', detail);
  return ROLE_NAMES.has(email.slice(0, at).split('+')[0] ?? '')
    ? verdict('do_not_mail', 'shared mailbox')
    : verdict('unknown', 'takes mail; the mailbox itself was not asked about');
}

/** RFC 5321, 4.1.2: no dot at an end or beside another. */
const hasBadLocalPart = (email: string): boolean => /^\.|\.@|\.\./.test(email);

const isDisposable = (domain: string): boolean =>
  domain.split('.').some((_label, at, labels) => DISPOSABLE_DOMAINS.has(labels.slice(at).join('.')));

/** A domain without a mail server, or with the null one of RFC 7505, takes no mail; an address record stands in for it. */
async function whyUnreachable(domain: string, web: OpenWeb): Promise<string | null> {
  const servers = await web.resolve(domain, 'MX');
  if (servers.length > 0)
    return servers.every((server) => /^\d+\s+\.?$/.test(server.trim())) ? 'the domain takes no mail' : null;
  return (await web.resolve(domain, 'A')).length > 0 ? null : 'the domain has no mail server';
}
