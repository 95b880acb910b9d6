import { registrableDomain } from '@penstock/accounts/model/domain-name';
import { emailKey } from '@penstock/accounts/model/email-address';
import { InstantInput, plainText } from '@penstock/kernel/contract';
import { DomainError } from '@penstock/kernel/domain-error';
import type { Tx } from '@penstock/store/tx';
import { command } from '@penstock/workspace/operation';
import { z } from 'zod';

import { championByAddress, championByPerson, type ChampionAt } from '../champion-statements.ts';
import { departureSentence, saysMailboxGone, vendorOrigin } from '../model/departure.ts';
import { reportDeparture, watchingPolicy, type DepartureWords } from '../report-departure.ts';
import type { ScoringPort } from '../scoring-port.ts';
import { contentHash } from '../take-finding.ts';

const Address = z.email('is no e-mail address').max(320);
const Whom = { personId: z.uuid().optional(), email: Address.optional() };
const WentTo = {
  newCompany: plainText(200).default(''),
  newDomain: z.string().trim().max(253).nullish(),
  newTitle: plainText(200).default(''),
  newEmail: Address.nullish(),
  occurredAt: InstantInput.nullish(),
};

const Input = z
  .discriminatedUnion('witness', [
    /** `address` is the one that bounced, `status` what its server said: `550 5.1.1 user unknown`. */
    z.strictObject({
      witness: z.literal('bounce'),
      ...Whom,
      address: Address,
      status: plainText(500),
      ...WentTo,
    }),
    /** An answer that no person wrote; `address` is where it came from. */
    z.strictObject({
      witness: z.literal('auto_reply'),
      ...Whom,
      address: Address,
      text: plainText(20_000),
      ...WentTo,
    }),
    z.strictObject({
      witness: z.literal('reply'),
      ...Whom,
      address: Address,
      text: plainText(20_000),
      ...WentTo,
    }),
    /** `profile`: what the vendor copied it from, where it says: two vendors with one profile are one word. */
    z.strictObject({
      witness: z.literal('vendor'),
      ...Whom,
      vendor: plainText(60).pipe(z.string().min(2, 'is missing')),
      profile: z
        .url({ protocol: /^https?$/ })
        .max(500)
        .optional(),
      ...WentTo,
    }),
  ])
  .refine(({ personId, email }) => personId !== undefined || email !== undefined, {
    path: ['personId'],
    message: 'is missing: send personId or email',
  });
type Said = z.output<typeof Input>;

/** A mail server, a mail client or a vendor's feed tells that somebody is gone. */
export function reportDepartureOperation(deps: { scoring: ScoringPort }) {
  return command({
    name: 'champions.reportDeparture',
    lane: 'hot',
    permission: 'activity.write',
    summary:
      'Report a bounce, an automatic reply, a reply or a vendor’s word that a champion has left. Of anybody else, and while watching is off, nothing is kept.',
    input: Input,
    output: z.object({
      outcome: z.enum(['not_watched', 'says_nothing', 'repeated', 'open', 'confirmed']),
      departureId: z.string().nullable(),
    }),
    async run({ tx, now }, said) {
      const quote = quoteOf(said);
      const champion = quote === null ? null : await championOf(tx, said);
      const taken =
        quote === null
          ? { outcome: 'says_nothing' as const, departureId: null }
          : champion === null
            ? { outcome: 'not_watched' as const, departureId: null }
            : await reportDeparture(tx, champion, toWords(said, quote, now), now, deps.scoring);
      return {
        output: taken,
        audit: {
          action: 'departure.reported',
          subjectKind: 'departure',
          subjectId: taken.departureId ?? 'none',
          detail: { witness: said.witness, outcome: taken.outcome },
        },
      };
    },
  });
}

/** The part that says somebody has left; null if it says something else. */
function quoteOf(said: Said): string | null {
  if (said.witness === 'bounce') return saysMailboxGone(said.status) ? said.status : null;
  if (said.witness === 'vendor') return '';
  return departureSentence(said.text);
}

async function championOf(tx: Tx, { personId, email }: Said): Promise<ChampionAt | null> {
  if ((await watchingPolicy(tx)) === null) return null;
  const found =
    personId === undefined
      ? await tx.rows(championByAddress, emailKey(email ?? ''))
      : await tx.rows(championByPerson, personId);
  return found.length === 1 ? (found[0] ?? null) : null;
}

function toWords(said: Said, quote: string, now: Date): DepartureWords {
  const domain = said.newDomain ?? null;
  const newDomain = domain === null ? null : registrableDomain(domain);
  if (domain !== null && newDomain === null)
    throw new DomainError('invalid', 'newDomain: is no domain. Send one such as acme.com, or leave it out.');
  const isVendor = said.witness === 'vendor';
  return {
    origin: isVendor ? vendorOrigin(said.vendor, said.profile) : said.witness,
    witness: said.witness,
    address: isVendor ? null : said.address,
    quote,
    url: isVendor ? (said.profile ?? '') : '',
    contentHash: isVendor || said.witness === 'bounce' ? '' : contentHash(said.text),
    newCompany: said.newCompany,
    newDomain,
    newTitle: said.newTitle,
    newEmail: said.newEmail ? emailKey(said.newEmail) : null,
    occurredAt: said.occurredAt ?? now,
  };
}
