import type { KnownFacts } from '@penstock/enrichment/provider-port';
import { mayBeOne } from '@penstock/kernel/person-name';

export type NamedInReply = {
  givenName?: string | null;
  familyName?: string | null;
  emails?: readonly string[];
  linkedinUrl?: string | null;
};

/**
 * False if the reply is plainly about somebody else. An address or profile that was asked for and comes back settles it; otherwise the
 * names must be such that one person may have both.
 */
export function isSamePerson(asked: KnownFacts, reply: NamedInReply): boolean {
  if (asked.email && reply.emails?.some((email) => email.toLowerCase() === asked.email?.toLowerCase()))
    return true;
  if (
    asked.linkedinUrl &&
    reply.linkedinUrl &&
    profilePath(asked.linkedinUrl) === profilePath(reply.linkedinUrl)
  )
    return true;
  return mayBeOne(asked, reply);
}

function profilePath(url: string): string {
  return url
    .trim()
    .toLowerCase()
    .replace(/^(https?:\/\/)?(www\.)?/, '')
    .replace(/[/?#]+$/, '');
}
