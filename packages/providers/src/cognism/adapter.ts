import type {
  KnownFacts,
  ProviderAdapter,
  ProviderAnswer,
  ProviderReply,
  WantedField,
} from '@penstock/enrichment/provider-port';
import { ProviderError } from '@penstock/kernel/provider-error';
import type { z } from 'zod';

import { listOf } from '../company-answer.ts';
import { answerAboutPerson } from '../person-answer.ts';
import { failWith, faultOfStatus, jsonOf, readAs } from '../reply-reading.ts';
import { isSamePerson } from '../same-person.ts';
import { usableText } from '../usable.ts';
import { syncCalls } from '../vendor-calls.ts';
import { COGNISM_ID, cognismManifest, CONTACT } from './manifest.ts';
import { ErrorReply, PreviewReply, RedeemedReply } from './reply.ts';
import { previewRequest, redeemRequest } from './request.ts';

export const cognism: ProviderAdapter = {
  manifest: cognismManifest,
  ...syncCalls(COGNISM_ID, refuseFaults, {}),
  reveal: {
    preview(capabilityId, known) {
      refuseOther(capabilityId);
      return previewRequest(known);
    },
    parsePreview(_capabilityId, reply, asked) {
      refuseFaults(reply);
      return readPreview(reply, asked);
    },
    redeem(capabilityId, asked) {
      refuseOther(capabilityId);
      return redeemRequest(asked.map(({ vendorRef }) => vendorRef));
    },
    parseRedeemed(_capabilityId, reply, asked) {
      refuseFaults(reply);
      const { results } = readAs(COGNISM_ID, RedeemedReply, reply);
      return asked.map(({ ref, known, vendorRef }) => ({
        ref,
        answer: redeemedAnswer(
          results.find(({ redeemId }) => isSameId(redeemId, vendorRef)),
          known,
        ),
      }));
    },
  },
};

function refuseOther(capabilityId: string): void {
  if (capabilityId !== CONTACT) throw new ProviderError(COGNISM_ID, 'rejected');
}

function refuseFaults(reply: ProviderReply): void {
  const fault = faultOfStatus(reply.status);
  if (fault === undefined) return;
  const parsed = ErrorReply.safeParse(jsonOf(reply));
  const sentence = parsed.success ? [parsed.data.message, parsed.data.error, parsed.data.code].join(' ') : '';
  failWith(COGNISM_ID, /credit/i.test(sentence) ? 'quota_exhausted' : fault, reply);
}

/** Base64 that comes with its padding in one answer and without in the next. */
const isSameId = (a: string | null | undefined, b: string): boolean =>
  typeof a === 'string' && a.replace(/=+$/, '') === b.replace(/=+$/, '');

type Preview = ReturnType<NonNullable<ProviderAdapter['reveal']>['parsePreview']>;

function readPreview(reply: ProviderReply, asked: KnownFacts): Preview {
  const [first] = readAs(COGNISM_ID, PreviewReply, reply).results;
  const vendorRef = usableText(first?.redeemId);
  if (first === undefined || vendorRef === null) return { outcome: 'miss', reason: 'no record' };
  const names = { givenName: usableText(first.firstName), familyName: usableText(first.lastName) };
  if (!isSamePerson(asked, names)) return { outcome: 'miss', reason: 'another person' };
  const flags: [WantedField, boolean | null | undefined][] = [
    ['work_email', first.hasEmail],
    ['mobile', first.hasMobilePhoneNumbers],
    ['direct_dial', first.hasDirectPhoneNumbers],
    ['linkedin_url', first.hasLinkedinUrl],
  ];
  const has = flags.flatMap(([field, flag]) => (flag === true ? [field] : []));
  return has.length === 0
    ? { outcome: 'miss', reason: 'nothing to reveal' }
    : { outcome: 'seen', vendorRef, has };
}

type Redeemed = z.infer<typeof RedeemedReply>['results'][number];

function redeemedAnswer(found: Redeemed | undefined, asked: KnownFacts): ProviderAnswer {
  if (found === undefined) return { outcome: 'miss', reason: 'not revealed', vendorCredits: 0 };
  // A number on a do-not-call register is one that nobody may call.
  const callable = (phones: Redeemed['mobilePhoneNumbers']) => phones.find(({ dnc }) => dnc !== true)?.number;
  const { account } = found;
  const industries = account?.industry;
  return answerAboutPerson(
    asked,
    {
      givenName: found.firstName,
      familyName: found.lastName,
      linkedinUrl: found.linkedinUrl,
      employer: account?.domain ?? account?.website,
      emails: [found.email?.address],
      mobile: callable(found.mobilePhoneNumbers),
      directDial: callable(found.directPhoneNumbers),
      facts: {
        title: found.jobTitle,
        seniority: found.managementLevel,
        company_size: account?.headcount,
        industry: listOf(industries, 1),
        tech_stack: listOf(account?.technologies),
      },
    },
    1,
  );
}
